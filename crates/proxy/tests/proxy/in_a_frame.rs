//! The app in a frame of the gym's own page: sessions of that page alone, its language, and which sites may not.

use frontdesk_proxy::config::{LogForm, Settings, Source};
use serde_json::json;
use tracing_subscriber::EnvFilter;

use crate::secrets::Log;
use crate::support::*;

pub(crate) const GYM: &str = "https://gym.example";
/// What a browser says of a document for a frame, and the app of what it asks for from there.
const DOCUMENT: (&str, &str) = ("sec-fetch-dest", "iframe");
pub(crate) const APP: (&str, &str) = ("frontdesk-place", "embed");

pub(crate) async fn a_studio_that_may_be_framed() -> Stage {
    stage_with(may_be_framed).await
}

pub(crate) fn may_be_framed(settings: &mut Settings) {
    let env = [("FRONTDESK_FRAME_ANCESTORS".to_owned(), GYM.to_owned())];
    settings.browsers = Settings::read(&Source::read(env, None).unwrap())
        .unwrap()
        .browsers;
}

async fn signs_in(browser: &Browser, from: (&str, &str)) -> Answer {
    let (number, born) = NORA;
    let said = json!({ "customerNumber": number, "dateOfBirth": born });
    let origin = browser.origin().to_owned();
    browser
        .send("POST", "/session", &[("origin", &origin), from], Some(&said))
        .await
}

async fn is_in(browser: &Browser, from: &[(&str, &str)]) -> bool {
    browser.send("GET", "/session", from, None).await.json()["signedIn"] == true
}

#[tokio::test]
async fn a_session_that_begins_in_a_frame_is_that_pages_alone() {
    let stage = a_studio_that_may_be_framed().await;
    let browser = stage.browser();
    let answer = signs_in(&browser, APP).await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("frontdesk-framed=") && cookie.ends_with("SameSite=None; Secure; Partitioned"),
        "{cookie}"
    );
    assert!(cookie.contains("HttpOnly"), "{cookie}");
    assert!(is_in(&browser, &[APP]).await && is_in(&browser, &[DOCUMENT]).await);
    assert!(
        !is_in(&browser, &[]).await,
        "a page that is no frame has nothing of it"
    );
    // It is renewed, and ends, as what it is.
    let origin = browser.origin().to_owned();
    let out = browser
        .send("DELETE", "/session", &[("origin", &origin), APP], None)
        .await;
    assert_eq!(out.status, 200);
    assert!(!is_in(&browser, &[APP]).await);
}

#[tokio::test]
async fn whoever_is_signed_in_at_the_studios_own_address_is_so_in_a_frame_of_the_same_site() {
    let stage = a_studio_that_may_be_framed().await;
    let browser = stage.signed_in(NORA).await;
    assert!(is_in(&browser, &[APP]).await);
    let origin = browser.origin().to_owned();
    browser
        .send("DELETE", "/session", &[("origin", &origin), APP], None)
        .await;
    assert!(
        !is_in(&browser, &[]).await,
        "signing out in the frame is signing out"
    );
}

#[tokio::test]
async fn where_no_site_may_show_it_a_cookie_never_goes_with_another_sites_requests() {
    let stage = stage().await;
    let browser = stage.browser();
    for from in [APP, DOCUMENT] {
        let answer = signs_in(&browser, from).await;
        let cookie = answer.header("set-cookie").to_owned();
        assert!(
            cookie.starts_with("frontdesk=") && cookie.ends_with("SameSite=Lax"),
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn the_page_around_changes_nothing_in_the_name_of_whoever_is_signed_in_within() {
    let stage = a_studio_that_may_be_framed().await;
    let browser = stage.browser();
    signs_in(&browser, APP).await;
    let wish = browser.wish("1220000101", "2026-11-26").await;
    for (method, path, body) in [
        ("POST", "/api/v1/appointments/booking/book", Some(&wish)),
        ("DELETE", "/session", None),
        ("POST", "/session/everywhere", None),
    ] {
        let from = [
            ("origin", GYM),
            ("sec-fetch-site", "cross-site"),
            APP,
            ("idempotency-key", "key-of-the-gym-01"),
        ];
        assert_eq!(
            browser.send(method, path, &from, body).await.status,
            403,
            "{method} {path}"
        );
    }
    assert!(is_in(&browser, &[APP]).await);
}

#[tokio::test]
async fn a_frame_speaks_the_language_of_the_page_around() {
    let stage = a_studio_that_may_be_framed().await;
    let browser = stage.browser();
    let english = [DOCUMENT, ("accept-language", "en")];
    let page = browser.send("GET", "/?place=embed&lang=de", &english, None).await;
    assert!(page.text.contains("<html lang=\"de\"") && page.header("content-language") == "de");
    // Also on the pages that it goes on to, and nowhere else.
    let next = browser.send("GET", "/bookings", &english, None).await;
    assert_eq!(next.header("content-language"), "de");
    let elsewhere = browser
        .send("GET", "/bookings", &[("accept-language", "en")], None)
        .await;
    assert_eq!(elsewhere.header("content-language"), "en");
    let bare = browser
        .send("GET", "/?lang=de", &[("accept-language", "en")], None)
        .await;
    assert_eq!(bare.header("content-language"), "en");
}

#[tokio::test]
async fn the_script_for_other_sites_is_theirs_to_take_and_nothing_else_is() {
    let stage = a_studio_that_may_be_framed().await;
    std::fs::write(stage.folder.path().join("dist/embed.js"), "// the script").unwrap();
    let browser = stage.browser();
    let policy = |answer: &Answer| answer.header("cross-origin-resource-policy").to_owned();
    let script = browser.get("/embed.js").await;
    assert_eq!((script.status, policy(&script).as_str()), (200, "cross-origin"));
    for path in [
        "/",
        "/session",
        "/favicon.svg",
        "/embed.js/x",
        "/pictures/1220000101",
        "/healthz",
    ] {
        assert_eq!(policy(&browser.get(path).await), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn the_log_names_the_setting_that_keeps_a_site_out_once() {
    let log = Log::default();
    let lines = frontdesk_proxy::log::lines(LogForm::Text, EnvFilter::new("warn"), log.clone());
    let _heard = tracing::subscriber::set_default(lines);
    let stage = a_studio_that_may_be_framed().await;
    let browser = stage.browser();
    let asks = async |site: &str| {
        let from = [DOCUMENT, ("sec-fetch-site", "cross-site"), ("referer", site)];
        browser.send("GET", "/", &from, None).await;
    };
    asks(&format!("{GYM}/booking")).await;
    assert_eq!(log.text(), "");
    for _ in 0..3 {
        asks("https://other.example/a?member=4711").await;
    }
    let said = log.text();
    assert_eq!(said.matches("FRONTDESK_FRAME_ANCESTORS").count(), 1, "{said}");
    assert!(
        said.contains("https://other.example") && !said.contains("4711"),
        "{said}"
    );
    for odd in [
        "https://a%0aFORGED.example/",
        "FORGED",
        "file:///FORGED",
        "data:text/html,FORGED",
    ] {
        asks(odd).await;
    }
    assert!(!log.text().contains("FORGED"));
}

#[tokio::test]
async fn whoever_builds_the_gyms_site_sees_what_to_copy_and_whether_it_will_work() {
    let stage = a_studio_that_may_be_framed().await;
    let browser = stage.browser();
    let page = browser
        .get("/embed?service=1220000101&mode=button&brand=%238a1c1c&site=www.other.example/book")
        .await;
    let says = |what: &str| assert!(page.text.contains(what), "{what}: {}", page.text);
    assert_eq!(page.status, 200);
    says(
        "&lt;frontdesk-booking service=&quot;1220000101&quot; mode=&quot;button&quot; brand=&quot;8a1c1c&quot;",
    );
    says(&format!(
        "&lt;script async src=&quot;{}/embed.js&quot;",
        browser.origin()
    ));
    says("<frontdesk-booking service=\"1220000101\" mode=\"button\"");
    says("https://www.other.example may not show it");
    says("FRONTDESK_FRAME_ANCESTORS");
    says("<option value=\"1220000101\" selected>Personal training</option>");
    // Named, and nobody can sign in there without TLS.
    let named = browser.get(&format!("/embed?site={GYM}")).await;
    assert!(named.text.contains("without signing in"), "{}", named.text);
    let odd = browser
        .get("/embed?site=%22%3E%3Cscript%3E&service=%22%3E%3Cscript%3E")
        .await;
    assert!(odd.text.contains("no address of a site") && !odd.text.contains("\"><script>"));
}

#[tokio::test]
async fn where_no_site_may_show_it_the_page_for_builders_names_the_setting() {
    let stage = stage().await;
    let page = stage.browser().get("/embed").await;
    assert!(page.text.contains("No site may show it yet") && page.text.contains("FRONTDESK_FRAME_ANCESTORS"));
    assert!(!page.text.contains("<frontdesk-booking>"));
}
