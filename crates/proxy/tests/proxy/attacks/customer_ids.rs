//! A customer id that a browser chose, wherever it may stand. It is refused, and nothing of it arrives.

use super::recorder::Door;
use crate::support::*;

const NAMES: &[&str] = &[
    "customerId",
    "customerID",
    "CUSTOMERID",
    "customerid",
    "customer_id",
    "customer-id",
    "customer.id",
    "customerId[]",
    "customerId[0]",
    "filter[customerId]",
    "customer%49d",
    "%63ustomerId",
    "customerId%00",
    "+customerId",
];

#[tokio::test]
async fn in_a_query_however_it_is_written() {
    let door = Door::open().await;
    for path in [
        BOOKABLE,
        "/api/v1/appointments/bookable/7",
        "/api/v1/appointments/bookable/7/slots",
        BOOKINGS,
        "/api/v1/appointments/booking/5",
        "/bookings/5/calendar.ics",
        "/session",
    ] {
        for name in NAMES {
            for query in [
                format!("{name}=8"),
                format!("sliceSize=10&{name}=8"),
                name.to_string(),
            ] {
                let answer = door.ask(&format!("GET {path}?{query}"), "").await;
                assert_eq!(answer.status, 400, "{path}?{query}: {answer:?}");
            }
        }
    }
    for (method, path) in [
        ("DELETE", "/api/v1/appointments/booking/5"),
        ("DELETE", "/session"),
        ("POST", VALIDATE),
        ("POST", BOOK),
        ("POST", "/attempts/key-of-an-attack-0001"),
    ] {
        let answer = door
            .ask(&format!("{method} {path}?customerId=8"), "Content-Length: 0\r\n")
            .await;
        assert_eq!(answer.status, 400, "{method} {path}: {answer:?}");
    }
    assert!(door.arrived().is_empty());
}

#[tokio::test]
async fn in_a_header_however_it_is_written() {
    let door = Door::open().await;
    for name in [
        "customerId",
        "customer-id",
        "customer_id",
        "X-Customer-Id",
        "X-CUSTOMERID",
        "X-Frontdesk-Customer-Id",
    ] {
        for path in [BOOKINGS, "/api/v1/appointments/bookable/7/slots", "/session"] {
            let answer = door.ask(&format!("GET {path}"), &format!("{name}: 8\r\n")).await;
            assert_eq!(answer.status, 400, "{name} {path}: {answer:?}");
        }
    }
    assert!(door.arrived().is_empty());
}

/// A wish with something added, written as text: a library would not write a key twice.
fn wish(more: &str) -> String {
    format!(
        r#"{{"bookableAppointmentId":7,"startDateTime":"2026-11-26T10:00:00Z","endDateTime":"2026-11-26T11:00:00Z"{more}}}"#
    )
}

#[tokio::test]
async fn in_a_body_however_deep_twice_or_escaped() {
    let door = Door::open().await;
    for more in [
        r#","customerId":8"#,
        r#","customerId":7"#,
        r#","customerId":null"#,
        r#","CustomerId":8"#,
        r#","customer_id":8"#,
        r#","customer\u0049d":8"#,
        r#","customerId\u0000":8"#,
        r#","customer":{"id":8}"#,
        r#","customer":{"customerId":8}"#,
        r#","instructorIds":[{"customerId":8}]"#,
        r#","instructorIds":[],"instructorIds":[8]"#,
        r#","bookableAppointmentId":8"#,
        r#","__proto__":{"customerId":8}"#,
        r#","":{"customerId":8}"#,
    ] {
        for path in [VALIDATE, BOOK] {
            let answer = door.post(path, "application/json", wish(more)).await;
            assert_eq!(answer.status, 400, "{path} {more}: {answer:?}");
        }
    }
    assert!(door.arrived().is_empty());
}

#[tokio::test]
async fn in_a_body_that_is_no_json_or_more_than_one() {
    let door = Door::open().await;
    let plain = wish("");
    let other = wish(r#","customerId":8"#);
    let utf16: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let multipart = format!(
        "--x\r\nContent-Disposition: form-data; name=\"customerId\"\r\n\r\n8\r\n--x\r\n\r\n{plain}\r\n--x--"
    );
    for (content_type, body) in [
        (
            "application/x-www-form-urlencoded",
            b"bookableAppointmentId=7&customerId=8".to_vec(),
        ),
        ("application/x-www-form-urlencoded", plain.clone().into_bytes()),
        ("text/plain", plain.clone().into_bytes()),
        ("multipart/form-data; boundary=x", multipart.into_bytes()),
        ("application/json", format!("{plain}{other}").into_bytes()),
        ("application/json", format!("{plain}\n{other}").into_bytes()),
        ("application/json", format!("[{plain},{other}]").into_bytes()),
        ("application/json", format!("\u{feff}{plain}").into_bytes()),
        ("application/json", utf16),
        ("application/json", format!("{plain}\0").into_bytes()),
        ("application/json", plain.replace('7', "7.0").into_bytes()),
        ("application/json", plain.replace(":7", ":\"7\"").into_bytes()),
        (
            "application/json",
            plain.replace(":7", ":9223372036854775808").into_bytes(),
        ),
    ] {
        for path in [VALIDATE, BOOK] {
            let answer = door.post(path, content_type, &body).await;
            assert_eq!(
                answer.status,
                400,
                "{path} {content_type} {}",
                String::from_utf8_lossy(&body)
            );
        }
    }
    assert!(door.arrived().is_empty());
}

#[tokio::test]
async fn in_fields_without_their_names() {
    let door = Door::open().await;
    let times = r#""2026-11-26T10:00:00Z","2026-11-26T11:00:00Z""#;
    for body in [
        format!("[7,{times},[]]"),
        format!("[8,7,{times},[]]"),
        format!(" [7,{times},[]]"),
    ] {
        for path in [VALIDATE, BOOK] {
            let answer = door.post(path, "application/json", &body).await;
            assert_eq!(answer.status, 400, "{path} {body}: {answer:?}");
        }
    }
    let signed_in = door
        .post("/session", "application/json", r#"["A-1","1990-01-01"]"#)
        .await;
    assert_eq!(
        (signed_in.status, signed_in.header("set-cookie")),
        (400, ""),
        "{signed_in:?}"
    );
    assert!(door.arrived().is_empty());
}

#[tokio::test]
async fn whoever_says_none_books_for_themselves() {
    let door = Door::open().await;
    assert_eq!(
        door.post(VALIDATE, "application/json", wish("")).await.status,
        200
    );
    let booked = door.post(BOOK, "application/json", wish("")).await;
    assert_eq!(booked.status, 200, "{booked:?}");
    let arrived = door.only_ours_arrived("booking");
    let for_her = arrived
        .iter()
        .filter(|arrival| arrival.body.contains("\"customerId\":7"));
    assert_eq!(
        for_her.count(),
        3,
        "validated, validated again at booking, booked: {arrived:?}"
    );
}
