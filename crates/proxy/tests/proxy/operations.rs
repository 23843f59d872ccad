//! The eight operations, as a member's browser meets them.

use crate::support::*;
use serde_json::json;

#[tokio::test]
async fn a_member_books_finds_the_booking_and_cancels_it() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;

    let verdict = nora.post(VALIDATE, &wish).await;
    assert_eq!(
        (verdict.status, verdict.json()),
        (200, json!({ "validationStatus": "AVAILABLE" }))
    );
    let booked = nora.book("key-of-this-attempt-1", &wish).await;
    assert_eq!(booked.status, 200, "{}", booked.text);
    let id = booked.json()["bookingId"].as_i64().unwrap();
    assert_eq!(nora.standing(&wish).await, 1);

    let one = nora.get(&format!("{BOOKINGS}/{id}")).await;
    assert_eq!(one.json()["title"], "Personal training");
    assert_eq!(one.json().get("customerId"), None);
    assert_ne!(
        nora.wish(TRAINING, "2026-11-26").await,
        wish,
        "what is booked is offered no more"
    );

    let gone = nora.delete(&format!("{BOOKINGS}/{id}")).await;
    assert_eq!(gone.status, 200, "{}", gone.text);
    assert_eq!(
        nora.get(&format!("{BOOKINGS}/{id}")).await.json()["bookingStatus"],
        "CANCELED"
    );
    assert_eq!(
        nora.wish(TRAINING, "2026-11-26").await,
        wish,
        "what is cancelled is offered again"
    );
}

#[tokio::test]
async fn the_catalogue_is_for_everybody_and_its_pictures_come_through_us() {
    let stage = stage().await;
    let anybody = stage.browser();
    let slice = anybody.get(&format!("{BOOKABLE}?sliceSize=10")).await.json();
    assert_eq!(slice["result"].as_array().unwrap().len(), 10);
    assert_eq!(slice["hasNext"], true);
    let next = format!(
        "{BOOKABLE}?sliceSize=10&offset={}",
        slice["offset"].as_str().unwrap()
    );
    assert_ne!(
        anybody.get(&next).await.json()["result"][0]["id"],
        slice["result"][0]["id"]
    );

    let one = anybody.get(&format!("{BOOKABLE}/{TRAINING}")).await.json();
    assert_eq!(one["imgUrl"], "/pictures/1220000101");
    let picture = anybody.get("/pictures/1220000101").await;
    assert_eq!(picture.status, 200);
    assert!(picture.header("content-type").starts_with("image/"));
    assert!(picture.header("content-security-policy").contains("sandbox"));
    assert_eq!(anybody.get("/pictures/1").await.status, 404);
}

#[tokio::test]
async fn an_id_beyond_a_double_goes_through_unharmed() {
    let stage = stage().await;
    let id = "9007199254740993";
    let one = stage.browser().get(&format!("{BOOKABLE}/{id}")).await;
    assert!(one.text.contains(&format!("\"id\":{id}")));
    assert!(
        stage
            .browser()
            .get(&format!("{BOOKABLE}?sliceSize=100"))
            .await
            .text
            .contains(id)
    );
}

#[tokio::test]
async fn bounds_and_unknown_ids_are_answered_as_failures() {
    let stage = stage().await;
    let anybody = stage.browser();
    for (path, status, kind) in [
        (format!("{BOOKABLE}?sliceSize=9"), 400, "BAD_REQUEST"),
        (format!("{BOOKABLE}?sliceSize=many"), 400, "BAD_REQUEST"),
        (
            format!("{BOOKABLE}/{TRAINING}/slots?daysAhead=7"),
            400,
            "BAD_REQUEST",
        ),
        (
            format!("{BOOKABLE}/{TRAINING}/slots?slotWindowStartDate=soon"),
            400,
            "BAD_REQUEST",
        ),
        (format!("{BOOKABLE}/1"), 404, "NOT_FOUND"),
        (format!("{BOOKABLE}/99999999999999999999"), 404, "NOT_FOUND"),
        ("/api".into(), 404, "NOT_FOUND"),
        (
            "/api/v1/customers/by?customerNumber=M-1001".into(),
            404,
            "NOT_FOUND",
        ),
        ("/api/v1/customers/1200000001".into(), 404, "NOT_FOUND"),
        ("/api/v1/appointments/booking/".into(), 404, "NOT_FOUND"),
        ("/api/v2/appointments/bookable".into(), 404, "NOT_FOUND"),
        (BOOK.into(), 404, "NOT_FOUND"),
    ] {
        let answer = anybody.get(&path).await;
        // `book` is no booking's id, and there is no GET of it either; signed out comes first.
        let signed_out = path == BOOK;
        let expected = if signed_out {
            (405, "BAD_REQUEST")
        } else {
            (status, kind)
        };
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            expected,
            "{path}: {}",
            answer.text
        );
        assert!(
            answer.json()["message"]
                .as_str()
                .is_some_and(|words| !words.is_empty()),
            "{path}"
        );
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
    }
}

#[tokio::test]
async fn other_methods_and_other_bodies_are_refused_in_json() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    assert_eq!(nora.post(BOOKABLE, &json!({})).await.status, 405);
    assert_eq!(nora.delete(VALIDATE).await.kind(), "BAD_REQUEST");
    let big = json!({ "bookableAppointmentId": 1, "startDateTime": "x".repeat(20_000) });
    assert_eq!(nora.post(VALIDATE, &big).await.status, 400);
    let odd = json!({ "bookableAppointmentId": "one", "startDateTime": "now", "endDateTime": "later" });
    assert_eq!(nora.post(VALIDATE, &odd).await.kind(), "BAD_REQUEST");
}

#[tokio::test]
async fn members_things_need_a_member() {
    let stage = stage().await;
    let anybody = stage.browser();
    let wish = anybody.wish(TRAINING, "2026-11-26").await;
    for answer in [
        anybody.get(BOOKINGS).await,
        anybody.get(&format!("{BOOKINGS}/1")).await,
        anybody.delete(&format!("{BOOKINGS}/1")).await,
        anybody.post(VALIDATE, &wish).await,
        anybody.book("key-of-nobody-000001", &wish).await,
        anybody.post("/attempts/key-of-nobody-000001", &json!({})).await,
    ] {
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (401, "SIGNED_OUT"),
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn where_times_are_for_members_nobody_else_sees_them() {
    let stage = stage_with(|settings| settings.studio.times_need_sign_in = true).await;
    let path = format!("{BOOKABLE}/{TRAINING}/slots?daysAhead=6");
    assert_eq!(stage.browser().get(&path).await.kind(), "SIGNED_OUT");
    assert_eq!(stage.signed_in(NORA).await.get(&path).await.status, 200);
}

#[tokio::test]
async fn a_booking_in_three_weeks_stays_in_my_bookings() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-12-14").await;
    let booked = nora.book("key-of-a-far-attempt-1", &wish).await;
    assert_eq!(booked.status, 200, "{}", booked.text);
    assert_eq!(nora.standing(&wish).await, 1);

    let stage = stage.restarted().await;
    let nora = stage.signed_in(NORA).await;
    assert_eq!(nora.standing(&wish).await, 1, "a restart forgets nothing");
    let others = stage.signed_in(OLGA).await;
    assert_eq!(others.standing(&wish).await, 0, "and it is in nobody else's");

    // When the upstream's own list reaches it, it is there once.
    stage.later(chrono::TimeDelta::days(15));
    let nora = stage.signed_in(NORA).await;
    assert_eq!(nora.standing(&wish).await, 1);
    let id = booked.json()["bookingId"].as_i64().unwrap();
    assert_eq!(nora.delete(&format!("{BOOKINGS}/{id}")).await.status, 200);
    assert_eq!(nora.standing(&wish).await, 0);
}

#[tokio::test]
async fn an_address_that_asks_too_fast_waits_and_others_do_not() {
    let stage = stage_with(|settings| settings.server.trust_forwarded = true).await;
    let browser = stage.browser();
    let ask = |from: &'static str| {
        let browser = browser.clone();
        async move {
            browser
                .send("GET", "/session", &[("x-forwarded-for", from)], None)
                .await
        }
    };
    let mut last = ask("192.0.2.7").await;
    for _ in 0..4000 {
        last = ask("192.0.2.7").await;
        if last.status != 200 {
            break;
        }
    }
    assert_eq!((last.status, last.kind().as_str()), (503, "BUSY"));
    assert_eq!(ask("192.0.2.8").await.status, 200);
    assert_eq!(
        browser.get("/").await.status,
        200,
        "pages are drawn once for all, and need no counting"
    );
}

#[tokio::test]
async fn a_week_of_times_travels_packed() {
    let stage = stage().await;
    let path = format!("{BOOKABLE}/{TRAINING}/slots?daysAhead=6");
    let plain = stage.browser().get(&path).await;
    let packed = stage
        .browser()
        .send("GET", &path, &[("accept-encoding", "gzip, br")], None)
        .await;
    assert_eq!(
        (
            plain.header("content-encoding"),
            packed.header("content-encoding")
        ),
        ("", "gzip")
    );
    assert!(packed.text.len() < plain.text.len() / 4);
}
