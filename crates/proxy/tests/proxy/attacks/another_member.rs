//! Another member's ids, on every operation that takes one.

use super::recorder::{ANOTHERS, Door, HER};
use crate::support::*;

#[tokio::test]
async fn a_booking_of_anothers_is_read_cancelled_and_written_out_for_nobody() {
    let door = Door::open().await;
    for line in [
        format!("GET /api/v1/appointments/booking/{ANOTHERS}"),
        format!("DELETE /api/v1/appointments/booking/{ANOTHERS}"),
        format!("GET /bookings/{ANOTHERS}/calendar.ics"),
    ] {
        let anothers = door.ask(&line, "").await;
        let nothing = door.ask(&line.replace("66", "67"), "").await;
        assert_eq!(anothers.status, 404, "{line}: {anothers:?}");
        assert_eq!(anothers.body, nothing.body, "{line}");
        assert_eq!(anothers.names(), nothing.names(), "{line}");
        let arrived = door.only_ours_arrived(&line);
        assert!(
            arrived.iter().all(|arrival| arrival.method == "GET"),
            "{arrived:?}"
        );
    }
}

#[tokio::test]
async fn every_question_that_names_a_customer_names_the_one_who_asks() {
    let door = Door::open().await;
    for path in [
        BOOKINGS,
        "/api/v1/appointments/bookable/7/slots",
        "/api/v1/appointments/bookable/7/slots?daysAhead=6",
    ] {
        assert_eq!(door.ask(&format!("GET {path}"), "").await.status, 200, "{path}");
        let arrived = door.only_ours_arrived(path);
        let named = format!("customerId={HER}");
        assert!(
            arrived.iter().any(|arrival| arrival.target.contains(&named)),
            "{path}: {arrived:?}"
        );
    }
}

#[tokio::test]
async fn a_list_that_names_anothers_booking_does_not_make_it_ones_own() {
    let door = Door::open().await;
    let mut list = vec![crate::scripted::booking(5), crate::scripted::booking(ANOTHERS)];
    list[1]["customerId"] = serde_json::json!(8);
    door.upstream.says(crate::scripted::LIST_CALL, 200, list.into());
    assert_eq!(door.ask(&format!("GET {BOOKINGS}"), "").await.status, 200);
    let cancelled = door
        .ask(&format!("DELETE /api/v1/appointments/booking/{ANOTHERS}"), "")
        .await;
    assert_eq!(
        cancelled.status, 404,
        "what counts is whom the booking itself names"
    );
    let arrived = door.only_ours_arrived("a list that names another's");
    assert!(
        arrived.iter().all(|arrival| arrival.method == "GET"),
        "{arrived:?}"
    );
}

#[tokio::test]
async fn an_attempt_is_its_members_whoever_knows_its_key() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let key = "key-that-was-overheard-01";
    assert_eq!(nora.book(key, &wish).await.status, 200);
    let olga = stage.signed_in(OLGA).await;
    let view = olga
        .post(&format!("/attempts/{key}"), &serde_json::json!({}))
        .await;
    assert_eq!(view.json(), serde_json::json!({ "state": "NOT_BOOKED" }));
    let nobody = stage
        .browser()
        .post(&format!("/attempts/{key}"), &serde_json::json!({}))
        .await;
    assert_eq!(nobody.kind(), "SIGNED_OUT");
    // Under the same key she tries for herself, and his stays one and his.
    olga.book(key, &wish).await;
    assert_eq!(nora.standing(&wish).await, 1);
}
