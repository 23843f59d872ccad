//! Cookies that nobody sealed, that were changed, that have ended.

use chrono::TimeDelta;
use serde_json::json;

use super::origins;
use super::recorder::Door;
use crate::scripted::ADA;
use crate::support::*;

/// Whether this value of the cookie is somebody.
async fn is_somebody(stage: &Stage, value: &str) -> bool {
    let browser = stage.browser();
    let cookie = format!("frontdesk={value}");
    let answer = browser
        .send("GET", "/session", &[("cookie", &cookie)], None)
        .await;
    answer.json()["signedIn"] == true
}

#[tokio::test]
async fn a_cookie_that_was_cut_or_lengthened_or_written_otherwise_is_nobody() {
    let door = Door::open().await;
    let whole = &door.cookie;
    assert!(is_somebody(&door.stage, whole).await);
    for length in 0..whole.len() {
        assert!(!is_somebody(&door.stage, &whole[..length]).await, "{length}");
    }
    let standard = whole.replace('-', "+").replace('_', "/");
    let mut others = vec![
        format!("{whole}="),
        format!("{whole}A"),
        format!("{whole}.{whole}"),
        format!("{whole}{whole}"),
        format!("\"{whole}\""),
        whole.to_uppercase(),
    ];
    if &standard != whole {
        others.push(standard);
    }
    for other in others {
        assert!(!is_somebody(&door.stage, &other).await, "{other}");
    }
}

#[tokio::test]
async fn a_cookie_of_another_key_or_made_by_hand_is_nobody_on_any_operation() {
    let door = Door::open().await;
    let elsewhere = Door::open_with(|settings| settings.session.key = Some([9; 32])).await;
    let plain = r#"{"s":"x","c":7,"n":"Ada","i":1,"e":9999999999}"#;
    for forged in [
        elsewhere.cookie.as_str(),
        plain,
        "7",
        "null",
        "eyJhbGciOiJub25lIn0.eyJjIjo3fQ.",
    ] {
        let cookie = format!("frontdesk={forged}");
        let origin = format!("http://{}", door.stage.address);
        let headers = [
            ("cookie", cookie.as_str()),
            ("origin", origin.as_str()),
            ("idempotency-key", "key-of-a-forger-00001"),
        ];
        let wish = crate::scripted::wish();
        let key = "/attempts/key-of-a-forger-00001";
        for (method, path, body) in [
            ("GET", BOOKINGS, None),
            ("GET", "/api/v1/appointments/booking/5", None),
            ("DELETE", "/api/v1/appointments/booking/5", None),
            ("POST", VALIDATE, Some(&wish)),
            ("POST", BOOK, Some(&wish)),
            ("POST", key, Some(&json!({}))),
        ] {
            let answer = door.stage.browser().send(method, path, &headers, body).await;
            assert_eq!(
                (answer.status, answer.kind().as_str()),
                (401, "SIGNED_OUT"),
                "{method} {path} {forged}"
            );
        }
    }
    assert!(door.arrived().is_empty(), "nobody was asked for anything");
}

#[tokio::test]
async fn a_cookie_does_not_outlive_its_end_nor_come_before_its_beginning() {
    let door = Door::open().await;
    let start = door.stage.clock.now();
    door.stage
        .clock
        .set(start + TimeDelta::hours(168) - TimeDelta::seconds(1));
    assert!(is_somebody(&door.stage, &door.cookie).await);
    for other in [TimeDelta::hours(168), TimeDelta::days(4000), TimeDelta::hours(-1)] {
        door.stage.clock.set(start + other);
        assert!(!is_somebody(&door.stage, &door.cookie).await, "{other}");
    }
}

#[tokio::test]
async fn a_cookie_replayed_after_signing_out_is_nobody_even_after_a_restart() {
    let door = Door::open().await;
    let cookie = door.cookie.clone();
    let out = door.ask("DELETE /session", "").await;
    assert_eq!(out.status, 200, "{out:?}");
    assert!(!is_somebody(&door.stage, &cookie).await);
    let stage = door.stage.restarted().await;
    assert!(!is_somebody(&stage, &cookie).await);
    let again = stage.signed_in(ADA).await;
    assert_eq!(again.get("/session").await.json()["signedIn"], true);
    assert!(
        !is_somebody(&stage, &cookie).await,
        "another session does not wake it"
    );
}

#[tokio::test]
async fn behind_https_a_cookie_that_a_plain_page_could_have_set_is_nobody() {
    let door = Door::open().await;
    let secure = format!("__Host-frontdesk={}", door.cookie);
    let answer = door
        .stage
        .browser()
        .send("GET", "/session", &[("cookie", &secure)], None)
        .await;
    assert_eq!(answer.json()["signedIn"], false, "nor the other way round");

    let https = Door::open_with(|settings| settings.session.key = Some([3; 32])).await;
    let value = https.cookie.clone();
    let stage = stage_with(|settings| {
        settings.session.key = Some([3; 32]);
        settings.server.origins = origins("https://book.studio.example");
    })
    .await;
    assert!(!is_somebody(&stage, &value).await);
    let secure = format!("__Host-frontdesk={value}");
    let answer = stage
        .browser()
        .send("GET", "/session", &[("cookie", &secure)], None)
        .await;
    assert_eq!(answer.json()["signedIn"], true, "sealed alike, named otherwise");
}
