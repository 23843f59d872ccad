//! Pages, files, calendar entries, and the headers on all of them.

use crate::support::*;

#[tokio::test]
async fn a_page_is_drawn_in_the_members_language_with_the_catalogue_in_it() {
    let stage = stage().await;
    let browser = stage.browser();
    let page = browser.send("GET", "/", &[("accept-language", "de")], None).await;
    assert_eq!((page.status, page.header("content-language")), (200, "de"));
    assert!(page.text.contains("<html lang=\"de\">"));
    assert!(page.text.contains("Personal training"));
    assert!(
        browser
            .send("GET", "/", &[("accept-language", "en")], None)
            .await
            .text
            .contains("<html lang=\"en\">")
    );
    let service = browser.get(&format!("/services/{TRAINING}")).await;
    assert!(service.status == 200 && service.text.contains("Personal training"));
    for nothing in ["/nowhere/at/all", "/services/1", "/services/one"] {
        assert_eq!(browser.get(nothing).await.status, 404, "{nothing}");
    }
}

#[tokio::test]
async fn a_page_holds_nothing_of_the_member_who_asks_for_it() {
    let stage = stage().await;
    let (nora, anybody) = (stage.signed_in(NORA).await, stage.browser());
    for address in ["/", "/bookings", "/sign-in", &format!("/services/{TRAINING}")] {
        let (hers, theirs) = (nora.get(address).await, anybody.get(address).await);
        assert_eq!(hers.text, theirs.text, "{address}");
    }
}

#[tokio::test]
async fn pages_are_compressed_for_whoever_takes_it() {
    let stage = stage().await;
    let browser = stage.browser();
    let plain = browser.get("/").await;
    let packed = browser
        .send("GET", "/", &[("accept-encoding", "gzip, deflate, br")], None)
        .await;
    assert_eq!(
        (
            plain.header("content-encoding"),
            packed.header("content-encoding")
        ),
        ("", "br")
    );
    assert!(packed.header("vary").contains("Accept-Encoding"));
    let length = |answer: &Answer| answer.header("content-length").parse::<usize>().unwrap();
    assert!(length(&packed) < length(&plain) / 2);
}

#[tokio::test]
async fn a_language_is_remembered_and_leads_back_and_nowhere_else() {
    let stage = stage().await;
    let browser = stage.browser();
    let chosen = browser
        .get("/language/de?next=%2Fservices%2F7%3Fday%3D2026-12-02")
        .await;
    assert_eq!(
        (chosen.status, chosen.header("location")),
        (303, "/services/7?day=2026-12-02")
    );
    assert!(browser.get("/").await.text.contains("<html lang=\"de\">"));
    assert_eq!(
        browser
            .get("/language/de?next=https://evil.example")
            .await
            .header("location"),
        "/"
    );
    assert_eq!(browser.get("/language/xx").await.status, 404);
}

#[tokio::test]
async fn files_are_kept_for_ever_where_their_name_says_what_is_in_them() {
    let stage = stage().await;
    let browser = stage.browser();
    let code = browser.get("/frontdesk-0123456789abcdef.js").await;
    assert_eq!(
        code.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert!(code.header("content-type").contains("javascript"));
    let packed = browser
        .send(
            "GET",
            "/frontdesk-0123456789abcdef.js",
            &[("accept-encoding", "br")],
            None,
        )
        .await;
    assert_eq!(
        (packed.header("content-encoding"), packed.text.as_str()),
        ("br", "packed")
    );
    assert_eq!(
        browser.get("/favicon.svg").await.header("content-type"),
        "image/svg+xml"
    );
    assert_eq!(browser.get("/index.html").await.header("location"), "/");
    for path in [
        "/gone-0123.js",
        "/../Cargo.toml",
        "/%2e%2e/%2e%2e/etc/passwd.x",
        "/data/session.key",
        "/data%2fsession.key",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text);
    }
}

#[tokio::test]
async fn every_answer_keeps_other_sites_out() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    for path in [
        "/",
        "/healthz",
        "/session",
        BOOKABLE,
        BOOKINGS,
        "/api/none",
        "/favicon.svg",
        "/pictures/1",
        "/nowhere",
    ] {
        let answer = nora.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"),
            "{path}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(answer.header("access-control-allow-origin").is_empty(), "{path}");
    }
    assert!(
        nora.get("/")
            .await
            .header("content-security-policy")
            .contains("'wasm-unsafe-eval' 'sha256-")
    );
    for path in ["/session", BOOKINGS] {
        assert_eq!(nora.get(path).await.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_booking_goes_into_the_members_own_calendar() {
    let stage = stage().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let id = nora.book("key-of-a-calendar-entry", &wish).await.json()["bookingId"]
        .as_i64()
        .unwrap();
    let path = format!("/bookings/{id}/calendar.ics");
    let entry = nora.get(&path).await;
    assert_eq!(entry.header("content-type"), "text/calendar; charset=utf-8");
    assert!(
        entry.text.contains(&format!("UID:booking-{id}@"))
            && entry.text.contains("SUMMARY:Personal training")
    );
    assert_eq!(entry.header("cache-control"), "no-store");
    let signed_out = stage.browser().get(&path).await;
    assert_eq!(
        (
            signed_out.status,
            signed_out.header("location").starts_with("/sign-in?next=")
        ),
        (303, true)
    );
}

#[tokio::test]
async fn sites_that_the_studio_names_may_frame_it_and_no_others() {
    let framed = stage_with(|settings| {
        settings.browsers =
            read_browsers(&[("FRAME_ANCESTORS", "https://gym.example, https://www.gym.example")])
    })
    .await;
    for path in ["/", BOOKABLE, "/nowhere"] {
        let answer = framed.browser().get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.ends_with("frame-ancestors 'self' https://gym.example https://www.gym.example"),
            "{policy}"
        );
        // It would forbid what the policy allows.
        assert_eq!(answer.header("x-frame-options"), "", "{path}");
    }
    let alone = stage().await.browser().get("/").await;
    assert_eq!(alone.header("x-frame-options"), "DENY");
    assert!(
        alone
            .header("content-security-policy")
            .ends_with("frame-ancestors 'none'")
    );
}

#[tokio::test]
async fn browsers_are_told_to_come_by_tls_where_there_is_tls() {
    let hsts = |answer: Answer| answer.header("strict-transport-security").to_owned();
    let plain = stage().await;
    assert_eq!(hsts(plain.browser().get("/").await), "");
    let origin = |seconds: &'static str| {
        stage_with(move |settings| {
            settings.server.origins = read_settings(&[("PUBLIC_ORIGIN", "https://book.example")])
                .server
                .origins;
            settings.browsers = read_browsers(&[("HSTS_SECONDS", seconds)]);
        })
    };
    assert_eq!(
        hsts(origin("").await.browser().get("/").await),
        "max-age=31536000"
    );
    assert_eq!(hsts(origin("0").await.browser().get(BOOKABLE).await), "max-age=0");
}

fn read_settings(env: &[(&str, &str)]) -> frontdesk_proxy::config::Settings {
    use frontdesk_proxy::config::{Settings, Source};
    let env = env
        .iter()
        .map(|(name, value)| (format!("FRONTDESK_{name}"), (*value).to_owned()));
    Settings::read(&Source::read(env, None).unwrap()).unwrap()
}

fn read_browsers(env: &[(&str, &str)]) -> frontdesk_proxy::config::Browsers {
    read_settings(env).browsers
}

#[tokio::test]
async fn a_catalogue_that_stands_in_is_drawn_and_said_to_be_of_then_once_that_is_long_ago() {
    let stage = stage().await;
    let browser = stage.browser();
    let as_of = "the studio&#39;s system isn&#39;t answering";
    let said = |page: &Answer| {
        page.text.contains(as_of) || page.text.contains("the studio's system isn't answering")
    };
    assert!(!said(&browser.get("/").await));
    stage.quirk(demo_studio::OperationName::ListBookableAppointments, |quirk| {
        quirk.status = Some(500);
    });
    stage.later(chrono::TimeDelta::seconds(100));
    // Another address each time: pages that were drawn in full are kept by theirs.
    let page = browser.get("/?q=Personal").await;
    assert!(
        page.text.contains("Personal training") && !said(&page),
        "{}",
        page.text
    );
    stage.later(chrono::TimeDelta::minutes(10));
    let page = browser.get("/?q=training").await;
    assert!(
        page.text.contains("Personal training") && said(&page),
        "{}",
        page.text
    );
    stage.no_quirks();
    assert!(!said(&browser.get("/?q=training").await), "nobody kept it");
}
