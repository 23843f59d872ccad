//! The eight operations, as a member's browser meets them.

use crate::scripted::{ADA, BOOK_CALL, LIST_CALL, Scripted, booking, wish};
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
        ("/api/".into(), 404, "NOT_FOUND"),
        ("/api/%FF".into(), 404, "NOT_FOUND"),
        (format!("{BOOKABLE}/%FF"), 404, "NOT_FOUND"),
        (format!("{BOOKABLE}/%FF/slots"), 404, "NOT_FOUND"),
        ("/pictures/%FF".into(), 404, "NOT_FOUND"),
        ("/bookings/%FF/calendar.ics".into(), 404, "NOT_FOUND"),
        ("/language/%FF".into(), 404, "NOT_FOUND"),
        ("/language/de?next=/&next=/bookings".into(), 400, "BAD_REQUEST"),
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
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (status, kind),
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
    // A method that the contract does not have there is an operation that there is none of.
    for answer in [
        nora.post(BOOKABLE, &json!({})).await,
        nora.delete(VALIDATE).await,
        nora.get(BOOK).await,
    ] {
        assert_eq!((answer.status, answer.kind().as_str()), (404, "NOT_FOUND"));
    }
    assert_eq!(nora.post("/attempts/%FF", &json!({})).await.kind(), "NOT_FOUND");
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

#[tokio::test]
async fn addresses_of_services_that_are_none_cost_the_upstream_little() {
    let upstream = Scripted::new();
    let stage = in_front_of_with(upstream.router(), |s| s.server.trust_forwarded = true).await;
    let browser = stage.browser();
    for page in [
        "/services/1",
        "/services/1?day=2026-12-02",
        "/services/1?day=2026-12-03",
    ] {
        assert_eq!(browser.get(page).await.status, 404);
    }
    assert_eq!(browser.get(&format!("{BOOKABLE}/1")).await.status, 404);
    assert_eq!(
        upstream.asked("GET /v1/appointments/bookable/1"),
        1,
        "that there is none is remembered for a while"
    );

    // Whoever goes through the numbers is slowed, pages and calls alike; and others are not.
    let from = [("x-forwarded-for", "192.0.2.7")];
    let mut refused = 0;
    for id in 2..2000 {
        let page = browser.send("GET", &format!("/services/{id}"), &from, None).await;
        if page.status != 404 {
            assert_eq!(page.status, 503);
            refused = id;
            break;
        }
    }
    assert!(refused > 50, "a person reads on unhindered: {refused}");
    assert_eq!(
        upstream.asked(&format!("GET /v1/appointments/bookable/{refused}")),
        0
    );
    let page = browser.send("GET", "/services/999999", &from, None).await;
    assert!(
        page.text.contains("<div id=\"app\">") && !page.header("retry-after").is_empty(),
        "a person still gets the app: {}",
        page.text
    );
    let other = [("x-forwarded-for", "192.0.2.8")];
    assert_eq!(
        browser.send("GET", "/services/999999", &other, None).await.status,
        404
    );
    assert_eq!(
        browser.send("GET", "/services/1", &from, None).await.status,
        404,
        "a page that is kept costs nothing"
    );
}

#[tokio::test]
async fn pictures_use_up_nobodys_calls() {
    let stage = stage_with(|settings| settings.server.trust_forwarded = true).await;
    let browser = stage.browser();
    let from = [("x-forwarded-for", "192.0.2.7")];
    let mut last = 200;
    for _ in 0..4000 {
        last = browser.send("GET", "/pictures/1", &from, None).await.status;
        if last == 503 {
            break;
        }
    }
    assert_eq!(last, 503, "they have a pace of their own");
    assert_eq!(browser.send("GET", BOOKABLE, &from, None).await.status, 200);
}

#[tokio::test]
async fn an_instructors_real_name_stays_inside_where_there_is_a_public_one() {
    let instructors = json!([
        { "id": 1, "firstName": "Realfirst", "lastName": "Reallast", "publicName": "Anna" },
        { "id": 2, "firstName": "Otto", "lastName": "Zwei", "publicName": " " },
    ]);
    let mut booked = booking(5);
    booked["instructors"] = instructors.clone();
    let slot = json!({ "startDateTime": "2026-11-26T10:00:00Z", "endDateTime": "2026-11-26T11:00:00Z", "instructors": instructors });
    let upstream = Scripted::new();
    upstream.says("GET /v1/appointments/bookable/7/slots", 200, json!([slot]));
    upstream.says(BOOK_CALL, 200, booked.clone());
    upstream.says(LIST_CALL, 200, json!([booked]));
    upstream.says("GET /v1/appointments/booking/5", 200, booked);
    let stage = in_front_of(upstream.router()).await;
    let ada = stage.signed_in(ADA).await;
    let key = "key-of-this-attempt-1";
    let book = ada.book(key, &wish()).await;
    for answer in [
        ada.get(&format!("{BOOKABLE}/7/slots")).await,
        book,
        ada.book(key, &wish()).await,
        ada.post(&format!("/attempts/{key}"), &json!({})).await,
        ada.get(BOOKINGS).await,
        ada.get(&format!("{BOOKINGS}/5")).await,
    ] {
        assert_eq!(answer.status, 200);
        assert!(
            answer.text.contains("Anna") && answer.text.contains("Otto"),
            "{}",
            answer.text
        );
        assert!(!answer.text.contains("Real"), "{}", answer.text);
    }
}

#[tokio::test]
async fn one_booking_that_nobody_can_read_takes_no_list_down() {
    let upstream = Scripted::new();
    let far = |id: i64| {
        let mut far = booking(id);
        far["startDateTime"] = json!("2026-12-20T10:00:00Z");
        far["endDateTime"] = json!("2026-12-20T11:00:00Z");
        far
    };
    let stage = in_front_of(upstream.router()).await;
    let ada = stage.signed_in(ADA).await;
    for id in [5, 6, 8] {
        upstream.says(BOOK_CALL, 200, far(id));
        let mut wish = wish();
        wish["bookableAppointmentId"] = json!(id);
        assert_eq!(
            ada.book(&format!("key-of-a-far-booking-{id}"), &wish)
                .await
                .status,
            200
        );
    }
    upstream.says("GET /v1/appointments/booking/5", 200, far(5));
    upstream.says(
        "GET /v1/appointments/booking/6",
        200,
        json!({ "bookingId": "six" }),
    );
    upstream.says("GET /v1/appointments/booking/8", 400, json!({}));
    upstream.says(LIST_CALL, 200, json!([{ "bookingId": "seven" }]));
    let list = ada.get(BOOKINGS).await;
    assert_eq!(list.status, 200, "{}", list.text);
    let ids: Vec<_> = list
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|b| b["bookingId"].clone())
        .collect();
    assert_eq!(ids, [json!(5)]);
    assert_eq!(
        list.header("frontdesk-unreadable"),
        "3",
        "and the app learns that it is not all"
    );
    // What may pass fails the list: one that silently lacks a booking would have a member book twice.
    upstream.says("GET /v1/appointments/booking/5", 500, json!({}));
    assert_eq!(ada.get(BOOKINGS).await.kind(), "UPSTREAM_DOWN");
}

#[tokio::test]
async fn a_list_says_how_much_of_it_could_not_be_read() {
    let upstream = Scripted::new();
    let slot = json!({ "startDateTime": "2026-11-26T10:00:00Z", "endDateTime": "2026-11-26T11:00:00Z" });
    upstream.says(
        "GET /v1/appointments/bookable/7/slots",
        200,
        json!([slot, {}, { "startDateTime": "soon" }]),
    );
    upstream.says(
        "GET /v1/appointments/bookable",
        200,
        json!({ "result": [{ "id": 7 }, { "id": "eight" }], "hasNext": false, "offset": "" }),
    );
    let stage = in_front_of(upstream.router()).await;
    let browser = stage.browser();
    let slots = browser.get(&format!("{BOOKABLE}/7/slots")).await;
    assert_eq!(
        (
            slots.json().as_array().unwrap().len(),
            slots.header("frontdesk-unreadable")
        ),
        (1, "2")
    );
    let services = browser.get(BOOKABLE).await;
    assert_eq!(services.header("frontdesk-unreadable"), "1");
    upstream.says("GET /v1/appointments/bookable/7/slots", 200, json!([slot]));
    stage.later(chrono::TimeDelta::minutes(1));
    let slots = browser.get(&format!("{BOOKABLE}/7/slots")).await;
    assert_eq!(
        slots.header("frontdesk-unreadable"),
        "",
        "nothing is said where all could be read"
    );
}

#[tokio::test]
async fn a_picture_is_fetched_from_no_machine_of_the_operators_own() {
    let inside = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    inside.set_nonblocking(true).unwrap();
    let port = inside.local_addr().unwrap().port();
    let upstream = Scripted::new();
    for (id, host) in [
        "127.0.0.1",
        "localhost",
        "LOCALHOST.",
        "[::ffff:127.0.0.1]",
        "2130706433",
    ]
    .iter()
    .enumerate()
    {
        let service = json!({ "id": id, "imgUrl": format!("https://{host}:{port}/admin.png") });
        upstream.says(&format!("GET /v1/appointments/bookable/{id}"), 200, service);
    }
    let stage = in_front_of(upstream.router()).await;
    for id in 0..5 {
        assert_eq!(stage.browser().get(&format!("/pictures/{id}")).await.status, 404);
        assert!(inside.accept().is_err(), "{id} was asked for");
    }
}
