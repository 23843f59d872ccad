//! Whoever finds out that free times have changed, and however late: from then on nobody here is shown those of before.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use chrono::TimeDelta;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::kind::{SLOTS, SLOTS_CALL, slot, upstream};
use crate::scripted::{ADA, BOOK_CALL, LIST_CALL, Scripted, booking, wish};
use crate::support::*;

const KEY: &str = "key-of-this-attempt-1";
const FIRST_CALL: &str = "GET /v1/appointments/booking/5";
const CANCEL_CALL: &str = "DELETE /v1/appointments/booking/5";

fn cancelled(id: i64) -> Value {
    let mut booking = booking(id);
    booking["bookingStatus"] = json!("CANCELED");
    booking
}

/// What somebody looks at who has done nothing; it is as if the studio had changed its times right afterwards.
async fn sees_the_old(browser: &Browser, upstream: &Scripted) {
    let seen = browser.get(SLOTS).await;
    assert!(seen.text.contains("T10:00"), "{}", seen.text);
    upstream.says(SLOTS_CALL, 200, slot(12));
}

async fn sees_the_new(browser: &Browser) {
    let seen = browser.get(SLOTS).await;
    assert!(seen.text.contains("T12:00"), "{}", seen.text);
}

#[tokio::test]
async fn a_booking_that_is_found_when_nobody_asks_for_it_is_gone_from_everybodys_times() {
    let upstream = upstream();
    let stage = in_front_of_with(upstream.router(), |settings| {
        settings.limits.settle = Duration::from_millis(1);
        settings.limits.cache_slots = Duration::from_secs(3600);
    })
    .await;
    let (ada, other) = (stage.signed_in(ADA).await, stage.browser());
    upstream.says(BOOK_CALL, 500, json!({}));
    assert_eq!(ada.book(KEY, &wish()).await.kind(), "UNCERTAIN");
    assert!(ada.get(SLOTS).await.text.contains("T10:00"));
    sees_the_old(&other, &upstream).await;
    upstream.says(LIST_CALL, 200, json!([booking(5)]));
    stage.later(TimeDelta::minutes(5));
    eventually("the times after it", async || {
        other.get(SLOTS).await.text.contains("T12:00")
    })
    .await;
    sees_the_new(&ada).await;
}

#[tokio::test]
async fn a_move_that_finds_the_old_booking_gone_has_everybodys_times_read_anew() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let (ada, other) = (stage.signed_in(ADA).await, stage.browser());
    upstream.says(FIRST_CALL, 200, booking(5));
    upstream.says(BOOK_CALL, 200, booking(6));
    upstream.says(CANCEL_CALL, 500, json!({}));
    let path = "/bookings/5/move";
    let moved = ada.try_post(path, KEY, &wish()).await.unwrap();
    assert_eq!(moved.json()["state"], "UNCERTAIN", "{}", moved.text);
    sees_the_old(&other, &upstream).await;
    upstream.says(FIRST_CALL, 200, cancelled(5));
    stage.later(TimeDelta::seconds(2));
    let of = json!({ "bookingId": 5, "wish": wish() });
    let asked = ada.post(&format!("/moves/{KEY}"), &of).await;
    assert_eq!(asked.json()["state"], "MOVED", "{}", asked.text);
    sees_the_new(&other).await;
    sees_the_new(&ada).await;
}

#[tokio::test]
async fn who_cancels_what_is_cancelled_already_has_times_read_anew_all_the_same() {
    for forgotten in [false, true] {
        let upstream = upstream();
        let stage = in_front_of(upstream.router()).await;
        let (ada, other) = (stage.signed_in(ADA).await, stage.browser());
        assert_eq!(ada.book(KEY, &wish()).await.status, 200);
        sees_the_old(&other, &upstream).await;
        match forgotten {
            true => upstream.says(FIRST_CALL, 404, json!({})),
            false => upstream.says(FIRST_CALL, 200, cancelled(5)),
        }
        stage.later(TimeDelta::seconds(2));
        let deleted = ada.delete(&format!("{BOOKINGS}/5")).await;
        assert_eq!(deleted.status, 200, "{}", deleted.text);
        assert_eq!(upstream.asked(CANCEL_CALL), 0);
        sees_the_new(&other).await;
    }
}

/// Holds up who reads a booking back after it was cancelled.
#[derive(Default)]
struct ReadBack {
    cancelled: AtomicBool,
    held: Notify,
    let_go: Notify,
}

async fn hold(State(hold): State<Arc<ReadBack>>, request: Request, next: Next) -> Response {
    let cancels = request.method() == axum::http::Method::DELETE;
    let reads = request.uri().path() == "/v1/appointments/booking/5" && !cancels;
    if reads && hold.cancelled.load(Ordering::SeqCst) {
        hold.held.notify_one();
        hold.let_go.notified().await;
    }
    hold.cancelled.fetch_or(cancels, Ordering::SeqCst);
    next.run(request).await
}

#[tokio::test]
async fn what_is_cancelled_after_its_answer_was_lost_is_free_for_everybody_once_it_is_known() {
    let (upstream, held) = (upstream(), Arc::<ReadBack>::default());
    let router = upstream
        .router()
        .layer(from_fn_with_state(Arc::clone(&held), hold));
    let stage = in_front_of(router).await;
    let (ada, other) = (stage.signed_in(ADA).await, stage.browser());
    upstream.says(FIRST_CALL, 200, booking(5));
    upstream.says(CANCEL_CALL, 500, json!({}));
    let cancels = tokio::spawn(async move { ada.delete(&format!("{BOOKINGS}/5")).await });
    held.held.notified().await;
    sees_the_old(&other, &upstream).await;
    upstream.says(FIRST_CALL, 200, cancelled(5));
    stage.later(TimeDelta::seconds(2));
    held.let_go.notify_one();
    assert_eq!(cancels.await.unwrap().status, 200);
    sees_the_new(&other).await;
}
