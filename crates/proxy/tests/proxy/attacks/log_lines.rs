//! Nobody outside writes a line into the log: not by a header, an address or a body, and not the upstream either.

use serde_json::{Value, json};

use super::binary::Binary;
use super::wire;
use crate::scripted::{ADA, LIST_CALL, Scripted, VALIDATE_CALL, booking, wish};
use crate::support::*;

/// Begins a line of its own, if it can, and clears the one before.
const FORGED: &str = "a\r\n\u{1b}[2K\u{9b}2K\u{85}\u{2028}FORGED{\"level\":\"INFO\"}";

/// All that goes into a log of what comes from outside.
async fn attack(upstream: &Scripted, proxy: &Binary) {
    let ada = Browser::new(proxy.address);
    assert_eq!(ada.sign_in(ADA).await.status, 200);
    let said = json!({ "errorMessage": FORGED, "traceId": FORGED, "errorCode": FORGED });
    upstream.says("GET /v1/appointments/booking/5", 500, said.clone());
    upstream.says("GET /v1/appointments/booking/6", 200, booking_with(FORGED));
    upstream.says("GET /v1/appointments/bookable/7/slots", 409, said);
    upstream.says(
        LIST_CALL,
        200,
        json!([booking_with(FORGED), { "bookingId": FORGED }]),
    );
    upstream.says(VALIDATE_CALL, 200, json!({ "validationStatus": FORGED }));
    for path in [
        "/api/v1/appointments/booking/5",
        "/api/v1/appointments/booking/6",
        "/api/v1/appointments/bookable/7/slots",
        BOOKINGS,
    ] {
        ada.get(path).await;
    }
    assert_eq!(ada.post(VALIDATE, &wish()).await.status, 200);
    ada.sign_in((FORGED, "1990-01-01")).await;
    let host = proxy.address;
    for line in [
        "GET /%0d%0aFORGED",
        "GET /services/7%0aFORGED?x=%0aFORGED",
        "GET /api/%1b[2K%0aFORGED",
        "FORGED /",
        "GET /api/v1/appointments/bookable?offset=%0aFORGED",
    ] {
        let header = "a%0aFORGED\u{9b}";
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {header}\r\nAccept-Language: {header}\r\n\
             X-Forwarded-For: {header}\r\nX-Request-Id: {header}\r\nTraceparent: {header}\r\nConnection: close\r\n\r\n"
        );
        wire::send(host, request).await;
    }
}

fn booking_with(word: &str) -> Value {
    let mut booking = booking(6);
    booking["bookingStatus"] = json!(word);
    booking["title"] = json!(word);
    booking
}

async fn log(form: &str) -> String {
    let upstream = Scripted::new();
    let proxy = Binary::start(listen_to_keys(upstream.router()).await, form);
    attack(&upstream, &proxy).await;
    let said = proxy.said();
    assert!(said.contains("FORGED"), "some of it is really logged: {said}");
    // All but what its first line says to a person.
    said.split_once('\n').unwrap().1.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_line_of_a_text_log_is_the_proxys_own() {
    let log = log("text").await;
    for line in log.lines() {
        let time = line.get(..27).unwrap_or_default();
        assert!(
            time.ends_with('Z') && time.contains('T'),
            "not a line of ours: {line:?}\n{log}"
        );
        let odd = line
            .chars()
            .find(|c| c.is_control() || ['\u{2028}', '\u{2029}'].contains(c));
        assert!(odd.is_none(), "{odd:?} in {line:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_line_of_a_json_log_is_one_object_with_nothing_forged() {
    let log = log("json").await;
    for line in log.lines() {
        let json: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        assert!(
            json["timestamp"].is_string() && json["level"].is_string(),
            "{line}"
        );
        assert!(!line.chars().any(|c| c.is_ascii_control()), "{line:?}");
    }
}
