//! Signing in and out, and everything that is not a session.

use chrono::TimeDelta;
use demo_studio::OperationName;
use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn the_browser_learns_a_first_name_and_nothing_more() {
    let stage = stage().await;
    let browser = stage.browser();
    assert_eq!(browser.get("/session").await.json(), json!({ "signedIn": false }));
    let answer = browser.sign_in(NORA).await;
    assert_eq!(answer.json(), json!({ "signedIn": true, "firstName": "Nora" }));
    let cookie = answer.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(browser.get("/session").await.json()["firstName"], "Nora");
}

#[tokio::test]
async fn a_number_that_exists_is_answered_like_one_that_does_not() {
    let stage = stage().await;
    let browser = stage.browser();
    let wrong_date = browser.sign_in((NORA.0, "1990-04-13")).await;
    let wrong_number = browser.sign_in(("M-9999", NORA.1)).await;
    let odd_number = browser.sign_in(("<script>", NORA.1)).await;
    let none = browser.sign_in((" ", NORA.1)).await;
    assert_eq!(
        (wrong_date.status, wrong_date.kind().as_str()),
        (401, "WRONG_CREDENTIALS")
    );
    for other in [wrong_number, odd_number, none] {
        assert_eq!((other.status, &other.text), (wrong_date.status, &wrong_date.text));
        let names: Vec<_> = other.headers.keys().collect();
        assert_eq!(names, wrong_date.headers.keys().collect::<Vec<_>>());
    }
    assert_eq!(
        browser.sign_in((" M-1001 ", NORA.1)).await.status,
        200,
        "as it may be typed"
    );
}

#[tokio::test]
async fn the_sixth_guess_is_locked_out_whether_the_number_exists_or_not_and_the_lock_opens() {
    let stage = stage().await;
    let browser = stage.browser();
    for number in [NORA.0, "M-9999"] {
        for _ in 0..5 {
            assert_eq!(
                browser.sign_in((number, "1970-01-01")).await.kind(),
                "WRONG_CREDENTIALS"
            );
        }
        let locked = browser.sign_in((number, "1970-01-01")).await;
        assert_eq!((locked.status, locked.kind().as_str()), (429, "TOO_MANY_TRIES"));
        assert_eq!(locked.json()["retryAfter"], 900);
        assert_eq!(locked.header("retry-after"), "900");
    }
    assert_eq!(
        browser.sign_in(NORA).await.status,
        429,
        "even the right answer waits"
    );
    assert_eq!(browser.sign_in(OLGA).await.status, 200, "others do not");
    stage.later(TimeDelta::minutes(15));
    assert_eq!(browser.sign_in(NORA).await.status, 200);
}

#[tokio::test]
async fn an_upstream_that_fails_is_nobodys_wrong_answer() {
    let stage = stage().await;
    let browser = stage.browser();
    stage.quirk(OperationName::FindCustomer, |quirk| quirk.status = Some(500));
    for _ in 0..8 {
        assert_eq!(browser.sign_in(NORA).await.kind(), "UPSTREAM_DOWN");
    }
    stage.quirk(OperationName::FindCustomer, |quirk| quirk.status = Some(403));
    assert_eq!(browser.sign_in(NORA).await.kind(), "SWITCHED_OFF");
    stage.no_quirks();
    assert_eq!(browser.sign_in(NORA).await.status, 200);
}

#[tokio::test]
async fn a_session_ends_by_itself_and_by_signing_out() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let stolen = stage.browser();
    *stolen.cookies.lock().unwrap() = nora.cookies.lock().unwrap().clone();
    assert_eq!(stolen.get(BOOKINGS).await.status, 200);
    let out = nora.delete("/session").await;
    assert_eq!(out.json(), json!({ "signedIn": false }));
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(
        stolen.get(BOOKINGS).await.kind(),
        "SIGNED_OUT",
        "a copy of the cookie ends with it"
    );

    let olga = stage.signed_in(OLGA).await;
    stage.later(TimeDelta::hours(168) - TimeDelta::seconds(1));
    assert_eq!(olga.get("/session").await.json()["signedIn"], true);
    stage.later(TimeDelta::seconds(1));
    assert_eq!(olga.get("/session").await.json()["signedIn"], false);
    assert_eq!(olga.get(BOOKINGS).await.kind(), "SIGNED_OUT");
}

#[tokio::test]
async fn a_forged_cookie_is_no_session() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let real = nora.cookies.lock().unwrap()["frontdesk"].clone();
    let mut bent = real.clone();
    let last = bent.pop().unwrap();
    bent.push(if last == 'A' { 'B' } else { 'A' });
    let other = stage_with(|settings| settings.session.key = Some([9; 32])).await;
    let elsewhere = other.signed_in(NORA).await.cookies.lock().unwrap()["frontdesk"].clone();
    for value in [
        bent.as_str(),
        elsewhere.as_str(),
        "",
        "AAAA",
        "{\"c\":1200000001}",
        &real[..40],
    ] {
        let forger = stage.browser();
        forger
            .cookies
            .lock()
            .unwrap()
            .insert("frontdesk".into(), value.into());
        assert_eq!(forger.get(BOOKINGS).await.kind(), "SIGNED_OUT", "{value}");
    }
}

#[tokio::test]
async fn what_is_no_number_and_birth_date_is_a_bad_request() {
    let stage = stage().await;
    let browser = stage.browser();
    for body in [
        json!({}),
        json!({ "customerNumber": "M-1001" }),
        json!({ "customerNumber": "M-1001", "dateOfBirth": "12.04.1990" }),
        json!({ "customerNumber": "M-1001", "dateOfBirth": "1990-04-12", "customerId": 1_200_000_009 }),
    ] {
        let answer = browser.post("/session", &body).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (400, "BAD_REQUEST"),
            "{body}"
        );
    }
}

/// As a browser sends the form of the sign-in screen before the app has started.
async fn send_form(browser: &Browser, stage: &Stage, next: &str, form: &str) -> Answer {
    let origin = format!("http://{}", stage.address);
    browser
        .send_form(&format!("/sign-in{next}"), &[("origin", &origin)], form)
        .await
}

#[tokio::test]
async fn the_form_signs_in_without_the_app_and_leads_on_to_our_own_pages_only() {
    let stage = stage().await;
    for (next, leads_to) in [
        ("", "/"),
        (
            "?next=%2Fservices%2F7%3Fday%3D2026-12-02",
            "/services/7?day=2026-12-02",
        ),
        ("?next=/bookings", "/bookings"),
        ("?next=https://evil.example", "/"),
        ("?next=//evil.example", "/"),
        ("?next=/sign-in", "/"),
    ] {
        let browser = stage.browser();
        let answer = send_form(&browser, &stage, next, "number=+M-1001+&birth-date=1990-04-12").await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, leads_to),
            "{next}"
        );
        assert_eq!(answer.text, "");
        assert_eq!(
            browser.get("/session").await.json()["firstName"],
            "Nora",
            "{next}"
        );
    }
}

#[tokio::test]
async fn a_form_that_does_not_sign_in_says_why_with_the_form_once_more_and_nothing_of_what_was_typed() {
    let stage = stage().await;
    let browser = stage.browser();
    let wrong = "Number and date of birth don";
    for (form, status, says) in [
        ("number=M-1001&birth-date=1990-04-13", 401, wrong),
        ("number=M-9999&birth-date=1990-04-12", 401, wrong),
        ("number=&birth-date=1990-04-12", 422, "Enter your member number."),
        ("number=M-1001&birth-date=12.04.1990", 422, "Enter a full date"),
        ("other=thing", 422, "Enter your member number."),
        ("", 422, "Enter your member number."),
    ] {
        let answer = send_form(&browser, &stage, "?next=/bookings", form).await;
        assert_eq!(answer.status, status, "{form}");
        assert_eq!(
            (answer.header("set-cookie"), answer.header("cache-control")),
            ("", "no-store"),
            "{form}"
        );
        let page = &answer.text;
        assert!(page.contains(says), "{form}: {page}");
        assert!(
            page.contains("action=\"/sign-in?next=%2Fbookings\""),
            "{form}: {page}"
        );
        assert_eq!(page.matches("autofocus").count(), 1, "{form}: {page}");
        assert!(
            !page.contains("M-1001") && !page.contains("1990"),
            "{form}: {page}"
        );
    }
    assert_eq!(browser.get("/session").await.json()["signedIn"], false);
    assert_eq!(
        browser.get("/sign-in?next=/bookings").await.status,
        200,
        "the screen itself is still there"
    );
}

#[tokio::test]
async fn the_form_has_the_same_brakes_and_the_same_origin_as_the_app() {
    let stage = stage().await;
    let browser = stage.browser();
    for _ in 0..5 {
        send_form(&browser, &stage, "", "number=M-1001&birth-date=1970-01-01").await;
    }
    assert_eq!(browser.sign_in(NORA).await.kind(), "TOO_MANY_TRIES");
    let right = send_form(&browser, &stage, "", "number=M-1001&birth-date=1990-04-12").await;
    assert_eq!(
        (right.status, right.header("set-cookie")),
        (429, ""),
        "even the right answer waits"
    );
    assert!(
        right.text.contains("That was tried too often.") && right.text.contains("Try again in"),
        "{}",
        right.text
    );
    let elsewhere = [("origin", "https://evil.example")];
    let answer = browser
        .send_form("/sign-in", &elsewhere, "number=M-1005&birth-date=1969-09-30")
        .await;
    assert_eq!((answer.status, answer.header("set-cookie")), (403, ""));
}
