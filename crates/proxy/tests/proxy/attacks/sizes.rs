//! What is too long, too deep, too many or packed: refused, and the proxy serves on.

use std::io::Write as _;

use super::recorder::Door;
use super::wire;
use crate::scripted::wish;
use crate::support::*;

async fn still_serves(door: &Door, after: &str) {
    let healthy = door.ask("GET /healthz", "").await;
    assert_eq!(healthy.body, r#"{"status":"ok"}"#, "{after}");
}

#[tokio::test]
async fn a_body_that_is_long_or_deep_is_refused() {
    let door = Door::open().await;
    let long = format!(
        "{{\"bookableAppointmentId\":7,\"x\":\"{}\"}}",
        "a".repeat(1 << 20)
    );
    for body in [
        long,
        "[".repeat(15_000),
        "{\"a\":".repeat(3_000),
        format!("{{\"instructorIds\":{}{}}}", "[".repeat(7_000), "]".repeat(7_000)),
        format!("{{\"bookableAppointmentId\":{}}}", "9".repeat(15_000)),
        format!("{{\"bookableAppointmentId\":1e{}}}", "9".repeat(300)),
        format!("\"{}\"", "\\u0000".repeat(2_500)),
    ] {
        for path in [BOOK, VALIDATE, "/session"] {
            let reply = door.post(path, "application/json", &body).await;
            assert_eq!(reply.status, 400, "{path}: {reply:?}");
        }
        let form = door
            .post("/sign-in", "application/x-www-form-urlencoded", &body)
            .await;
        assert_eq!((form.status, form.header("set-cookie")), (422, ""), "{form:?}");
        still_serves(&door, "a long or deep body").await;
    }
    assert!(door.arrived().is_empty());
}

#[tokio::test]
async fn a_body_that_says_it_is_packed_is_refused_whether_it_is_or_not() {
    let door = Door::open().await;
    let plain = wish().to_string().into_bytes();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(&plain).unwrap();
    let packed = gzip.finish().unwrap();
    for path in [
        BOOK,
        VALIDATE,
        "/session",
        "/sign-in",
        "/attempts/key-of-an-attack-0001",
    ] {
        for (encoding, body) in [
            ("gzip", &packed),
            ("gzip", &plain),
            ("br", &packed),
            ("deflate", &packed),
            ("identity, gzip", &packed),
            ("x", &plain),
        ] {
            let head = door.head(&format!("POST {path}"));
            let more = format!(
                "Content-Type: application/json\r\nContent-Encoding: {encoding}\r\nContent-Length: {}\r\n\
                 Idempotency-Key: key-of-an-attack-0001\r\n\r\n",
                body.len()
            );
            let request = [head.as_bytes(), more.as_bytes(), body].concat();
            let reply = wire::ask(door.stage.address, request).await;
            assert_eq!(reply.status, 415, "{path} {encoding}: {reply:?}");
        }
    }
    assert!(door.arrived().is_empty());
}

#[tokio::test]
async fn headers_that_are_many_or_long_are_refused() {
    let door = Door::open().await;
    let long = "a".repeat(1 << 20);
    let many: String = (0..5_000).map(|n| format!("X-{n}: 1\r\n")).collect();
    for more in [
        format!("X-Long: {long}\r\n"),
        many,
        format!("{long}: 1\r\n"),
        format!("Cookie: {long}\r\n"),
    ] {
        let request = format!("{}{more}\r\n", door.head("GET /session"));
        for reply in wire::send(door.stage.address, request).await {
            assert_eq!(reply.status, 431, "{reply:?}");
        }
        still_serves(&door, "large headers").await;
    }
}

#[tokio::test]
async fn cookies_without_number_make_nobody_anybody() {
    let door = Door::open().await;
    let many: String = (0..900).map(|n| format!("frontdesk{n}=x; ")).collect();
    let address = door.stage.address;
    let request =
        format!("GET /session HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {many}\r\n\r\n");
    let reply = wire::ask(address, request).await;
    assert_eq!(reply.body, r#"{"signedIn":false}"#, "{reply:?}");
    still_serves(&door, "many cookies").await;
}

#[tokio::test]
async fn an_address_without_end_is_refused_and_is_kept_nowhere() {
    let door = Door::open().await;
    for path in [
        "/?q=",
        "/services/7?start=",
        "/api/v1/appointments/bookable?offset=",
        "/language/de?next=/?q=",
        "/",
    ] {
        let address = format!("GET {path}{}", "a".repeat(100_000));
        let reply = door.ask(&address, "").await;
        assert!(matches!(reply.status, 414 | 431), "{path}: {}", reply.status);
        still_serves(&door, path).await;
    }
    assert!(door.arrived().is_empty());
}
