//! Attempts of members who never come back are settled all the same.

use std::sync::Arc;
use std::time::Duration;

use booking::AttemptKey;
use chrono::TimeDelta;
use frontdesk_proxy::store::{Outcome, State, Store};
use perfectgym::{BookingId, CustomerId};
use serde_json::json;

use crate::scripted::{self, ADA, BOOK_CALL, LIST_CALL, Scripted, wish};
use crate::support::*;

const KEY: &str = "key-of-this-attempt-1";
const CUSTOMER: CustomerId = CustomerId(7);

/// An attempt of Ada's whose answer was lost, at a proxy that looks after what is open again and again.
async fn lost(upstream: &Scripted) -> (Stage, Arc<dyn Store>) {
    let often = |settings: &mut frontdesk_proxy::config::Settings| {
        settings.limits.settle = Duration::from_millis(1);
    };
    upstream.says(BOOK_CALL, 500, json!({}));
    let stage = in_front_of_with(upstream.router(), often).await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(ada.book(KEY, &wish()).await.kind(), "UNCERTAIN");
    let store = stage.store().await;
    (stage, store)
}

async fn stands(store: &Arc<dyn Store>) -> Outcome {
    let key = AttemptKey::new(KEY).unwrap();
    store.attempt(CUSTOMER, &key).await.unwrap().unwrap().outcome
}

async fn becomes(store: &Arc<dyn Store>, state: State) {
    while stands(store).await.state() != state {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn a_lost_booking_is_found_though_nobody_asks_for_it() {
    let upstream = Scripted::new();
    let (stage, store) = lost(&upstream).await;
    upstream.says(LIST_CALL, 200, json!([scripted::booking(5)]));
    stage.later(TimeDelta::minutes(5));
    becomes(&store, State::Booked).await;
    let Outcome::Booked(booking) = stands(&store).await else {
        panic!("it was booked");
    };
    assert_eq!(booking.booking_id, BookingId(5));
    let made_of = store.wish_of(CUSTOMER, BookingId(5)).await.unwrap().unwrap();
    assert_eq!(made_of.bookable_appointment_id.0, 7);
    assert_eq!(upstream.asked(BOOK_CALL), 1);
}

#[tokio::test]
async fn a_booking_that_never_happened_is_ended_though_nobody_asks_for_it() {
    let upstream = Scripted::new();
    let (stage, store) = lost(&upstream).await;
    assert_eq!(stands(&store).await.state(), State::Uncertain);
    stage.later(TimeDelta::minutes(5));
    becomes(&store, State::NotBooked).await;
    assert_eq!(upstream.asked(BOOK_CALL), 1);
}

#[tokio::test]
async fn what_may_be_at_work_still_is_left_alone() {
    let upstream = Scripted::new();
    let (stage, store) = lost(&upstream).await;
    let now = stage.clock.now();
    let another = AttemptKey::new("key-of-somebody-else").unwrap();
    let sent = |service| -> perfectgym::BookingWish {
        let mut wish = wish();
        wish["bookableAppointmentId"] = json!(service);
        serde_json::from_value(wish).unwrap()
    };
    // Sent by another process four minutes later, when the first is long overdue.
    let later = now + TimeDelta::minutes(4);
    store
        .begin(CUSTOMER, &another, &sent(8), None, later)
        .await
        .unwrap();
    assert!(store.send(CUSTOMER, &another, later).await.unwrap());
    stage.later(TimeDelta::minutes(5));
    becomes(&store, State::NotBooked).await;
    let other = store.attempt(CUSTOMER, &another).await.unwrap().unwrap();
    assert_eq!(other.outcome, Outcome::Sent);
    stage.later(TimeDelta::minutes(5));
    while store.attempt(CUSTOMER, &another).await.unwrap().unwrap().outcome != Outcome::NotBooked {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
