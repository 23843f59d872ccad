//! What an app in a frame holds in its memory, where its browser keeps no cookie: who else could use it, and how.

use chrono::TimeDelta;
use serde_json::json;

use crate::in_a_frame::{APP, GYM, a_studio_that_may_be_framed};
use crate::support::*;

/// What a browser says of what a page of ours asks for.
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");
const HEADER: &str = "frontdesk-bearer";

/// Signs in as the app in a frame of a browser that keeps no cookie, and gives the answer.
async fn signs_in(stage: &Stage, from: &[(&str, &str)]) -> Answer {
    let browser = stage.browser();
    let (number, born) = NORA;
    let said = json!({ "customerNumber": number, "dateOfBirth": born });
    let origin = browser.origin().to_owned();
    let mut headers = vec![("origin", origin.as_str())];
    headers.extend(from);
    browser.send("POST", "/session", &headers, Some(&said)).await
}

async fn bearer(stage: &Stage) -> String {
    let answer = signs_in(stage, &[APP, OURS]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    format!("Bearer {}", answer.header(HEADER))
}

/// Asks with it and without a cookie, from the app in its frame unless a test says otherwise.
async fn asks(stage: &Stage, method: &str, path: &str, bearer: &str, from: &[(&str, &str)]) -> Answer {
    let browser = stage.browser();
    let mut headers = vec![("authorization", bearer)];
    headers.extend(from);
    browser.send(method, path, &headers, None).await
}

async fn is_somebody(stage: &Stage, bearer: &str) -> bool {
    let answer = asks(stage, "GET", "/session", bearer, &[APP, OURS]).await;
    answer.json()["signedIn"] == true
}

#[tokio::test]
async fn where_no_cookie_is_kept_the_app_in_a_frame_is_its_member_by_a_bearer() {
    let stage = a_studio_that_may_be_framed().await;
    let held = bearer(&stage).await;
    assert!(is_somebody(&stage, &held).await);
    let wish = stage.browser().wish(TRAINING, "2026-11-26").await;
    let browser = stage.browser();
    let origin = browser.origin().to_owned();
    let by_it = [
        ("authorization", held.as_str()),
        ("origin", origin.as_str()),
        ("idempotency-key", "key-of-a-frame-00001"),
        APP,
        OURS,
    ];
    let booked = browser.send("POST", BOOK, &by_it, Some(&wish)).await;
    assert_eq!(booked.status, 200, "{booked:?}");
    let listed = asks(&stage, "GET", BOOKINGS, &held, &[APP, OURS]).await;
    assert_eq!((listed.status, listed.header("cache-control")), (200, "no-store"));
    let id = booked.json()["bookingId"].to_string();
    assert!(listed.text.contains(&id), "{}", listed.text);
}

#[tokio::test]
async fn nobody_is_given_one_but_our_app_in_a_frame() {
    let stage = a_studio_that_may_be_framed().await;
    let given = |answer: &Answer| !answer.header(HEADER).is_empty();
    assert!(given(&signs_in(&stage, &[APP, OURS]).await));
    let elsewhere = ("sec-fetch-site", "cross-site");
    let kiosk = ("frontdesk-place", "kiosk");
    for from in [&[OURS][..], &[APP], &[APP, elsewhere], &[kiosk, OURS], &[]] {
        let answer = signs_in(&stage, from).await;
        assert!(answer.status == 200 && !given(&answer), "{from:?}: {answer:?}");
    }
    let nowhere = crate::support::stage().await;
    assert!(
        !given(&signs_in(&nowhere, &[APP, OURS]).await),
        "no site may show it"
    );
    // A form leads to a page, which could hold nothing.
    let browser = stage.browser();
    let origin = browser.origin().to_owned();
    let from = [("origin", origin.as_str()), ("sec-fetch-dest", "iframe"), OURS];
    let form = format!("number={}&birth-date={}", NORA.0, NORA.1);
    let answer = browser.send_form("/sign-in", &from, &form).await;
    assert!(answer.status == 303 && !given(&answer), "{answer:?}");
}

#[tokio::test]
async fn a_bearer_counts_in_its_header_from_our_app_in_a_frame_and_nowhere_else() {
    let stage = a_studio_that_may_be_framed().await;
    let held = bearer(&stage).await;
    let value = held.strip_prefix("Bearer ").unwrap();
    let elsewhere = ("sec-fetch-site", "cross-site");
    let sibling = ("sec-fetch-site", "same-site");
    let by_hand = ("sec-fetch-site", "none");
    for from in [
        &[OURS][..],
        &[APP],
        &[APP, elsewhere],
        &[APP, sibling],
        &[APP, by_hand],
        &[],
    ] {
        let answer = asks(&stage, "GET", BOOKINGS, &held, from).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (401, "SIGNED_OUT"),
            "{from:?}"
        );
    }
    for path in [
        format!("{BOOKINGS}?authorization={value}"),
        format!("{BOOKINGS}?access_token={value}"),
        format!("{BOOKINGS}?{HEADER}={value}"),
    ] {
        let answer = stage.browser().send("GET", &path, &[APP, OURS], None).await;
        assert_ne!(answer.status, 200, "{path}");
    }
    let twice = [
        ("authorization", "Bearer x"),
        ("authorization", held.as_str()),
        APP,
        OURS,
    ];
    let answer = stage.browser().send("GET", BOOKINGS, &twice, None).await;
    assert_eq!(answer.status, 401, "two are none");
    for odd in [
        value,
        "Bearer ",
        &format!("Basic {value}"),
        &format!("Bearer {value}A"),
        &value[1..],
    ] {
        assert!(!is_somebody(&stage, odd).await, "{odd}");
    }
}

#[tokio::test]
async fn another_sites_page_changes_nothing_with_a_bearer() {
    let stage = a_studio_that_may_be_framed().await;
    let held = bearer(&stage).await;
    for site in ["same-origin", "cross-site"] {
        let from = [("origin", GYM), ("sec-fetch-site", site), APP];
        for (method, path) in [("DELETE", "/session"), ("POST", "/session/everywhere")] {
            assert_eq!(asks(&stage, method, path, &held, &from).await.status, 403);
        }
    }
    assert!(is_somebody(&stage, &held).await);
}

#[tokio::test]
async fn a_bearer_is_no_cookie_and_a_cookie_no_bearer() {
    let stage = a_studio_that_may_be_framed().await;
    let answer = signs_in(&stage, &[APP, OURS]).await;
    let bearer = answer.header(HEADER);
    for name in [
        "frontdesk",
        "frontdesk-framed",
        "frontdesk-kiosk",
        "frontdesk-device",
    ] {
        let cookie = format!("{name}={bearer}");
        let answer = stage
            .browser()
            .send("GET", "/session", &[("cookie", &cookie), APP, OURS], None)
            .await;
        assert_eq!(answer.json()["signedIn"], false, "{name}");
    }
    let cookie = answer.header("set-cookie").split(['=', ';']).nth(1).unwrap();
    assert!(!is_somebody(&stage, &format!("Bearer {cookie}")).await);
}

#[tokio::test]
async fn whoever_signs_out_ends_bearer_and_cookie_and_a_restart_wakes_neither() {
    let stage = a_studio_that_may_be_framed().await;
    for path in [("DELETE", "/session"), ("POST", "/session/everywhere")] {
        let answer = signs_in(&stage, &[APP, OURS]).await;
        let held = format!("Bearer {}", answer.header(HEADER));
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        let origin = format!("http://{}", stage.address);
        let out = asks(&stage, path.0, path.1, &held, &[APP, OURS, ("origin", &origin)]).await;
        assert_eq!((out.status, out.header(HEADER)), (200, ""), "{out:?}");
        assert!(
            out.headers.contains_key(HEADER),
            "the app is told to hold nothing"
        );
        assert!(!is_somebody(&stage, &held).await, "{path:?}");
        let by_cookie = stage
            .browser()
            .send("GET", "/session", &[("cookie", &cookie), APP, OURS], None)
            .await;
        assert_eq!(by_cookie.json()["signedIn"], false, "{path:?}");
    }
    let held = bearer_that_was_signed_out(&stage).await;
    let stage = stage.restarted_with(crate::in_a_frame::may_be_framed).await;
    assert!(!is_somebody(&stage, &held).await);
}

async fn bearer_that_was_signed_out(stage: &Stage) -> String {
    stage.later(TimeDelta::seconds(1));
    let held = bearer(stage).await;
    assert!(is_somebody(stage, &held).await);
    let origin = format!("http://{}", stage.address);
    asks(
        stage,
        "DELETE",
        "/session",
        &held,
        &[APP, OURS, ("origin", &origin)],
    )
    .await;
    held
}

#[tokio::test]
async fn a_bearer_is_renewed_while_it_is_used_and_ends_within_minutes_where_it_is_not() {
    let stage = a_studio_that_may_be_framed().await;
    let first = bearer(&stage).await;
    stage.later(TimeDelta::minutes(9));
    let answer = asks(&stage, "GET", BOOKINGS, &first, &[APP, OURS]).await;
    let renewed = format!("Bearer {}", answer.header(HEADER));
    assert!(renewed.len() > 40 && renewed != first, "{answer:?}");
    assert_eq!(answer.header("set-cookie"), "", "it came as none");
    stage.later(TimeDelta::minutes(2));
    assert!(!is_somebody(&stage, &first).await);
    assert!(is_somebody(&stage, &renewed).await);
    stage.later(TimeDelta::minutes(10));
    assert!(!is_somebody(&stage, &renewed).await);
}

#[tokio::test]
async fn whoever_is_known_by_a_cookie_is_told_to_hold_no_bearer() {
    let stage = a_studio_that_may_be_framed().await;
    let answer = signs_in(&stage, &[APP, OURS]).await;
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    let by_cookie = [("cookie", cookie.as_str()), APP, OURS];
    let answer = stage.browser().send("GET", "/session", &by_cookie, None).await;
    assert_eq!(answer.json()["signedIn"], true);
    assert_eq!(answer.headers.get(HEADER).map(String::as_str), Some(""));
    let held = bearer(&stage).await;
    let answer = asks(&stage, "GET", "/session", &held, &[APP, OURS]).await;
    assert!(!answer.headers.contains_key(HEADER), "and one who is not, is not");
}

#[tokio::test]
async fn a_bearer_of_one_is_not_outdone_by_a_cookie_of_another() {
    let stage = a_studio_that_may_be_framed().await;
    let held = bearer(&stage).await;
    let olga = stage.signed_in(OLGA).await;
    let by_both = [("authorization", held.as_str()), APP, OURS];
    let answer = olga.send("GET", "/session", &by_both, None).await;
    assert_eq!(answer.json()["firstName"], "Nora");
    stage.later(TimeDelta::minutes(11));
    let answer = olga.send("GET", "/session", &by_both, None).await;
    assert_eq!(answer.json()["signedIn"], false, "and never becomes that other");
}
