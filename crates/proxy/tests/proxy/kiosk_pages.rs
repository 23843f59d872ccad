//! What a kiosk is shown: pages of its own build, which nothing keeps and nobody frames.

use std::time::{Duration, SystemTime};

use booking::kiosk::Media;
use chrono::TimeDelta;
use frontdesk_proxy::config::{LogForm, Settings, Source};
use serde_json::Value;
use sqlx::{Connection as _, SqliteConnection};
use tracing_subscriber::EnvFilter;

use crate::kiosk::{all_on, noras_card, paired, revoke, with_cookies};
use crate::secrets::Log;
use crate::support::*;

const ROOT: &str = "<html lang=\"en\" data-place=\"kiosk\">";

fn is_kiosks(page: &Answer) -> bool {
    let marks = [ROOT, "initKiosk()", "\"idleSeconds\":"].map(|mark| page.text.contains(mark));
    assert!(
        marks == [true; 3] || marks == [false; 3],
        "{marks:?} in {}",
        page.text
    );
    marks == [true; 3]
}

/// What the app starts from.
fn boot(page: &Answer) -> Value {
    let (_, after) = page.text.split_once("id=\"boot\">").unwrap();
    let carried: Value = serde_json::from_str(after.split("</script>").next().unwrap()).unwrap();
    carried["boot"].clone()
}

fn build(stage: &Stage, text: &str, age: u64) {
    let path = stage.folder.path().join("dist/kiosk.html");
    std::fs::write(&path, text).unwrap();
    // Whatever the file system's clock can tell apart.
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(age))
        .unwrap();
}

fn built(stage: &Stage) -> String {
    std::fs::read_to_string(stage.folder.path().join("dist/kiosk.html")).unwrap()
}

#[tokio::test]
async fn a_kiosk_is_shown_its_own_build_and_no_phone_is() {
    let stage = stage_with(|settings| {
        settings.identity.at_kiosks = Media {
            pin: true,
            ..Media::default()
        };
        settings.kiosk.idle_seconds = 90;
    })
    .await;
    let (kiosk, phone) = (paired(&stage, "Desk").await, stage.browser());
    for address in ["/", "/bookings", "/services/1220000101", "/nowhere"] {
        // Whoever is first, neither is given what was kept for the other.
        for _ in 0..2 {
            let (theirs, here) = (phone.get(address).await, kiosk.get(address).await);
            assert!(!is_kiosks(&theirs) && is_kiosks(&here), "{address}");
            assert_eq!(theirs.status, here.status, "{address}");
        }
    }
    let setup = &boot(&kiosk.get("/").await)["kiosk"];
    assert_eq!(setup["idleSeconds"], 90);
    assert_eq!(
        setup["media"],
        serde_json::json!({ "card": false, "barcode": false, "pin": true })
    );
    assert_eq!(setup["build"].as_str().unwrap().len(), 12);
    let shell = phone.get("/kiosk.html").await;
    assert_eq!((shell.status, shell.header("location")), (308, "/"));
}

#[tokio::test]
async fn nothing_that_a_kiosk_shows_is_kept_or_framed_and_its_script_may_run() {
    let stage = stage_with(|settings| {
        all_on(settings);
        let env = [(
            "FRONTDESK_FRAME_ANCESTORS".to_owned(),
            "https://gym.example".to_owned(),
        )];
        settings.browsers = Settings::read(&Source::read(env, None).unwrap())
            .unwrap()
            .browsers;
    })
    .await;
    let (kiosk, phone) = (paired(&stage, "Desk").await, stage.browser());
    let hash = |script: &str| {
        use base64::Engine as _;
        use sha2::Digest as _;
        base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(script))
    };
    for address in ["/", "/services/1220000101", "/?place=embed&lang=de"] {
        let page = kiosk.get(address).await;
        assert!(is_kiosks(&page), "in the kiosk's own language: {address}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains(&hash("initKiosk()")) && policy.ends_with("frame-ancestors 'none'"));
        assert_eq!(page.header("x-frame-options"), "DENY");
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(page.header("vary").contains("Cookie"));
    }
    let policy = phone.get("/").await.header("content-security-policy").to_owned();
    assert!(policy.contains(&hash("init()")) && policy.ends_with("https://gym.example"));
    // The app says where it is; a kiosk's session is no frame's.
    let here = [("origin", kiosk.origin()), ("frontdesk-place", "kiosk")];
    let answer = kiosk
        .send("POST", "/session/kiosk", &here, Some(&noras_card()))
        .await;
    assert!(answer.status == 200 && answer.header("set-cookie").starts_with("frontdesk="));
    let who = kiosk.send("GET", "/session", &here[1..], None).await;
    assert_eq!(who.json()["firstName"], "Nora");
}

#[tokio::test]
async fn no_answer_to_a_member_at_a_kiosk_is_stored() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    kiosk.post("/session/kiosk", &noras_card()).await;
    let wish = kiosk.wish(TRAINING, "2026-11-26").await;
    let booked = kiosk.book("0123456789abcdef", &wish).await;
    assert_eq!((booked.status, booked.header("cache-control")), (200, "no-store"));
    let id = booked.json()["bookingId"].to_string();
    for address in [
        "/session".to_owned(),
        BOOKABLE.to_owned(),
        format!("{BOOKABLE}/{TRAINING}"),
        format!("{BOOKABLE}/{TRAINING}/slots?daysAhead=6"),
        BOOKINGS.to_owned(),
        format!("{BOOKINGS}/{id}"),
        format!("/bookings/{id}"),
        format!("/bookings/{id}/service"),
        format!("/bookings/{id}/calendar.ics"),
        format!("/bookings/{id}/calendar.svg"),
        format!("/booked/{id}"),
        "/kiosk".to_owned(),
        "/kiosk/free".to_owned(),
        "/kiosk/qr.svg?to=/".to_owned(),
        "/sign-in".to_owned(),
    ] {
        let answer = kiosk.get(&address).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (200, "no-store"),
            "{address}: {}",
            answer.text
        );
    }
    let ended = kiosk.delete("/session").await;
    assert_eq!((ended.status, ended.header("cache-control")), (200, "no-store"));
}

#[tokio::test]
async fn a_page_that_nobody_has_the_time_to_draw_is_a_kiosks_all_the_same() {
    let stage = stage_with(|settings| settings.server.trust_forwarded = true).await;
    let kiosk = paired(&stage, "Desk").await;
    let from = [("x-forwarded-for", "203.0.113.9")];
    for n in 0..2000 {
        let page = kiosk.send("GET", &format!("/services/{n}"), &from, None).await;
        assert!(is_kiosks(&page), "{n}");
        if page.status == 503 {
            assert_eq!(boot(&page)["kiosk"]["idleSeconds"], 60);
            assert_eq!(
                (page.header("retry-after"), page.header("cache-control")),
                ("1", "no-store")
            );
            return;
        }
    }
    panic!("all were drawn");
}

#[tokio::test]
async fn one_that_is_no_kiosk_any_more_is_shown_what_a_phone_is() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    assert!(is_kiosks(&kiosk.get("/").await));
    revoke(&stage, "Desk").await;
    let page = kiosk.get("/").await;
    assert!(!is_kiosks(&page));
    assert_eq!(page.header("set-cookie"), "");
    assert_eq!(kiosk.get("/kiosk/free").await.status, 404);
}

#[tokio::test]
async fn a_kiosk_that_runs_for_years_stays_one_and_takes_a_new_key_along() {
    let stage = stage_with(|settings| settings.session.key = Some([1; 32])).await;
    let kiosk = paired(&stage, "Desk").await;
    for address in ["/", "/kiosk/free"] {
        let cookie = kiosk.get(address).await.header("set-cookie").to_owned();
        assert!(
            cookie.starts_with("frontdesk-kiosk=") && cookie.contains("Max-Age=34560000"),
            "{address}: {cookie}"
        );
    }
    let stage = stage
        .restarted_with(|settings| {
            settings.session.key = Some([2; 32]);
            settings.session.older_keys = vec![[1; 32]];
        })
        .await;
    let kiosk = with_cookies(&stage, &kiosk, &["frontdesk-kiosk"]);
    assert!(is_kiosks(&kiosk.get("/").await));
    let stage = stage
        .restarted_with(|settings| settings.session.key = Some([2; 32]))
        .await;
    let kiosk = with_cookies(&stage, &kiosk, &["frontdesk-kiosk"]);
    stage.later(TimeDelta::days(900));
    assert!(is_kiosks(&kiosk.get("/").await));
}

/// Takes away what the proxy looks kiosks up in, as a database does that fails, or gives it back.
async fn rename(stage: &Stage, sql: &'static str) {
    let file = stage.folder.path().join("data/frontdesk.sqlite");
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    sqlx::query(sql).execute(&mut database).await.unwrap();
}

#[tokio::test]
async fn while_nobody_can_say_whether_it_is_a_kiosk_still_it_is_shown_as_one() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    rename(&stage, "ALTER TABLE kiosks RENAME TO away").await;
    let page = kiosk.get("/").await;
    assert!(page.status == 200 && is_kiosks(&page));
    assert_eq!(
        page.header("set-cookie"),
        "",
        "nothing is sealed for what nobody knows"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    let free = kiosk.get("/kiosk/free").await;
    assert_eq!((free.status, free.kind().as_str()), (500, "INTERNAL"));
    let forged = stage.browser();
    forged
        .cookies
        .lock()
        .unwrap()
        .insert("frontdesk-kiosk".into(), "forged".into());
    assert!(!is_kiosks(&forged.get("/").await), "what we never sealed is none");
    rename(&stage, "ALTER TABLE away RENAME TO kiosks").await;
    assert_eq!(
        kiosk.get("/kiosk/free").await.status,
        200,
        "it recovers by itself"
    );
}

#[tokio::test]
async fn where_its_build_is_missing_a_kiosk_is_a_phone_until_it_is_there_and_the_log_says_so_once() {
    let log = Log::default();
    let lines = frontdesk_proxy::log::lines(LogForm::Text, EnvFilter::new("warn"), log.clone());
    let _heard = tracing::subscriber::set_default(lines);
    let stage = stage_with(all_on).await;
    let (kiosk, text) = (paired(&stage, "Desk").await, built(&stage));
    std::fs::remove_file(stage.folder.path().join("dist/kiosk.html")).unwrap();
    let stage = stage.restarted_with(all_on).await;
    let kiosk = with_cookies(&stage, &kiosk, &["frontdesk-kiosk"]);
    for _ in 0..3 {
        let page = kiosk.get("/").await;
        assert!(page.status == 200 && !is_kiosks(&page));
        assert!(boot(&page).get("kiosk").is_none());
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let said = log.text();
    assert_eq!(
        said.matches("kiosks are shown the app of phones").count(),
        1,
        "{said}"
    );
    assert!(said.contains("kiosk.html"), "{said}");
    build(&stage, &text, 0);
    assert!(is_kiosks(&kiosk.get("/").await));
}

#[tokio::test]
async fn a_new_build_is_noticed_by_a_kiosk_that_only_looks_what_is_free() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    let build_of = async |address: &str| kiosk.get(address).await.json()["build"].clone();
    let before = build_of("/kiosk/free").await;
    assert_eq!(boot(&kiosk.get("/").await)["kiosk"]["build"], before);
    build(
        &stage,
        &built(&stage).replace("initKiosk()", "initKiosk();again()"),
        60,
    );
    let after = build_of("/kiosk/free").await;
    assert!(before != after);
    let page = kiosk.get("/").await;
    assert!(page.text.contains("again()"));
    assert_eq!(boot(&page)["kiosk"]["build"], after);
}
