//! How sessions go on and end: sliding, everywhere, and through a change of keys.

use chrono::TimeDelta;

use crate::support::*;

async fn is_in(browser: &Browser) -> bool {
    browser.get("/session").await.json()["signedIn"] == true
}

#[tokio::test]
async fn a_session_that_is_used_slides_to_its_absolute_end_and_one_that_is_idle_does_not() {
    let stage = stage_with(|settings| settings.session.idle = TimeDelta::hours(10)).await;
    let (used, idle) = (stage.signed_in(NORA).await, stage.signed_in(OLGA).await);
    let soon = used.get("/session").await;
    assert_eq!(soon.header("set-cookie"), "", "not with every answer");
    for hour in (9..168).step_by(9) {
        stage.later(TimeDelta::hours(9));
        let answer = used.get(BOOKINGS).await;
        assert_eq!(answer.status, 200, "hour {hour}");
        assert!(
            answer.header("set-cookie").starts_with("frontdesk="),
            "hour {hour}"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert!(!is_in(&idle).await);
    stage.later(TimeDelta::hours(6));
    assert!(!is_in(&used).await, "168 hours are over");
}

#[tokio::test]
async fn signing_out_is_not_undone_by_a_session_that_slides() {
    let stage = stage_with(|settings| settings.session.idle = TimeDelta::hours(10)).await;
    let nora = stage.signed_in(NORA).await;
    stage.later(TimeDelta::hours(5));
    let out = nora.delete("/session").await;
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert!(!is_in(&nora).await);
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_device_and_nobody_elses() {
    let stage = stage().await;
    let (phone, laptop, olga) = (
        stage.signed_in(NORA).await,
        stage.signed_in(NORA).await,
        stage.signed_in(OLGA).await,
    );
    let elsewhere = phone
        .send(
            "POST",
            "/session/everywhere",
            &[("origin", "https://evil.example")],
            None,
        )
        .await;
    assert_eq!(elsewhere.status, 403);
    let out = phone.post("/session/everywhere", &serde_json::json!({})).await;
    assert_eq!(
        (out.status, out.json()["signedIn"].as_bool()),
        (200, Some(false)),
        "{}",
        out.text
    );
    assert!(!is_in(&phone).await && !is_in(&laptop).await && is_in(&olga).await);
    let again = stage.signed_in(NORA).await;
    assert!(is_in(&again).await, "at the very same moment");
    stage.clock.set(stage.clock.now() - TimeDelta::hours(1));
    let back = stage.signed_in(NORA).await;
    assert!(is_in(&back).await, "by a clock that was set back");
    let stage = stage.restarted().await;
    let copy = stage.browser();
    *copy.cookies.lock().unwrap() = laptop.cookies.lock().unwrap().clone();
    assert!(!is_in(&copy).await);
    assert_eq!(
        copy.post("/session/everywhere", &serde_json::json!({}))
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn a_key_is_changed_without_signing_anybody_out_and_taken_away_with_signing_out() {
    let stage = stage_with(|settings| settings.session.key = Some([1; 32])).await;
    let cookies = stage.signed_in(NORA).await.cookies.lock().unwrap().clone();
    let with_cookies = |stage: &Stage| {
        let browser = stage.browser();
        *browser.cookies.lock().unwrap() = cookies.clone();
        browser
    };
    let stage = stage
        .restarted_with(|settings| {
            settings.session.key = Some([2; 32]);
            settings.session.older_keys = vec![[1; 32]];
        })
        .await;
    assert!(is_in(&with_cookies(&stage)).await);
    let stage = stage
        .restarted_with(|settings| settings.session.key = Some([2; 32]))
        .await;
    assert!(!is_in(&with_cookies(&stage)).await);
}

#[tokio::test]
async fn a_device_that_knows_its_member_gets_in_while_strangers_guess() {
    let stage = stage().await;
    let own = stage.signed_in(NORA).await;
    let stranger = stage.browser();
    for _ in 0..5 {
        stranger.sign_in((NORA.0, "1970-01-01")).await;
    }
    assert_eq!(stranger.sign_in(NORA).await.status, 429, "from the same address");
    own.delete("/session").await;
    assert_eq!(own.sign_in(NORA).await.status, 200);
    for _ in 0..5 {
        own.sign_in((NORA.0, "1970-01-01")).await;
    }
    assert_eq!(
        own.sign_in(NORA).await.status,
        429,
        "it guesses no faster than others"
    );
}
