//! An attempt is sent once, whatever happens to its request or its answer.

use std::sync::Arc;

use booking::AttemptKey;
use chrono::TimeDelta;
use demo_studio::OperationName;
use frontdesk_proxy::store::{Begun, Store};
use perfectgym::CustomerId;
use serde_json::{Value, json};

use crate::scripted::{self, ADA, BOOK_CALL, LIST_CALL, Scripted, wish};
use crate::support::*;

const KEY_1: &str = "key-of-this-attempt-1";
const KEY_2: &str = "key-of-another-tab-22";
const KEY_3: &str = "key-of-a-third-try-33";

/// From now on no outcome can be written, as on a disk that is full.
async fn outcomes_cannot_be_written(stage: &Stage) {
    let full = "CREATE TRIGGER full BEFORE UPDATE ON attempts WHEN NEW.state <> 'SENT' BEGIN SELECT RAISE(ABORT, 'disk full'); END";
    in_database(stage, full).await;
}

async fn in_database(stage: &Stage, sql: &'static str) {
    let file = stage.folder.path().join("data/frontdesk.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query(sql).execute(&pool).await.unwrap();
    pool.close().await;
}

/// Ada in front of an upstream that says what a test wants.
async fn ada(upstream: &Scripted) -> (Stage, Browser) {
    let stage = in_front_of(upstream.router()).await;
    let ada = stage.signed_in(ADA).await;
    (stage, ada)
}

/// Waits until the studio has the one call that a quirk is set for.
async fn reached(stage: &Stage) {
    while stage.studio.quirks().read().calls[0].times != Some(0) {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
}

#[track_caller]
fn is_booked_as(answer: &Answer, id: i64) {
    assert_eq!(
        (answer.status, &answer.json()["bookingId"]),
        (200, &json!(id)),
        "{}",
        answer.text
    );
}

fn settle(key: &str) -> String {
    format!("/attempts/{key}")
}

#[tokio::test]
async fn the_same_key_twice_books_once_and_answers_the_same() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let first = nora.book(KEY_1, &wish).await;
    let second = nora.book(KEY_1, &wish).await;
    assert_eq!((first.status, &first.text), (second.status, &second.text));
    assert_eq!(nora.standing(&wish).await, 1);

    let mut other = wish.clone();
    other["bookableAppointmentId"] = json!(1_220_000_103);
    let conflict = nora.book(KEY_1, &other).await;
    assert_eq!((conflict.status, conflict.kind().as_str()), (409, "CONFLICT"));
    assert_eq!(conflict.json()["retry"], false);
}

#[tokio::test]
async fn what_was_booked_before_a_second_tab_asked_is_refused_there() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    assert_eq!(nora.book(KEY_1, &wish).await.status, 200);
    let later = nora.book(KEY_2, &wish).await;
    assert_eq!(
        (later.status, later.kind().as_str()),
        (422, "REFUSED"),
        "{}",
        later.text
    );
    assert_eq!(nora.standing(&wish).await, 1);
}

#[tokio::test]
async fn a_tap_that_never_arrived_hears_of_the_booking_that_an_earlier_one_made() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let booked = nora.book(KEY_1, &wish).await.json();
    let asked = json!({ "wish": wish });
    let view = nora.post(&settle(KEY_2), &asked).await.json();
    assert_eq!(view["state"], "BOOKED", "{view}");
    assert_eq!(view["booking"]["bookingId"], booked["bookingId"]);
    let again = nora.post(&settle(KEY_2), &asked).await.json();
    assert_eq!(again, view, "the second time as the first");
    // Whoever does not say what it was for is told of the key alone.
    let bare = nora.post(&settle(KEY_2), &json!({})).await.json();
    assert_eq!(bare["state"], "NOT_BOOKED", "{bare}");
    // Nor is another member told of it.
    let other = stage.signed_in(OLGA).await;
    assert_eq!(
        other.post(&settle(KEY_2), &asked).await.json()["state"],
        "NOT_BOOKED"
    );
    let target = format!("/api/v1/appointments/booking/{}", booked["bookingId"]);
    assert_eq!(nora.delete(&target).await.status, 200);
    let gone = nora.post(&settle(KEY_3), &asked).await.json();
    assert_eq!(gone["state"], "NOT_BOOKED", "{gone}");
}

#[tokio::test]
async fn a_tap_that_never_arrived_waits_for_the_one_that_did() {
    let upstream = Scripted::new();
    upstream.says(BOOK_CALL, 500, json!({}));
    let (_stage, ada) = ada(&upstream).await;
    assert_eq!(ada.book(KEY_1, &wish()).await.kind(), "UNCERTAIN");
    let asked = json!({ "wish": wish() });
    let view = ada.post(&settle(KEY_2), &asked).await.json();
    assert_eq!(view["state"], "UNCERTAIN", "{view}");
    upstream.says(LIST_CALL, 200, json!([scripted::booking(5)]));
    let view = ada.post(&settle(KEY_2), &asked).await.json();
    assert_eq!(
        (&view["state"], &view["booking"]["bookingId"]),
        (&json!("BOOKED"), &json!(5)),
        "{view}"
    );
}

#[tokio::test]
async fn nothing_was_changed_is_not_said_of_a_wish_that_is_booked() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let booked = nora.book(KEY_1, &wish).await.json();
    stage.quirk(OperationName::ValidateBooking, |quirk| quirk.status = Some(500));
    let later = nora.book(KEY_2, &wish).await;
    assert_eq!(later.status, 200, "{}", later.text);
    assert_eq!(later.json()["bookingId"], booked["bookingId"]);
}

#[tokio::test]
async fn two_taps_at_once_are_one_booking() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    stage.quirk(OperationName::Book, |quirk| quirk.delay_millis = 100);
    let (one, two) = tokio::join!(nora.book(KEY_1, &wish), nora.book(KEY_1, &wish));
    assert_eq!((one.status, two.status), (200, 200), "{} {}", one.text, two.text);
    assert_eq!(one.text, two.text);
    stage.no_quirks();
    assert_eq!(nora.standing(&wish).await, 1);
}

#[tokio::test]
async fn a_booking_whose_answer_was_lost_is_found() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    stage.quirk(OperationName::Book, |quirk| quirk.lose_answer = true);
    let booked = nora.book(KEY_1, &wish).await;
    assert_eq!(booked.status, 200, "{}", booked.text);
    assert_eq!(nora.standing(&wish).await, 1);
    let view = nora.post(&settle(KEY_1), &json!({})).await.json();
    assert_eq!(view["booking"]["bookingId"], booked.json()["bookingId"]);
}

#[tokio::test]
async fn a_booking_that_never_happened_is_uncertain_until_it_is_certain() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    stage.quirk(OperationName::Book, |quirk| quirk.status = Some(500));
    let answer = nora.book(KEY_1, &wish).await;
    assert_eq!((answer.status, answer.kind().as_str()), (504, "UNCERTAIN"));
    stage.no_quirks();

    // A moment later the upstream might still be at work.
    assert_eq!(
        nora.post(&settle(KEY_1), &json!({})).await.json(),
        json!({ "state": "UNCERTAIN" })
    );
    assert_eq!(
        nora.book(KEY_1, &wish).await.kind(),
        "UNCERTAIN",
        "and it is not sent again"
    );
    stage.later(TimeDelta::seconds(30));
    assert_eq!(
        nora.post(&settle(KEY_1), &json!({})).await.json(),
        json!({ "state": "NOT_BOOKED" })
    );
    assert_eq!(nora.standing(&wish).await, 0);

    // What was said stays said.
    assert_eq!(nora.book(KEY_1, &wish).await.status, 422);
    assert_eq!(nora.standing(&wish).await, 0);
    assert_eq!(nora.book("key-of-another-try-2", &wish).await.status, 200);
    assert_eq!(nora.standing(&wish).await, 1);
}

#[tokio::test]
async fn a_booking_that_turns_up_late_is_found_when_asked_after() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    // The answer is lost, and so are the looks right after it.
    let call = |operation| demo_studio::CallQuirk {
        operation,
        times: None,
        delay_millis: 0,
        status: None,
        lose_answer: true,
    };
    let calls = vec![call(OperationName::Book), call(OperationName::ListBookings)];
    stage.studio.quirks().set(demo_studio::Quirks {
        calls,
        ..Default::default()
    });
    assert_eq!(nora.book(KEY_1, &wish).await.kind(), "UNCERTAIN");
    assert_eq!(
        nora.post(&settle(KEY_1), &json!({})).await.json()["state"],
        "UNCERTAIN"
    );
    stage.no_quirks();
    let view = nora.post(&settle(KEY_1), &json!({})).await.json();
    assert_eq!(
        (view["state"].as_str(), view["booking"]["title"].as_str()),
        (Some("BOOKED"), Some("Personal training"))
    );
    assert_eq!(nora.standing(&wish).await, 1);
}

#[tokio::test]
async fn a_key_that_was_asked_after_before_it_arrived_books_no_more() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    assert_eq!(
        nora.post(&settle(KEY_1), &json!({})).await.json(),
        json!({ "state": "NOT_BOOKED" })
    );
    assert_eq!(nora.book(KEY_1, &wish).await.status, 422);
    assert_eq!(nora.standing(&wish).await, 0);
}

#[tokio::test]
async fn a_browser_that_goes_away_in_mid_flight_leaves_an_outcome() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    stage.quirk(OperationName::Book, |quirk| {
        quirk.delay_millis = 300;
        quirk.times = Some(1);
    });
    tokio::select! {
        _ = nora.book(KEY_1, &wish) => panic!("answered before it was cut off"),
        () = reached(&stage) => {}
    }
    // Asking waits for the one that is under way.
    let view = nora.post(&settle(KEY_1), &json!({})).await.json();
    assert_eq!(view["state"], "BOOKED", "{view}");
    stage.no_quirks();
    assert_eq!(nora.standing(&wish).await, 1);
}

#[tokio::test]
async fn a_far_booking_without_an_answer_is_never_called_not_booked() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-12-14").await;
    stage.quirk(OperationName::Book, |quirk| quirk.lose_answer = true);
    assert_eq!(nora.book(KEY_1, &wish).await.kind(), "UNCERTAIN");
    stage.no_quirks();
    stage.later(TimeDelta::minutes(5));
    let view = nora.post(&settle(KEY_1), &json!({})).await.json();
    assert_eq!(view["state"], "UNSETTLEABLE", "{view}");
    assert!(view["failure"]["refusal"].is_string(), "{view}");
}

#[tokio::test]
async fn a_far_booking_that_never_happened_is_told_by_the_time_being_free_still() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-12-14").await;
    stage.quirk(OperationName::Book, |quirk| quirk.status = Some(503));
    assert_eq!(nora.book(KEY_1, &wish).await.kind(), "UNCERTAIN");
    stage.no_quirks();
    stage.later(TimeDelta::seconds(30));
    assert_eq!(
        nora.post(&settle(KEY_1), &json!({})).await.json()["state"],
        "NOT_BOOKED"
    );
}

#[tokio::test]
async fn a_verdict_is_given_again_at_book_and_stays_with_the_key() {
    let stage = stage().await;
    let (nora, henry) = (stage.signed_in(NORA).await, stage.signed_in(HENRY).await);
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    assert_eq!(
        nora.post(VALIDATE, &wish).await.json()["validationStatus"],
        "AVAILABLE"
    );
    assert_eq!(henry.book("key-of-the-quicker-one", &wish).await.status, 200);
    let refused = nora.book(KEY_1, &wish).await;
    assert_eq!((refused.status, refused.kind().as_str()), (422, "REFUSED"));
    assert_eq!(refused.json()["refusal"], "RESOURCE_NOT_AVAILABLE");
    let view = nora.post(&settle(KEY_1), &json!({})).await.json();
    assert_eq!(
        (view["state"].as_str(), view["failure"]["refusal"].as_str()),
        (Some("REFUSED"), Some("RESOURCE_NOT_AVAILABLE"))
    );
}

#[tokio::test]
async fn an_attempt_that_was_never_sent_may_use_its_key_again() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    stage.quirk(OperationName::ValidateBooking, |quirk| quirk.status = Some(500));
    let failed = nora.book(KEY_1, &wish).await;
    assert_eq!(
        (failed.kind().as_str(), failed.json()["retry"].as_bool()),
        ("UPSTREAM_DOWN", Some(true))
    );
    stage.no_quirks();
    assert_eq!(nora.book(KEY_1, &wish).await.status, 200);
    assert_eq!(nora.standing(&wish).await, 1);
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    assert_eq!(nora.book("short", &wish).await.kind(), "BAD_REQUEST");
    assert_eq!(nora.post(BOOK, &wish).await.kind(), "BAD_REQUEST");
    assert_eq!(nora.standing(&wish).await, 0);
}

#[tokio::test]
async fn what_is_not_gone_is_not_said_to_be_cancelled() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let id = nora.book(KEY_1, &wish).await.json()["bookingId"]
        .as_i64()
        .unwrap();
    stage.quirk(OperationName::DeleteBooking, |quirk| quirk.status = Some(500));
    let answer = nora.delete(&format!("{BOOKINGS}/{id}")).await;
    assert_eq!((answer.status, answer.kind().as_str()), (504, "UNCERTAIN"));
    assert_eq!(nora.standing(&wish).await, 1);
    // Cancelled, and the answer lost: reading it back tells.
    stage.quirk(OperationName::DeleteBooking, |quirk| quirk.lose_answer = true);
    assert_eq!(nora.delete(&format!("{BOOKINGS}/{id}")).await.status, 200);
    assert_eq!(nora.standing(&wish).await, 0);
}

#[tokio::test]
async fn what_a_process_that_died_had_sent_is_looked_up_and_not_sent_again() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let (store, key, customer) = an_intent_of_noras(&stage, &wish).await;
    assert!(store.send(customer, &key, monday()).await.unwrap());

    assert_eq!(nora.book(KEY_1, &wish).await.kind(), "UNCERTAIN");
    assert_eq!(
        nora.post(&settle(KEY_1), &json!({})).await.json()["state"],
        "UNCERTAIN"
    );
    stage.later(TimeDelta::minutes(2));
    assert_eq!(
        nora.post(&settle(KEY_1), &json!({})).await.json()["state"],
        "NOT_BOOKED"
    );
    assert_eq!(nora.standing(&wish).await, 0);
}

/// As a process leaves it that died before it sent anything.
async fn an_intent_of_noras(stage: &Stage, wish: &Value) -> (Arc<dyn Store>, AttemptKey, CustomerId) {
    let store = stage.store().await;
    let (key, customer) = (AttemptKey::new(KEY_1).unwrap(), CustomerId(1_200_000_001));
    let read = serde_json::from_str(&wish.to_string()).unwrap();
    let begun = store.begin(customer, &key, &read, None, monday()).await.unwrap();
    assert_eq!(begun, Begun::New);
    (store, key, customer)
}

#[tokio::test]
async fn an_intent_of_a_process_that_died_was_never_sent_and_its_key_books() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    an_intent_of_noras(&stage, &wish).await;
    assert_eq!(nora.book(KEY_1, &wish).await.status, 200);
    assert_eq!(nora.standing(&wish).await, 1);
}

#[tokio::test]
async fn an_intent_that_was_ended_is_sent_no_more_by_a_process_that_comes_late() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let (store, key, customer) = an_intent_of_noras(&stage, &wish).await;
    // Not "being checked": what was never sent has booked nothing.
    let view = nora.post(&settle(KEY_1), &json!({})).await.json();
    assert_eq!(view, json!({ "state": "NOT_BOOKED" }));
    assert!(!store.send(customer, &key, monday()).await.unwrap());
    // Another key does not wait for it either.
    assert_eq!(nora.book(KEY_2, &wish).await.status, 200);
    assert_eq!(nora.standing(&wish).await, 1);
}

#[tokio::test]
async fn an_intent_that_was_left_behind_does_not_keep_another_key_from_booking() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let (store, key, customer) = an_intent_of_noras(&stage, &wish).await;
    assert_eq!(nora.book(KEY_2, &wish).await.status, 200);
    assert!(!store.send(customer, &key, monday()).await.unwrap());
    assert_eq!(nora.standing(&wish).await, 1);
}

#[tokio::test]
async fn a_database_that_fails_after_the_call_was_sent_has_nobody_told_that_nothing_was_booked() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    outcomes_cannot_be_written(&stage).await;
    stage.quirk(OperationName::Book, |quirk| quirk.lose_answer = true);
    let booked = nora.book(KEY_1, &wish).await;
    assert_eq!(booked.status, 200, "{}", booked.text);
    assert_eq!(nora.standing(&wish).await, 1);
    // It is found by whoever asks, too.
    let view = nora.post(&settle(KEY_1), &json!({})).await.json();
    assert_eq!(view["state"], "BOOKED", "{view}");

    let upstream = Scripted::new();
    upstream.says(BOOK_CALL, 500, json!({}));
    let (stage, ada) = ada(&upstream).await;
    outcomes_cannot_be_written(&stage).await;
    let answer = ada.book(KEY_1, &scripted::wish()).await;
    assert_eq!(
        (answer.status, answer.kind().as_str()),
        (504, "UNCERTAIN"),
        "{}",
        answer.text
    );
    assert_eq!(ada.book(KEY_1, &scripted::wish()).await.kind(), "UNCERTAIN");
    assert_eq!(upstream.asked(BOOK_CALL), 1);
    upstream.says(BOOK_CALL, 422, json!({ "errorMessage": "just taken" }));
    stage.later(TimeDelta::minutes(5));
    // The first cannot be ended, so that nothing of the same wish is sent; and nobody is told that it was.
    assert_eq!(ada.book(KEY_2, &scripted::wish()).await.kind(), "INTERNAL");
    assert_eq!(upstream.asked(BOOK_CALL), 1);
    let mut other = scripted::wish();
    other["bookableAppointmentId"] = json!(8);
    let refused = ada.book(KEY_3, &other).await;
    assert_eq!(
        refused.kind(),
        "REFUSED",
        "a verdict is a verdict, written or not: {}",
        refused.text
    );
}

#[tokio::test]
async fn a_lost_booking_is_found_and_not_made_again_by_another_key() {
    let upstream = Scripted::new();
    upstream.says(BOOK_CALL, 500, json!({}));
    let (_stage, ada) = ada(&upstream).await;
    assert_eq!(ada.book(KEY_1, &wish()).await.kind(), "UNCERTAIN");
    // It was booked after all, and the page was loaded anew: a new key for the same wish.
    upstream.says(LIST_CALL, 200, json!([scripted::booking(5)]));
    upstream.says(BOOK_CALL, 200, scripted::booking(6));
    let answer = ada.book(KEY_2, &wish()).await;
    is_booked_as(&answer, 5);
    assert_eq!(upstream.asked(BOOK_CALL), 1);
    for key in [KEY_1, KEY_2] {
        let view = ada.post(&settle(key), &json!({})).await.json();
        assert_eq!(
            (&view["state"], &view["booking"]["bookingId"]),
            (&json!("BOOKED"), &json!(5))
        );
    }
}

#[tokio::test]
async fn another_key_for_an_uncertain_wish_is_uncertain_until_the_first_is_settled() {
    let upstream = Scripted::new();
    upstream.says(BOOK_CALL, 500, json!({}));
    let (stage, ada) = ada(&upstream).await;
    assert_eq!(ada.book(KEY_1, &wish()).await.kind(), "UNCERTAIN");
    assert_eq!(ada.book(KEY_2, &wish()).await.kind(), "UNCERTAIN");
    assert_eq!(upstream.asked(BOOK_CALL), 1, "what was sent is not sent again");
    for key in [KEY_1, KEY_2] {
        let view = ada.post(&settle(key), &json!({})).await.json();
        assert_eq!(view["state"], "UNCERTAIN", "{key}: {view}");
    }
    // Another wish has nothing to do with it.
    upstream.says(BOOK_CALL, 200, scripted::booking(6));
    let mut other = wish();
    other["bookableAppointmentId"] = json!(8);
    assert_eq!(ada.book("key-of-another-wish-44", &other).await.status, 200);
    // Long after, it is certain that the first booked nothing; then the wish may be sent.
    stage.later(TimeDelta::seconds(30));
    assert_eq!(ada.book(KEY_3, &wish()).await.json()["bookingId"], 6);
    assert_eq!(upstream.asked(BOOK_CALL), 3);
    let view = ada.post(&settle(KEY_1), &json!({})).await.json();
    assert_eq!(view["state"], "NOT_BOOKED", "{view}");
}

#[tokio::test]
async fn a_tap_under_a_key_that_books_no_more_hears_of_what_another_did() {
    let upstream = Scripted::new();
    upstream.says(BOOK_CALL, 500, json!({}));
    let (_stage, ada) = ada(&upstream).await;
    let asked = json!({ "wish": wish() });
    assert_eq!(
        ada.post(&settle(KEY_1), &asked).await.json()["state"],
        "NOT_BOOKED"
    );
    // It books no more, and says so for as long as that is the whole truth.
    assert_eq!(ada.book(KEY_1, &wish()).await.kind(), "REFUSED");
    assert_eq!(ada.book(KEY_2, &wish()).await.kind(), "UNCERTAIN");
    assert_eq!(ada.book(KEY_1, &wish()).await.kind(), "UNCERTAIN");
    upstream.says(LIST_CALL, 200, json!([scripted::booking(5)]));
    upstream.says("GET /v1/appointments/booking/5", 200, scripted::booking(5));
    let answer = ada.book(KEY_1, &wish()).await;
    is_booked_as(&answer, 5);
    assert_eq!(upstream.asked(BOOK_CALL), 1);
}

#[tokio::test]
async fn two_tabs_at_once_are_one_booking_and_both_are_told_the_same() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    stage.quirk(OperationName::Book, |quirk| quirk.delay_millis = 300);
    let (one, two) = tokio::join!(nora.book(KEY_1, &wish), nora.book(KEY_2, &wish));
    assert_eq!((one.status, two.status), (200, 200), "{} {}", one.text, two.text);
    assert_eq!(one.text, two.text);
    stage.no_quirks();
    assert_eq!(nora.standing(&wish).await, 1);
    for key in [KEY_1, KEY_2] {
        assert_eq!(
            nora.post(&settle(key), &json!({})).await.json()["state"],
            "BOOKED"
        );
    }
}

#[tokio::test]
async fn what_was_cancelled_can_be_booked_again() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let first = nora.book(KEY_1, &wish).await.json()["bookingId"].clone();
    assert_eq!(nora.delete(&format!("{BOOKINGS}/{first}")).await.status, 200);
    let second = nora.book(KEY_2, &wish).await;
    assert_eq!(second.status, 200, "{}", second.text);
    assert_ne!(second.json()["bookingId"], first);
    assert_eq!(nora.standing(&wish).await, 1);
}

#[tokio::test]
async fn cancelled_twice_is_cancelled() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let id = nora.book(KEY_1, &wish).await.json()["bookingId"].clone();
    for _ in 0..2 {
        let gone = nora.delete(&format!("{BOOKINGS}/{id}")).await;
        assert_eq!(gone.status, 200, "{}", gone.text);
    }
    assert_eq!(nora.standing(&wish).await, 0);
    // Two tabs at once: the upstream refuses one of them.
    let id = nora.book(KEY_2, &wish).await.json()["bookingId"].clone();
    let path = format!("{BOOKINGS}/{id}");
    stage.quirk(OperationName::DeleteBooking, |quirk| quirk.delay_millis = 100);
    let (one, two) = tokio::join!(nora.delete(&path), nora.delete(&path));
    assert_eq!((one.status, two.status), (200, 200), "{} {}", one.text, two.text);
}

#[tokio::test]
async fn a_cancellation_that_is_refused_as_done_already_is_done() {
    for status in [400, 404, 409] {
        let upstream = Scripted::new();
        upstream.says("GET /v1/appointments/booking/5", 200, scripted::booking(5));
        upstream.says("DELETE /v1/appointments/booking/5", status, json!({}));
        let (_stage, ada) = ada(&upstream).await;
        let refused = ada.delete(&format!("{BOOKINGS}/5")).await;
        assert_ne!(refused.status, 200, "it stands: {}", refused.text);
        let mut gone = scripted::booking(5);
        gone["bookingStatus"] = json!("CANCELED");
        upstream.says("GET /v1/appointments/booking/5", 200, gone);
        assert_eq!(ada.delete(&format!("{BOOKINGS}/5")).await.status, 200);
    }
}

#[tokio::test]
async fn what_was_made_here_and_is_gone_at_the_upstream_is_cancelled() {
    let upstream = Scripted::new();
    upstream.says("GET /v1/appointments/booking/5", 200, scripted::booking(5));
    upstream.says("DELETE /v1/appointments/booking/5", 200, json!({}));
    let (_stage, ada) = ada(&upstream).await;
    assert_eq!(ada.book(KEY_1, &wish()).await.status, 200);
    upstream.says("GET /v1/appointments/booking/5", 404, json!({}));
    assert_eq!(ada.delete(&format!("{BOOKINGS}/5")).await.status, 200);
    // One of which nothing is known here may be anybody's.
    assert_eq!(ada.delete(&format!("{BOOKINGS}/6")).await.status, 404);
}

#[tokio::test]
async fn a_write_that_failed_says_what_the_vendors_support_asks_for() {
    let said = json!({ "errorMessage": "Wartung", "traceId": "trace-9" });
    let upstream = Scripted::new();
    upstream.says(BOOK_CALL, 500, said.clone());
    upstream.says("GET /v1/appointments/booking/5", 200, scripted::booking(5));
    upstream.says("DELETE /v1/appointments/booking/5", 500, said);
    let (_stage, ada) = ada(&upstream).await;
    for answer in [
        ada.book(KEY_1, &wish()).await,
        ada.delete(&format!("{BOOKINGS}/5")).await,
    ] {
        let failure = answer.json();
        assert_eq!(failure["kind"], "UNCERTAIN", "{failure}");
        assert_eq!(failure["traceId"], "trace-9", "{failure}");
        assert_eq!(failure["upstreamMessage"], "Wartung", "{failure}");
    }
}

#[tokio::test]
async fn a_booking_at_the_same_time_under_another_title_is_no_proof_of_anything() {
    let upstream = Scripted::new();
    upstream.says(
        "GET /v1/appointments/bookable/7",
        200,
        json!({ "id": 7, "title": "Sports massage" }),
    );
    upstream.says(BOOK_CALL, 500, json!({}));
    let (stage, ada) = ada(&upstream).await;
    assert_eq!(ada.book(KEY_1, &wish()).await.kind(), "UNCERTAIN");
    upstream.says(LIST_CALL, 200, json!([scripted::booking(5)]));
    stage.later(TimeDelta::minutes(5));
    let view = ada.post(&settle(KEY_1), &json!({})).await.json();
    assert_eq!(view["state"], "UNSETTLEABLE", "{view}");
    // Cancelled, it is none.
    let mut gone = scripted::booking(5);
    gone["bookingStatus"] = json!("CANCELED");
    upstream.says(LIST_CALL, 200, json!([gone]));
    let view = ada.post(&settle(KEY_1), &json!({})).await.json();
    assert_eq!(view["state"], "NOT_BOOKED", "{view}");
}

#[tokio::test]
async fn what_the_upstream_says_of_a_refusal_is_told_once_and_kept_nowhere() {
    let upstream = Scripted::new();
    let said = json!({ "errorMessage": "Ada Planted hat Hausverbot", "traceId": "trace-9" });
    upstream.says(BOOK_CALL, 422, said);
    let (stage, ada) = ada(&upstream).await;
    let refused = ada.book(KEY_1, &wish()).await;
    assert_eq!(refused.json()["upstreamMessage"], "Ada Planted hat Hausverbot");
    let again = ada.book(KEY_1, &wish()).await;
    assert_eq!(
        (again.kind().as_str(), &again.json()["traceId"]),
        ("REFUSED", &json!("trace-9"))
    );
    let data = stage.folder.path().join("data");
    let files = ["frontdesk.sqlite", "frontdesk.sqlite-wal"]
        .map(|name| std::fs::read(data.join(name)).unwrap_or_default());
    let kept = String::from_utf8_lossy(&files.concat()).into_owned();
    assert!(kept.contains(KEY_1) && !kept.contains("Hausverbot"));
}

#[tokio::test]
async fn attempts_are_forgotten_while_the_process_runs() {
    let upstream = Scripted::new();
    let sweep = std::time::Duration::from_millis(1);
    let stage = in_front_of_with(upstream.router(), |settings| settings.limits.sweep = sweep).await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(ada.book(KEY_1, &wish()).await.status, 200);
    let store = stage.store().await;
    let (key, customer) = (AttemptKey::new(KEY_1).unwrap(), CustomerId(7));
    assert!(store.attempt(customer, &key).await.unwrap().is_some());
    stage.later(TimeDelta::days(91));
    while store.attempt(customer, &key).await.unwrap().is_some() {}
}

#[tokio::test]
async fn an_attempt_that_cannot_be_looked_up_is_not_called_not_booked() {
    let upstream = Scripted::new();
    let (stage, ada) = ada(&upstream).await;
    in_database(&stage, "ALTER TABLE attempts RENAME TO elsewhere").await;
    let view = ada.post(&settle(KEY_1), &json!({})).await;
    assert_eq!((view.status, view.json()), (200, json!({ "state": "UNCERTAIN" })));
    // Before anything is sent, a database that fails is a failure like others.
    assert_eq!(ada.book(KEY_1, &wish()).await.kind(), "INTERNAL");
    assert_eq!(upstream.asked(BOOK_CALL), 0);
}
