//! Hosts that the proxy must not be made to ask, and whom the key must not reach: by what an operator sets, and by what an
//! upstream says of its pictures.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use frontdesk_proxy::config::{Settings, Source};

use crate::support::*;

#[test]
fn an_upstream_that_is_not_plainly_a_host_on_https_ends_the_start() {
    for url in [
        "http://studio.example",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://169.254.169.254",
        "http://10.0.0.1",
        "http://[::ffff:10.0.0.1]",
        "http://0.0.0.0",
        "https://studio.example@evil.example",
        "https://user:password@studio.example",
        "https://studio.example/v1",
        "https://studio.example/..;/",
        "https://studio.example?x=1",
        "https://studio.example#x",
        "https://",
        "//studio.example",
        "file:///etc/passwd",
        "ftp://studio.example",
        "javascript:alert(1)",
        "https:/\\evil.example/x",
        "https://studio example",
    ] {
        let set = [("FRONTDESK_UPSTREAM_URL", url), ("FRONTDESK_API_KEY", KEY)];
        let set = set.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let error = Settings::read(&Source::read(set, None).unwrap()).err();
        let said = error.unwrap_or_else(|| panic!("{url} was taken")).to_string();
        assert!(
            said.contains("FRONTDESK_UPSTREAM_URL") && !said.contains("password"),
            "{url}: {said}"
        );
    }
}

/// A machine of the operator's own, and whether anybody asked it.
async fn inside() -> (std::net::SocketAddr, Arc<Mutex<Vec<String>>>) {
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let log = Arc::clone(&asked);
    let router = Router::new().fallback(move |request: Request| {
        log.lock().unwrap().push(format!("{request:?}"));
        async { ([(header::CONTENT_TYPE, "image/png")], "secret") }
    });
    (listen(router).await, asked)
}

#[tokio::test]
async fn a_picture_is_asked_of_no_other_machine_however_its_address_is_written() {
    let (inside, asked) = inside().await;
    let port = inside.port();
    let addresses = [
        format!("http://{inside}/a.png"),
        format!("//{inside}/a.png"),
        format!("\\\\{inside}\\a.png"),
        format!("/\\{inside}/a.png"),
        format!("http:\\\\{inside}\\a.png"),
        format!("https://{inside}/a.png"),
        format!("https://localhost:{port}/a.png"),
        format!("https://LOCALHOST.:{port}/a.png"),
        format!("https://x.localhost:{port}/a.png"),
        format!("http://2130706433:{port}/a.png"),
        format!("https://0x7f.1:{port}/a.png"),
        format!("https://0177.0.0.1:{port}/a.png"),
        format!("https://[::ffff:127.0.0.1]:{port}/a.png"),
        format!("https://[::1]:{port}/a.png"),
        format!("https://0.0.0.0:{port}/a.png"),
        format!("https://\u{ff11}27.0.0.1:{port}/a.png"),
        format!("https://pictures.example@{inside}/a.png"),
        format!("ftp://{inside}/a.png"),
        format!("ws://{inside}/a.png"),
        "file:///etc/passwd".to_owned(),
        "data:image/png;base64,AAAA".to_owned(),
        "javascript:alert(1)".to_owned(),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "https://169.254.169.254/latest/meta-data".to_owned(),
        "https://[".to_owned(),
        String::new(),
    ];
    let all = addresses.clone();
    let upstream = Router::new().fallback(move |request: Request| {
        let id = request
            .uri()
            .path()
            .rsplit('/')
            .next()
            .and_then(|id| id.parse::<usize>().ok());
        let address = id.and_then(|id| all.get(id)).cloned();
        async move { axum::Json(serde_json::json!({ "id": id, "imgUrl": address })) }
    });
    let stage = in_front_of(upstream).await;
    for (id, address) in addresses.iter().enumerate() {
        let answer = stage.browser().get(&format!("/pictures/{id}")).await;
        assert_eq!(answer.status, 404, "{address}: {answer:?}");
    }
    assert_eq!(*asked.lock().unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_redirect_of_the_upstreams_takes_neither_us_nor_the_key_elsewhere() {
    let (inside, asked) = inside().await;
    let upstream = Router::new().fallback(move |request: Request| {
        let service = request.uri().path() == "/v1/appointments/bookable/7";
        async move {
            if service {
                return axum::Json(serde_json::json!({ "id": 7, "imgUrl": "/a.png" })).into_response();
            }
            let elsewhere = [(header::LOCATION, format!("http://{inside}/"))];
            (StatusCode::TEMPORARY_REDIRECT, elsewhere).into_response()
        }
    });
    let stage = in_front_of(upstream).await;
    assert_eq!(stage.browser().get("/pictures/7").await.status, 404);
    assert_eq!(stage.browser().get(BOOKABLE).await.kind(), "UNREADABLE");
    assert_eq!(
        stage.browser().sign_in(("A-1", "1990-01-01")).await.kind(),
        "UNREADABLE"
    );
    assert_eq!(*asked.lock().unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_no_picture_is_never_handed_on_as_one() {
    let upstream = Router::new().fallback(|request: Request| async move {
        let id = request
            .uri()
            .path()
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        let kind = match id.as_str() {
            "a1" => "text/html",
            "a2" => "application/json",
            "a3" => "text/html; x=image/png",
            "a4" => "",
            _ => {
                return axum::Json(serde_json::json!({ "id": 1, "imgUrl": format!("/a{id}") }))
                    .into_response();
            }
        };
        ([(header::CONTENT_TYPE, kind)], "<script>alert(1)</script>").into_response()
    });
    let stage = in_front_of(upstream).await;
    for id in 1..=4 {
        let answer = stage.browser().get(&format!("/pictures/{id}")).await;
        assert_eq!(answer.status, 404, "{id}: {answer:?}");
        assert!(!answer.text.contains("script"), "{id}: {answer:?}");
    }
}
