//! Nobody acts for anybody else, whatever their browser sends.

use crate::support::*;
use serde_json::json;

#[tokio::test]
async fn a_customer_id_from_a_browser_is_refused_wherever_it_stands() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let mut wish = nora.wish(TRAINING, "2026-11-26").await;
    for path in [
        format!("{BOOKINGS}?customerId=1200000009"),
        format!("{BOOKINGS}?CustomerID=1200000009"),
        format!("{BOOKINGS}?customer%49d=1200000009"),
        format!("{BOOKABLE}/{TRAINING}/slots?customerId=1200000001"),
        format!("{BOOKABLE}?customerId=1200000001"),
        format!("{BOOKINGS}/1?customerId=1200000001"),
    ] {
        let answer = nora.get(&path).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (400, "BAD_REQUEST"),
            "{path}"
        );
    }
    let answer = nora
        .send("GET", BOOKINGS, &[("x-customer-id", "1200000009")], None)
        .await;
    assert_eq!(answer.status, 400);

    wish["customerId"] = json!(1_200_000_009);
    assert_eq!(nora.post(VALIDATE, &wish).await.status, 400);
    assert_eq!(nora.book("key-of-a-smuggler-001", &wish).await.status, 400);
    assert_eq!(stage.signed_in(HENRY).await.standing(&wish).await, 0);

    // Nor where no body belongs at all.
    let smuggled = json!({ "customerId": 1_200_000_009 });
    let own = format!("http://{}", stage.address);
    for (method, path) in [
        ("GET", BOOKINGS),
        ("GET", BOOKABLE),
        ("DELETE", "/api/v1/appointments/booking/1"),
    ] {
        let answer = nora
            .send(method, path, &[("origin", &own)], Some(&smuggled))
            .await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (400, "BAD_REQUEST"),
            "{method} {path}: {}",
            answer.text
        );
    }
}

#[tokio::test]
async fn anothers_booking_is_not_there_by_any_operation() {
    let stage = stage().await;
    let olga = stage.signed_in(OLGA).await;
    let hers = olga.get(BOOKINGS).await.json()[0].clone();
    let id = hers["bookingId"].as_i64().unwrap();
    let nora = stage.signed_in(NORA).await;
    for (answer, nothing) in [
        (
            nora.get(&format!("{BOOKINGS}/{id}")).await,
            nora.get(&format!("{BOOKINGS}/1")).await,
        ),
        (
            nora.delete(&format!("{BOOKINGS}/{id}")).await,
            nora.delete(&format!("{BOOKINGS}/1")).await,
        ),
        (
            nora.get(&format!("/bookings/{id}/calendar.ics")).await,
            nora.get("/bookings/1/calendar.ics").await,
        ),
    ] {
        assert_eq!((answer.status, answer.kind().as_str()), (404, "NOT_FOUND"));
        assert_eq!(
            (answer.status, &answer.text),
            (nothing.status, &nothing.text),
            "what is another's and what is not there are told apart by nothing"
        );
        assert!(
            !answer.text.contains("title") && !answer.text.contains("startDateTime"),
            "{}",
            answer.text
        );
    }
    assert!(!nora.get(BOOKINGS).await.text.contains(&id.to_string()));
    // It still stands.
    assert_eq!(
        olga.get(&format!("{BOOKINGS}/{id}")).await.json()["bookingStatus"],
        hers["bookingStatus"]
    );
}

#[tokio::test]
async fn anothers_attempt_is_not_there_either() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let key = "key-that-both-happen-to-use";
    assert_eq!(nora.book(key, &wish).await.status, 200);
    let olga = stage.signed_in(OLGA).await;
    let view = olga.post(&format!("/attempts/{key}"), &json!({})).await.json();
    assert_eq!(view, json!({ "state": "NOT_BOOKED" }));
    assert_eq!(
        nora.post(&format!("/attempts/{key}"), &json!({})).await.json()["state"],
        "BOOKED"
    );
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let key = ("idempotency-key", "key-of-another-site-1");
    let own = format!("http://{}", stage.address);
    for from in [
        vec![("origin", "https://evil.example"), key],
        vec![("origin", "null"), key],
        vec![
            ("origin", "https://evil.example"),
            ("sec-fetch-site", "same-origin"),
            key,
        ],
        vec![("sec-fetch-site", "cross-site"), key],
        vec![("sec-fetch-site", "same-site"), key],
        vec![key],
    ] {
        let answer = nora.send("POST", BOOK, &from, Some(&wish)).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (403, "BAD_REQUEST"),
            "{from:?}"
        );
        assert_eq!(
            nora.send("DELETE", "/session", &from, None).await.status,
            403,
            "{from:?}"
        );
    }
    assert_eq!(nora.standing(&wish).await, 0);
    assert_eq!(nora.get("/session").await.json()["signedIn"], true);
    let fetch = [("sec-fetch-site", "same-origin"), key];
    assert_eq!(nora.send("POST", BOOK, &fetch, Some(&wish)).await.status, 200);
    assert_eq!(
        nora.send("DELETE", "/session", &[("origin", &own)], None)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn where_the_public_origin_is_set_only_that_one_counts_and_the_cookie_is_secure() {
    let stage = stage_with(|settings| {
        let source = [(
            "FRONTDESK_PUBLIC_ORIGIN".to_owned(),
            "https://book.studio.example".to_owned(),
        )];
        let source = frontdesk_proxy::config::Source::read(source, None).unwrap();
        settings.server.origins = frontdesk_proxy::config::Settings::read(&source)
            .unwrap()
            .server
            .origins;
    })
    .await;
    let body = json!({ "customerNumber": NORA.0, "dateOfBirth": NORA.1 });
    let browser = stage.browser();
    assert_eq!(
        browser.post("/session", &body).await.status,
        403,
        "its own host is not the public one"
    );
    let answer = browser
        .send(
            "POST",
            "/session",
            &[("origin", "https://book.studio.example")],
            Some(&body),
        )
        .await;
    assert_eq!(answer.status, 200);
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-frontdesk=") && cookie.ends_with("; Secure"),
        "{cookie}"
    );
}
