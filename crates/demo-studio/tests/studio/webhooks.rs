//! Whoever wants to know is told of bookings, after they were made and cancelled.

use axum::Router;
use axum::extract::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use demo_studio::{Settings, Webhooks};
use perfectgym::{API_KEY_HEADER, DeleteBooking};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::common::*;

/// Somebody who wants to know, and hands on what they are told.
async fn receiver() -> (String, mpsc::UnboundedReceiver<(String, Value)>) {
    let (tell, told) = mpsc::unbounded_channel();
    let heard = move |headers: HeaderMap, Json(body): Json<Value>| {
        let key = headers[API_KEY_HEADER].to_str().unwrap().to_owned();
        tell.send((key, body)).unwrap();
        async { StatusCode::NO_CONTENT }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/webhooks", listener.local_addr().unwrap());
    let router = Router::new().route("/webhooks", post(heard));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, told)
}

#[tokio::test]
async fn a_booking_made_and_cancelled_is_told_with_the_second_key() {
    let (url, mut told) = receiver().await;
    let webhooks = Webhooks {
        url,
        key: "second-key".into(),
    };
    let settings = Settings {
        webhooks: Some(webhooks),
        ..Settings::default()
    };
    let studio = open(MONDAY, settings).await;
    let slot = bookable(&studio, NORA, TRAINING, "2026-12-02").await;
    let booking = studio.book(NORA, TRAINING, &slot).await.unwrap();
    let (key, made) = told.recv().await.unwrap();
    assert_eq!(key, "second-key");
    assert_eq!(made["entityId"], booking.booking_id.0);
    assert_eq!(made["payload"][0]["type"], "APPOINTMENT_BOOKING_CREATED");

    let id = booking.booking_id;
    studio.ask(DeleteBooking { id }).await.unwrap();
    let (_, cancelled) = told.recv().await.unwrap();
    assert_eq!(cancelled["entityId"], id.0);
    assert_eq!(cancelled["payload"][0]["type"], "APPOINTMENT_BOOKING_CANCELLED");
    assert_ne!(made["uuid"], cancelled["uuid"]);

    // What was refused is nothing to tell.
    studio.ask(DeleteBooking { id }).await.unwrap_err();
    studio.book(NORA, TRAINING, &slot).await.unwrap();
    assert_eq!(
        told.recv().await.unwrap().1["payload"][0]["type"],
        "APPOINTMENT_BOOKING_CREATED"
    );
}

#[tokio::test]
async fn whoever_does_not_listen_delays_no_booking() {
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = Settings {
        webhooks: Some(Webhooks {
            url: format!("http://{}/", nobody.local_addr().unwrap()),
            key: "second-key".into(),
        }),
        ..Settings::default()
    };
    let studio = open(MONDAY, settings).await;
    let slot = bookable(&studio, NORA, TRAINING, "2026-12-02").await;
    // The address takes connections and never answers; the booking is answered all the same.
    studio.book(NORA, TRAINING, &slot).await.unwrap();
}
