//! What a page of another site makes a member's browser send.

use std::net::SocketAddr;

use serde_json::json;

use super::origins;
use super::recorder::Door;
use super::wire;
use crate::scripted::{BOOK_CALL, Scripted, VALIDATE_CALL, wish};
use crate::support::*;

/// Everything that changes something.
const CHANGES: &[&str] = &[
    "POST /api/v1/appointments/bookable/validate",
    "POST /api/v1/appointments/booking/book",
    "DELETE /api/v1/appointments/booking/5",
    "POST /session",
    "DELETE /session",
    "POST /sign-in",
    "POST /attempts/key-of-another-site-1",
];

/// With the member's cookies, as a browser would send them, whoever made it do so.
async fn is_refused(address: SocketAddr, cookie: &str, from: &str) {
    for line in CHANGES {
        for (content_type, body) in [
            ("application/json", wish().to_string()),
            ("text/plain", wish().to_string()),
            (
                "application/x-www-form-urlencoded",
                "number=A-1&birth-date=1990-01-01".to_owned(),
            ),
            ("multipart/form-data; boundary=x", "--x--".to_owned()),
            (
                "application/json",
                json!({ "customerNumber": "A-1", "dateOfBirth": "1990-01-01" }).to_string(),
            ),
        ] {
            let request = format!(
                "{line} HTTP/1.1\r\nHost: {address}\r\nCookie: frontdesk={cookie}; __Host-frontdesk={cookie}\r\n{from}\
                 Connection: close\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\
                 Idempotency-Key: key-of-another-site-1\r\n\r\n{body}",
                body.len()
            );
            let reply = wire::ask(address, request).await;
            assert_eq!(reply.status, 403, "{line} {from} {content_type}: {reply:?}");
            assert_eq!(reply.header("set-cookie"), "", "{line} {from}");
        }
    }
}

#[tokio::test]
async fn an_origin_that_only_resembles_our_host_changes_nothing() {
    let door = Door::open().await;
    let own = door.stage.address;
    let (ip, port) = (own.ip(), own.port());
    for origin in [
        "null".to_owned(),
        String::new(),
        own.to_string(),
        format!("http://{own}/"),
        format!("http://{own}.evil.example"),
        format!("http://evil.example:{port}"),
        format!("http://{ip}"),
        format!("http://{ip}:{}", port ^ 1),
        format!("http://{own}@evil.example"),
        format!("http://evil.example/{own}"),
        format!("http://sub.{own}"),
        format!("ftp://{own}"),
        format!("http://{own} http://evil.example"),
        format!("http://localhost:{port}"),
    ] {
        is_refused(own, &door.cookie, &format!("Origin: {origin}\r\n")).await;
    }
    assert!(door.arrived().is_empty());
    let still = door.ask("GET /session", "").await;
    assert_eq!(
        still.body, r#"{"signedIn":true,"firstName":"Ada"}"#,
        "nobody was signed out"
    );
}

#[tokio::test]
async fn a_request_that_does_not_say_where_it_comes_from_changes_nothing() {
    let door = Door::open().await;
    for from in [
        "",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Sec-Fetch-Site: none\r\n",
        "Sec-Fetch-Site: Same-Origin\r\n",
        "Sec-Fetch-Site: same-origin, cross-site\r\n",
        "Origin: https://evil.example\r\nSec-Fetch-Site: same-origin\r\n",
        "Referer: http://127.0.0.1/\r\n",
    ] {
        is_refused(door.stage.address, &door.cookie, from).await;
    }
    assert!(door.arrived().is_empty());
}

#[tokio::test]
async fn beside_the_public_origin_no_other_counts_not_even_the_host_that_was_asked() {
    let upstream = Scripted::new();
    let stage = in_front_of_with(upstream.router(), |settings| {
        settings.server.origins = origins("https://book.studio.example");
    })
    .await;
    for origin in [
        "http://book.studio.example",
        "https://book.studio.example:8443",
        "https://book.studio.example:443",
        "https://book.studio.example.evil.example",
        "https://www.book.studio.example",
        "https://studio.example",
        "https://book-studio.example",
        "https://BOOK.studio.example",
        "https://book.studio.example.",
        "https://evil.example",
        &format!("http://{}", stage.address),
    ] {
        is_refused(stage.address, "x", &format!("Origin: {origin}\r\n")).await;
    }
    assert_eq!(upstream.asked(BOOK_CALL) + upstream.asked(VALIDATE_CALL), 0);
    assert_eq!(upstream.asked("GET /v1/customers/by"), 0);
}

#[tokio::test]
async fn no_other_site_may_read_an_answer_or_put_one_into_a_frame() {
    let door = Door::open().await;
    for path in [
        "/",
        "/session",
        "/healthz",
        "/nowhere/at/all",
        "/favicon.svg",
        "/api/none",
        "/api/v1/appointments/bookable",
        "/api/v1/appointments/booking",
        "/api/v1/appointments/booking/66",
        "/pictures/7",
        "/language/de?next=/",
        "/bookings/5/calendar.ics",
    ] {
        for method in ["GET", "OPTIONS", "PUT"] {
            let from = "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n";
            let request = format!(
                "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{from}\r\n",
                door.stage.address
            );
            let reply = wire::ask(door.stage.address, request).await;
            let open = reply
                .names()
                .into_iter()
                .find(|name| name.to_ascii_lowercase().starts_with("access-control"));
            assert!(open.is_none(), "{method} {path}: {open:?}");
            assert_eq!(
                reply.header("x-frame-options"),
                "DENY",
                "{method} {path}: {reply:?}"
            );
            assert_eq!(
                reply.header("cross-origin-resource-policy"),
                "same-origin",
                "{method} {path}"
            );
            assert_eq!(
                reply.header("x-content-type-options"),
                "nosniff",
                "{method} {path}"
            );
            let policy = reply.header("content-security-policy");
            let framed = policy.contains("frame-ancestors 'none'") || policy.contains("sandbox");
            assert!(
                framed && policy.contains("default-src"),
                "{method} {path}: {policy}"
            );
            assert!(
                !policy.contains("unsafe-inline") || path.starts_with("/pictures/"),
                "{path}: {policy}"
            );
        }
    }
}
