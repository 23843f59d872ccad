//! The page around a frame says who the member is, and the app in the frame hands that on.

use chrono::TimeDelta;
use frontdesk_proxy::config::Settings;
use serde_json::{Value, json};

use crate::hand_off::{NORA_ID, by_secret, claims, signed};
use crate::in_a_frame::{APP, GYM, may_be_framed};
use crate::support::*;

const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

fn of_the_gym(settings: &mut Settings) {
    may_be_framed(settings);
    settings.identity.hand_off = Some(by_secret());
}

async fn hands_on(browser: &Browser, token: &str, from: &[(&str, &str)]) -> Answer {
    let said = json!({ "token": token });
    browser.send("POST", "/session/hand-off", from, Some(&said)).await
}

/// As our app does, in a frame.
async fn in_a_frame(browser: &Browser, token: &str) -> Answer {
    let origin = browser.origin().to_owned();
    hands_on(browser, token, &[("origin", &origin), APP, OURS]).await
}

async fn name(browser: &Browser) -> Value {
    let answer = browser.send("GET", "/session", &[APP, OURS], None).await;
    answer.json()["firstName"].clone()
}

#[tokio::test]
async fn a_token_of_the_page_around_signs_in_within_the_frame_once() {
    let stage = stage_with(of_the_gym).await;
    let browser = stage.browser();
    let token = signed(&claims(&stage, NORA_ID, "within-a-frame"));
    let answer = in_a_frame(&browser, &token).await;
    assert_eq!(
        (answer.status, &answer.json()["firstName"]),
        (200, &json!("Nora"))
    );
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("frontdesk-framed=") && cookie.contains("Partitioned"),
        "{cookie}"
    );
    assert!(
        answer.header("frontdesk-bearer").len() > 40,
        "for a browser that keeps no cookie"
    );
    assert_eq!(name(&browser).await, "Nora");
    let replayed = in_a_frame(&stage.browser(), &token).await;
    assert_eq!(
        (replayed.status, replayed.kind().as_str()),
        (401, "NOT_RECOGNISED")
    );
    assert_eq!(replayed.header("set-cookie"), "");
    let form = format!("token={token}&next=/");
    let by_form = stage
        .browser()
        .send_form("/sign-in/hand-off", &[("origin", GYM)], &form)
        .await;
    assert_eq!(by_form.status, 403, "and not by the other way either");
    let stage = stage.restarted_with(of_the_gym).await;
    stage.later(TimeDelta::seconds(20));
    assert_eq!(in_a_frame(&stage.browser(), &token).await.status, 401);
}

#[tokio::test]
async fn of_many_who_hand_on_one_token_at_once_one_is_signed_in() {
    let stage = stage_with(of_the_gym).await;
    let token = signed(&claims(&stage, NORA_ID, "by-many-at-once"));
    let browsers: Vec<Browser> = (0..8).map(|_| stage.browser()).collect();
    let answers = futures_util::future::join_all(browsers.iter().map(|one| in_a_frame(one, &token))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
}

#[tokio::test]
async fn who_else_is_signed_in_is_signed_out_first_and_nobody_is_where_the_token_is_not_believed() {
    let stage = stage_with(of_the_gym).await;
    let browser = stage.signed_in(OLGA).await;
    let olgas = browser.cookies.lock().unwrap().clone();
    let mut bent = claims(&stage, NORA_ID, "not-believed");
    bent["aud"] = json!("https://other.example");
    for token in [signed(&bent), "x".to_owned(), String::new(), "a".repeat(9000)] {
        let answer = in_a_frame(&browser, &token).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (401, ""), "{token}");
        assert_eq!(name(&browser).await, "Olga");
    }
    let token = signed(&claims(&stage, NORA_ID, "instead-of-olga"));
    assert_eq!(in_a_frame(&browser, &token).await.status, 200);
    assert_eq!(name(&browser).await, "Nora");
    let copied = stage.browser();
    *copied.cookies.lock().unwrap() = olgas;
    assert_eq!(
        name(&copied).await,
        Value::Null,
        "her session has ended, wherever it was copied to"
    );
}

#[tokio::test]
async fn whoever_is_signed_in_already_stays_so_by_the_same_session() {
    let stage = stage_with(of_the_gym).await;
    let browser = stage.signed_in(NORA).await;
    let answer = in_a_frame(&browser, &signed(&claims(&stage, NORA_ID, "nora-again"))).await;
    assert_eq!((answer.status, answer.header("set-cookie")), (200, ""));
    assert_eq!(browser.get("/session").await.json()["firstName"], "Nora");
}

#[tokio::test]
async fn only_our_own_app_in_a_frame_hands_a_token_on() {
    let stage = stage_with(of_the_gym).await;
    let token = signed(&claims(&stage, NORA_ID, "from-elsewhere"));
    let browser = stage.browser();
    let origin = browser.origin().to_owned();
    for (from, status) in [
        (&[("origin", GYM), ("sec-fetch-site", "cross-site"), APP][..], 403),
        (&[APP], 403),
        (&[("origin", &origin), OURS], 404),
        (&[("origin", &origin), OURS, ("frontdesk-place", "kiosk")], 404),
    ] {
        let answer = hands_on(&browser, &token, from).await;
        assert_eq!(
            (answer.status, answer.header("set-cookie")),
            (status, ""),
            "{from:?}"
        );
    }
    let query = format!("/session/hand-off?token={token}");
    let from = [("origin", origin.as_str()), APP, OURS];
    assert_eq!(browser.send("POST", &query, &from, None).await.status, 400);
    assert_ne!(browser.send("GET", &query, &from, None).await.status, 200);
    // None of them has used it.
    assert_eq!(in_a_frame(&browser, &token).await.status, 200);
}

#[tokio::test]
async fn without_the_gyms_key_or_a_site_that_may_show_it_there_is_no_such_address() {
    let without_key = stage_with(may_be_framed).await;
    let without_site = stage_with(|settings| settings.identity.hand_off = Some(by_secret())).await;
    for stage in [without_key, without_site] {
        let token = signed(&claims(&stage, NORA_ID, "to-nobody"));
        let answer = in_a_frame(&stage.browser(), &token).await;
        assert!(matches!(answer.status, 404 | 405), "{answer:?}");
    }
}
