//! What the upstream does wrong, and what the app is told: by an upstream that says exactly what a test wants.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;

use crate::support::*;

/// Answers everything alike, and counts.
fn says(status: u16, body: &'static str, count: Arc<AtomicUsize>) -> Router {
    Router::new().fallback(move || {
        count.fetch_add(1, Ordering::Relaxed);
        async move { (StatusCode::from_u16(status).unwrap(), body).into_response() }
    })
}

async fn meets(status: u16, body: &'static str) -> Answer {
    let stage = in_front_of(says(status, body, Arc::default())).await;
    stage.browser().get(&format!("{BOOKABLE}/7")).await
}

#[tokio::test]
async fn each_status_of_the_contract_has_its_kind() {
    let body = r#"{"errorMessage":"So geht das nicht","traceId":"trace-1","args":["DE02 1203 0000"]}"#;
    for (upstream, status, kind, retry) in [
        (400, 400, "BAD_REQUEST", false),
        (403, 503, "SWITCHED_OFF", false),
        (404, 404, "NOT_FOUND", false),
        (408, 504, "TIMEOUT", true),
        (409, 409, "CONFLICT", true),
        (418, 400, "BAD_REQUEST", false),
        (429, 503, "BUSY", true),
        (500, 502, "UPSTREAM_DOWN", true),
        (502, 502, "UPSTREAM_DOWN", true),
        (503, 503, "BUSY", true),
    ] {
        let answer = meets(upstream, body).await;
        let failure = answer.json();
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (status, kind),
            "{upstream}: {}",
            answer.text
        );
        assert_eq!(failure["retry"], retry, "{upstream}");
        assert_eq!(failure["traceId"], "trace-1", "{upstream}");
        assert_eq!(failure["upstreamMessage"], "So geht das nicht", "{upstream}");
        assert!(
            !answer.text.contains("DE02"),
            "nothing else of the upstream's body goes out: {}",
            answer.text
        );
    }
    assert_eq!(meets(429, "").await.header("retry-after"), "60");
}

#[tokio::test]
async fn what_cannot_be_read_is_a_failure_and_repeats_nothing() {
    for body in ["", "<html>Wartung</html>", "{\"id\":\"secret-value\"}", "[]"] {
        let answer = meets(200, body).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (502, "UNREADABLE"),
            "{body}"
        );
        assert!(!answer.text.contains("secret-value"));
    }
    let redirected = meets(302, "").await;
    assert_eq!(
        redirected.kind(),
        "UNREADABLE",
        "a redirect is not followed: the key would go along"
    );
    assert_eq!(
        meets(500, "<html>").await.kind(),
        "UPSTREAM_DOWN",
        "an error page is as good as an error body"
    );
}

#[tokio::test]
async fn a_read_is_tried_again_on_503_and_on_nothing_else() {
    for (status, calls) in [(503, 3), (500, 1), (429, 1), (404, 1)] {
        let count = Arc::new(AtomicUsize::new(0));
        let stage = in_front_of(says(status, "", Arc::clone(&count))).await;
        count.store(0, Ordering::Relaxed);
        stage.browser().get(&format!("{BOOKABLE}/7")).await;
        assert_eq!(count.load(Ordering::Relaxed), calls, "{status}");
    }
}

#[tokio::test]
async fn a_member_is_spoken_to_in_their_language() {
    let stage = in_front_of(says(500, "", Arc::default())).await;
    let path = format!("{BOOKABLE}/7");
    let words = |accepts: &'static str| {
        let (browser, path) = (stage.browser(), path.clone());
        async move {
            browser
                .send("GET", &path, &[("accept-language", accepts)], None)
                .await
                .json()["message"]
                .clone()
        }
    };
    let (german, english) = (words("de-AT, en;q=0.5").await, words("en-GB").await);
    assert_ne!(german, english);
    assert_eq!(words("fr").await, english);
    let browser = stage.browser();
    browser.get("/language/de?next=/").await;
    let by_cookie = browser
        .send("GET", &path, &[("accept-language", "en")], None)
        .await
        .json()["message"]
        .clone();
    assert_eq!(by_cookie, german, "whoever chose a language keeps it");
}

#[tokio::test]
async fn the_upstream_hears_the_members_language_and_our_key_and_no_cookie() {
    let heard: Arc<std::sync::Mutex<Vec<String>>> = Arc::default();
    let ears = Arc::clone(&heard);
    let router = Router::new().fallback(move |request: axum::extract::Request| {
        let text = |name: &str| {
            request
                .headers()
                .get(name)
                .map_or("", |v| v.to_str().unwrap())
                .to_owned()
        };
        let line = format!(
            "{}|{}|{}",
            text("accept-language"),
            text("x-api-key"),
            text("cookie")
        );
        if request.uri().path().ends_with("/7") {
            ears.lock().unwrap().push(line);
        }
        async { "{\"id\":7}" }
    });
    let stage = in_front_of(router).await;
    let headers = [("accept-language", "de-CH, fr;q=0.4")];
    assert_eq!(
        stage
            .browser()
            .send("GET", &format!("{BOOKABLE}/7"), &headers, None)
            .await
            .status,
        200
    );
    assert_eq!(*heard.lock().unwrap(), [format!("de-CH, fr;q=0.4|{KEY}|")]);
}

#[tokio::test]
async fn an_upstream_that_is_gone_is_down_and_pages_are_drawn_all_the_same() {
    let nobody = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let stage = stage_with(|settings| {
        let url = format!("http://{nobody}").parse().unwrap();
        settings.upstream.as_mut().unwrap().url = url;
    })
    .await;
    assert_eq!(stage.browser().get(BOOKABLE).await.kind(), "UPSTREAM_DOWN");
    assert_eq!(stage.browser().get("/").await.status, 200);
    assert_eq!(stage.browser().get("/healthz").await.status, 200);
}

#[tokio::test]
async fn what_was_read_before_stands_in_for_an_upstream_that_fails() {
    let stage = stage().await;
    let path = format!("{BOOKABLE}/{TRAINING}");
    assert_eq!(stage.browser().get(&path).await.status, 200);
    stage.quirk(demo_studio::OperationName::GetBookableAppointment, |quirk| {
        quirk.status = Some(500)
    });
    assert_eq!(
        stage.browser().get(&path).await.json()["title"],
        "Personal training"
    );
}
