//! Kind to the upstream: what is asked once for many, what is shown when it cannot be asked, and who goes first.

use std::time::Duration;

use axum::http::StatusCode;
use chrono::TimeDelta;
use frontdesk_proxy::upstream::{Rate, Rest};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::scripted::{ADA, BOOK_CALL, LIST_CALL, Scripted, booking, wish};
use crate::support::*;

pub(crate) const SLOTS: &str = "/api/v1/appointments/bookable/7/slots";
pub(crate) const SLOTS_CALL: &str = "GET /v1/appointments/bookable/7/slots";
const SERVICE_CALL: &str = "GET /v1/appointments/bookable/7";
pub(crate) const WEBHOOKS: &str = "/webhooks/perfectgym";
pub(crate) const WEBHOOK_KEY: &str = "second-key-0123456789";
const AS_OF: &str = "frontdesk-as-of";

pub(crate) fn slot(hour: u32) -> Value {
    json!([{
        "startDateTime": format!("2026-11-26T{hour}:00:00.000+01:00[Europe/Berlin]"),
        "endDateTime": format!("2026-11-26T{}:00:00.000+01:00[Europe/Berlin]", hour + 1),
    }])
}

pub(crate) fn upstream() -> Scripted {
    let upstream = Scripted::new();
    upstream.says(SLOTS_CALL, 200, slot(10));
    upstream.says(SERVICE_CALL, 200, json!({ "id": 7, "title": "Massage" }));
    upstream
}

/// As of when the app says that an answer is.
fn said_of(answer: &Answer) -> Option<chrono::DateTime<chrono::Utc>> {
    let header = |name| Some(answer.header(name)).filter(|value| !value.is_empty());
    booking::listed::stands_in(
        header(booking::listed::AS_OF),
        header(booking::listed::AGE),
        header(booking::listed::READ_ANEW),
    )
}

#[tokio::test]
async fn the_first_minutes_without_an_upstream_are_like_any_others_and_then_it_is_said() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    stage.browser().get(SLOTS).await;
    upstream.says(SLOTS_CALL, 500, json!({}));
    for (seconds, says) in [(60, None), (59, None), (1, Some(monday()))] {
        stage.later(TimeDelta::seconds(seconds));
        let old = stage.browser().get(SLOTS).await;
        assert_eq!((old.status, said_of(&old)), (200, says), "{seconds}");
    }
}

/// Enough for a few calls, and none that comes back while a test runs.
fn few(settings: &mut frontdesk_proxy::config::Settings) {
    settings.limits.budget = Rate {
        a_minute: 1,
        at_once: 12,
    };
    settings.limits.patience_of_readers = Duration::from_millis(20);
}

#[tokio::test]
async fn a_crowd_that_asks_for_the_same_times_is_one_call() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let crowd = (0..50).map(|_| {
        let browser = stage.browser();
        tokio::spawn(async move { browser.get(SLOTS).await })
    });
    for answer in crowd.collect::<Vec<_>>() {
        let answer = answer.await.unwrap();
        assert_eq!((answer.status, answer.header(AS_OF)), (200, ""));
        assert!(answer.text.contains("T10:00"), "{}", answer.text);
    }
    assert_eq!(upstream.asked(SLOTS_CALL), 1);
    // Other days, and a few seconds later, are other times.
    stage.browser().get(&format!("{SLOTS}?daysAhead=3")).await;
    assert_eq!(upstream.asked(SLOTS_CALL), 2);
    stage.later(TimeDelta::minutes(1));
    stage.browser().get(SLOTS).await;
    assert_eq!(upstream.asked(SLOTS_CALL), 3);
}

#[tokio::test]
async fn where_nothing_is_to_be_kept_each_look_is_a_call() {
    let upstream = upstream();
    let stage = in_front_of_with(upstream.router(), |settings| {
        settings.limits.cache_slots = Duration::ZERO;
    })
    .await;
    for hour in [10, 12] {
        upstream.says(SLOTS_CALL, 200, slot(hour));
        let answer = stage.browser().get(SLOTS).await;
        assert!(answer.text.contains(&format!("T{hour}:00")), "{}", answer.text);
    }
    upstream.says(SLOTS_CALL, 500, json!({}));
    assert_eq!(
        stage.browser().get(SLOTS).await.kind(),
        "UPSTREAM_DOWN",
        "nothing stands in"
    );
}

#[tokio::test]
async fn what_is_a_little_old_is_shown_at_once_and_read_anew_behind() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    stage.browser().get(SLOTS).await;
    upstream.says(SLOTS_CALL, 200, slot(12));
    stage.later(TimeDelta::seconds(7));
    let old = stage.browser().get(SLOTS).await;
    assert!(old.text.contains("T10:00"), "{}", old.text);
    assert_eq!(old.header(AS_OF), monday().timestamp().to_string());
    assert_eq!((old.header("age"), old.header("frontdesk-read-anew")), ("7", "1"));
    assert_eq!(said_of(&old), None, "nothing is wrong, and nothing is said");
    for _ in 0..1000 {
        if stage.browser().get(SLOTS).await.text.contains("T12:00") {
            break;
        }
    }
    let fresh = stage.browser().get(SLOTS).await;
    assert!(fresh.text.contains("T12:00") && fresh.header(AS_OF).is_empty());
    assert_eq!(upstream.asked(SLOTS_CALL), 2);
}

#[tokio::test]
async fn times_of_before_stand_in_for_ten_minutes_and_say_since_when() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let browser = stage.browser();
    browser.get(SLOTS).await;
    browser.get(&format!("{BOOKABLE}/7")).await;
    for call in [SLOTS_CALL, SERVICE_CALL] {
        upstream.says(call, 500, json!({}));
    }
    stage.later(TimeDelta::minutes(9));
    for path in [SLOTS, &format!("{BOOKABLE}/7")] {
        let old = browser.get(path).await;
        assert_eq!(
            (old.status, old.header(AS_OF)),
            (200, monday().timestamp().to_string().as_str()),
            "{path}"
        );
        assert_eq!(said_of(&old), Some(monday()), "{path}");
    }
    stage.later(TimeDelta::minutes(2));
    assert_eq!(browser.get(SLOTS).await.kind(), "UPSTREAM_DOWN");
    assert_eq!(
        browser.get(&format!("{BOOKABLE}/7")).await.status,
        200,
        "six hours for services"
    );
    stage.later(TimeDelta::hours(-2));
    assert_eq!(
        browser.get(&format!("{BOOKABLE}/7")).await.kind(),
        "UPSTREAM_DOWN",
        "what seems to be read in the future is of a clock that went back"
    );
}

#[tokio::test]
async fn whoever_books_or_cancels_sees_nothing_of_before_and_no_stand_in_for_it() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let ada = stage.signed_in(ADA).await;
    assert!(ada.get(SLOTS).await.text.contains("T10:00"));
    upstream.says(SLOTS_CALL, 200, slot(12));
    assert_eq!(ada.book("key-of-this-attempt-1", &wish()).await.status, 200);
    assert!(ada.get(SLOTS).await.text.contains("T12:00"));

    upstream.says("GET /v1/appointments/booking/5", 200, booking(5));
    upstream.says("DELETE /v1/appointments/booking/5", 409, json!({}));
    upstream.says(SLOTS_CALL, 200, slot(14));
    ada.delete(&format!("{BOOKINGS}/5")).await;
    assert!(ada.get(SLOTS).await.text.contains("T14:00"));

    upstream.says(SLOTS_CALL, 500, json!({}));
    ada.delete(&format!("{BOOKINGS}/5")).await;
    assert_eq!(ada.get(SLOTS).await.kind(), "UPSTREAM_DOWN");
}

#[tokio::test]
async fn whoever_learns_late_that_they_booked_sees_nothing_of_before_either() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let ada = stage.signed_in(ADA).await;
    upstream.says(BOOK_CALL, 500, json!({}));
    assert_eq!(
        ada.book("key-of-this-attempt-1", &wish()).await.kind(),
        "UNCERTAIN"
    );
    assert!(ada.get(SLOTS).await.text.contains("T10:00"));
    upstream.says(LIST_CALL, 200, json!([booking(5)]));
    upstream.says(SLOTS_CALL, 200, slot(12));
    let view = ada.post("/attempts/key-of-this-attempt-1", &json!({})).await;
    assert_eq!(view.json()["state"], "BOOKED", "{}", view.text);
    assert!(ada.get(SLOTS).await.text.contains("T12:00"));
}

#[tokio::test]
async fn whoever_is_refused_a_time_is_offered_times_that_were_read_after_that() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let ada = stage.signed_in(ADA).await;
    ada.get(SLOTS).await;
    upstream.says(SLOTS_CALL, 200, slot(12));
    upstream.says(
        crate::scripted::VALIDATE_CALL,
        200,
        json!({ "validationStatus": "RESOURCE_NOT_AVAILABLE" }),
    );
    ada.post(VALIDATE, &wish()).await;
    assert!(ada.get(SLOTS).await.text.contains("T12:00"));
}

/// An upstream whose times name the customer they are asked for.
fn personal(upstream: &Scripted) -> axum::Router {
    let inner = upstream.router();
    axum::Router::new().fallback(move |request: axum::extract::Request| {
        let (inner, query) = (
            inner.clone(),
            request.uri().query().unwrap_or_default().to_owned(),
        );
        async move {
            use tower::ServiceExt as _;
            let own = request.uri().path().ends_with("/slots") && query.contains("customerId=7");
            if own {
                return axum::response::IntoResponse::into_response(slot(18).to_string());
            }
            inner.oneshot(request).await.unwrap()
        }
    })
}

#[tokio::test]
async fn a_members_own_times_are_shown_to_nobody_else_and_in_a_crowd_anybodys_do() {
    let upstream = upstream();
    let stage = in_front_of_with(personal(&upstream), |settings| {
        settings.limits.budget = Rate {
            a_minute: 1,
            at_once: 20,
        };
    })
    .await;
    let ada = stage.signed_in(ADA).await;
    let window = |days: u32| format!("{SLOTS}?daysAhead={days}");
    assert!(ada.get(&window(1)).await.text.contains("T18:00"));
    assert!(stage.browser().get(&window(1)).await.text.contains("T10:00"));
    assert!(ada.get(&window(1)).await.text.contains("T18:00"));
    // Half of all calls are for members' own times; then everybody's are shown to them.
    for date in 10..20 {
        ada.get(&format!("{SLOTS}?slotWindowStartDate=2026-11-{date}"))
            .await;
    }
    let anybodys = ada.get(&window(1)).await;
    assert!(anybodys.text.contains("T18:00"), "what is kept is theirs still");
    stage.later(TimeDelta::minutes(1));
    let anybodys = ada.get(&window(1)).await;
    assert_eq!(anybodys.status, 200);
    assert!(anybodys.text.contains("T10:00"), "{}", anybodys.text);
}

#[tokio::test]
async fn readers_beyond_the_budget_are_told_when_to_come_back_and_bookings_go_through() {
    let upstream = upstream();
    let stage = in_front_of_with(upstream.router(), few).await;
    let ada = stage.signed_in(ADA).await;
    let mut last = ada.get(BOOKINGS).await;
    for _ in 0..20 {
        last = ada.get(BOOKINGS).await;
    }
    assert_eq!(
        (last.status, last.kind().as_str()),
        (503, "BUSY"),
        "{}",
        last.text
    );
    let seconds: u64 = last.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds) && last.json()["retryAfter"] == seconds);
    assert!(upstream.asked(LIST_CALL) < 12);
    // Its answer is lost, so it is looked up: at the very endpoint that has no call left for readers.
    upstream.says(BOOK_CALL, 500, json!({}));
    upstream.says(LIST_CALL, 200, json!([booking(5)]));
    let booked = ada.book("key-of-this-attempt-1", &wish()).await;
    assert_eq!(
        (booked.status, booked.json()["bookingId"].as_i64()),
        (200, Some(5))
    );
}

#[tokio::test]
async fn what_a_booking_has_to_know_of_its_service_waits_for_no_reader_either() {
    let upstream = upstream();
    let stage = in_front_of_with(upstream.router(), few).await;
    let ada = stage.signed_in(ADA).await;
    let mut last = ada.get(&format!("{BOOKABLE}/100")).await;
    for id in 101..120 {
        last = ada.get(&format!("{BOOKABLE}/{id}")).await;
    }
    assert_eq!(last.kind(), "BUSY");
    assert_eq!(ada.book("key-of-this-attempt-1", &wish()).await.status, 200);
    assert_eq!(upstream.asked(SERVICE_CALL), 1);
}

#[tokio::test]
async fn a_429_is_never_passed_on_and_holds_readers_back_and_no_booking() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let ada = stage.signed_in(ADA).await;
    upstream.says(LIST_CALL, 429, json!({}));
    for _ in 0..5 {
        let answer = ada.get(BOOKINGS).await;
        assert_eq!((answer.status, answer.kind().as_str()), (503, "BUSY"));
        let seconds: u64 = answer.header("retry-after").parse().unwrap();
        assert!((50..=60).contains(&seconds), "the rest of its minute: {seconds}");
    }
    assert_eq!(upstream.asked(LIST_CALL), 1);
    upstream.says(BOOK_CALL, 500, json!({}));
    upstream.says(LIST_CALL, 200, json!([booking(5)]));
    assert_eq!(ada.book("key-of-this-attempt-1", &wish()).await.status, 200);
    assert_eq!(
        ada.get(BOOKINGS).await.status,
        200,
        "and a booking that was answered opens it again"
    );
}

#[tokio::test]
async fn an_upstream_that_fails_is_left_alone_and_asked_again_by_itself() {
    let upstream = upstream();
    let stage = in_front_of_with(upstream.router(), |settings| {
        settings.limits.rest = Rest {
            after: 3,
            first: Duration::from_secs(3600),
            ..settings.limits.rest
        };
        settings.limits.rest.longest = Duration::from_secs(3600);
    })
    .await;
    let ada = stage.signed_in(ADA).await;
    upstream.says(LIST_CALL, 500, json!({}));
    for _ in 0..10 {
        assert_eq!(ada.get(BOOKINGS).await.kind(), "UPSTREAM_DOWN");
    }
    assert_eq!(upstream.asked(LIST_CALL), 3);
    let told = ada.get(BOOKINGS).await;
    assert!(
        told.json()["retryAfter"]
            .as_u64()
            .is_some_and(|seconds| seconds > 60),
        "{}",
        told.text
    );
    assert_eq!(
        ada.book("key-of-this-attempt-1", &wish()).await.status,
        200,
        "what works is used"
    );

    let stage = in_front_of_with(upstream.router(), |settings| {
        settings.limits.rest.after = 3;
        settings.limits.rest.first = Duration::ZERO;
    })
    .await;
    let ada = stage.signed_in(ADA).await;
    for _ in 0..10 {
        ada.get(BOOKINGS).await;
    }
    upstream.says(LIST_CALL, 200, json!([]));
    assert_eq!(ada.get(BOOKINGS).await.status, 200);
}

async fn with_webhooks(upstream: &Scripted) -> Stage {
    in_front_of_with(upstream.router(), |settings| {
        settings.webhook.key = Some(SecretString::from(WEBHOOK_KEY));
    })
    .await
}

pub(crate) fn event(kind: &str) -> Value {
    json!({ "entityId": 5, "uuid": "3f0c", "more": [], "payload": [
        { "timestamp": 1_764_000_000, "type": kind, "content": { "any": "thing" } },
    ] })
}

#[tokio::test]
async fn a_webhook_has_times_read_anew_however_often_it_comes() {
    let upstream = upstream();
    let stage = with_webhooks(&upstream).await;
    let browser = stage.browser();
    let key = [("x-api-key", WEBHOOK_KEY)];
    for kind in ["CREATED", "UPDATED", "CANCELLED"] {
        browser.get(SLOTS).await;
        let asked = upstream.asked(SLOTS_CALL);
        stage.later(TimeDelta::seconds(1));
        browser.get(SLOTS).await;
        assert_eq!(upstream.asked(SLOTS_CALL), asked, "kept still");
        let body = event(&format!("APPOINTMENT_BOOKING_{kind}"));
        for _ in 0..2 {
            let answer = browser.send("POST", WEBHOOKS, &key, Some(&body)).await;
            assert_eq!(answer.status, 204, "{}", answer.text);
        }
        browser.get(SLOTS).await;
        browser.get(SLOTS).await;
        assert_eq!(upstream.asked(SLOTS_CALL), asked + 1, "{kind}");
    }
    for other in [
        event("CLASS_BOOKING_CREATED"),
        json!({}),
        json!({ "payload": [7, null, {}] }),
    ] {
        assert_eq!(
            browser.send("POST", WEBHOOKS, &key, Some(&other)).await.status,
            204,
            "{other}"
        );
    }
    stage.later(TimeDelta::seconds(1));
    let asked = upstream.asked(SLOTS_CALL);
    browser.get(SLOTS).await;
    assert_eq!(
        upstream.asked(SLOTS_CALL),
        asked,
        "what is of no interest changes nothing"
    );
}

#[tokio::test]
async fn a_webhook_without_its_key_changes_nothing_and_without_the_setting_there_is_none() {
    let upstream = upstream();
    let stage = with_webhooks(&upstream).await;
    let (browser, body) = (stage.browser(), event("APPOINTMENT_BOOKING_CREATED"));
    browser.get(SLOTS).await;
    stage.later(TimeDelta::seconds(2));
    for headers in [
        vec![],
        vec![("x-api-key", KEY)],
        vec![("x-api-key", "")],
        vec![("x-api-key", &WEBHOOK_KEY[1..])],
        vec![("authorization", WEBHOOK_KEY)],
    ] {
        let answer = browser.send("POST", WEBHOOKS, &headers, Some(&body)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED.as_u16(), "{headers:?}");
        assert!(!answer.text.contains(WEBHOOK_KEY));
    }
    browser.get(SLOTS).await;
    assert_eq!(upstream.asked(SLOTS_CALL), 1);
    let key = [("x-api-key", WEBHOOK_KEY)];
    let broken = browser.send("POST", WEBHOOKS, &key, Some(&json!("text"))).await;
    assert_eq!((broken.status, broken.kind().as_str()), (400, "BAD_REQUEST"));

    let without = in_front_of(upstream.router()).await;
    let answer = without.browser().send("POST", WEBHOOKS, &key, Some(&body)).await;
    assert_eq!((answer.status, answer.kind().as_str()), (404, "NOT_FOUND"));
}
