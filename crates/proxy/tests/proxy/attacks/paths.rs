//! Paths that try to reach another operation of the upstream's than the eight. Sent as they stand: a client library would
//! resolve half of them by itself.

use super::recorder::Door;
use super::wire;

/// Where they all want to go is a customer's record, which the key could read.
const TRICKS: &[&str] = &[
    "/api/v1/customers/7",
    "/api/v1/customers/by?customerNumber=A-1",
    "/api/v1/customers/search",
    "/api/v1/memberships/7",
    "/v1/appointments/bookable",
    "/v1/customers/7",
    "/api/../v1/customers/7",
    "/api/v1/appointments/../customers/7",
    "/api/v1/appointments/booking/../../customers/7",
    "/api/v1/appointments/booking/..%2f..%2fcustomers%2f7",
    "/api/v1/appointments/booking/%2e%2e/%2e%2e/customers/7",
    "/api/v1/appointments/booking/%2E%2E%2F%2E%2E%2Fcustomers%2F7",
    "/api/v1/appointments/booking/%252e%252e%252fcustomers%252f7",
    "/api/v1/appointments/booking/..%5c..%5ccustomers%5c7",
    "/api/v1/appointments/booking/..\\..\\customers\\7",
    "/api/v1/appointments/booking/%c0%ae%c0%ae/customers/7",
    "/api/v1/appointments/booking/%c0%ae%c0%ae%c0%afcustomers",
    "/api/v1/appointments/booking/%e0%80%ae%e0%80%ae",
    "/api/v1/appointments/booking/%uff0e%uff0e",
    "/api/v1/appointments/booking/7/../../../customers/7",
    "/api/v1/appointments/booking/7;/../../customers/7",
    "/api/v1/appointments/booking/7;customerId=8",
    "/api/v1/appointments;x=1/booking/7",
    "/api/v1/appointments/booking/7%00",
    "/api/v1/appointments/booking/7%00/../customers",
    "/api/v1/appointments/booking/7%0d%0aX-Evil:%201",
    "/api/v1/appointments/booking/7%20HTTP/1.1%0d%0a",
    "/api/v1/appointments/booking/7%3fcustomerId=8",
    "/api/v1/appointments/booking/7%23",
    "/api/v1/appointments/booking/+7",
    "/api/v1/appointments/booking/%2b7",
    "/api/v1/appointments/booking/%207",
    "/api/v1/appointments/booking/007",
    "/api/v1/appointments/booking/-7",
    "/api/v1/appointments/booking/7.0",
    "/api/v1/appointments/booking/7e0",
    "/api/v1/appointments/booking/0x7",
    "/api/v1/appointments/booking/%D9%A7",
    "/api/v1/appointments/booking/9223372036854775808",
    "/api/v1/appointments/booking/book",
    "/api/v1/appointments/booking/book/",
    "/api/v1/appointments/bookable/7/slots/",
    "/api/v1/appointments/bookable/7/slots/../../../customers/7",
    "/api/v1/appointments/bookable/7%2fslots%3fcustomerId=8",
    "/api/v1/appointments/bookable//7",
    "/api/v1/appointments//bookable",
    "/api//v1/customers/7",
    "//api/v1/customers/7",
    "//evil.example/api/v1/customers/7",
    "/api/v1/appointments/bookable?offset=../../customers/7",
    "/api/v1/appointments/bookable?offset=0%26customerId=8%26x=",
    "/api/v1/appointments/bookable?offset=0%23",
    "/api/v1/appointments/bookable?offset=%00%0d%0aX-Evil:1",
    "/api/v1/appointments/bookable?offset=%ff%fe",
    "/api/v1/appointments/bookable?offset=1&offset=2",
    "/api/v1/appointments/bookable/7/slots?slotWindowStartDate=2026-11-26%26customerId=8",
    "/api/v1/appointments/bookable/7/slots?daysAhead=6%26customerId%3d8",
    "/API/v1/customers/7",
    "/api/%76%31/customers/7",
    "/api%2fv1%2fcustomers%2f7",
    "/pictures/..%2f..%2fv1%2fcustomers%2f7",
    "/pictures/7/../../v1/customers/7",
    "/bookings/..%2f..%2fcustomers/calendar.ics",
    "/attempts/..%2f..%2fv1%2fcustomers",
    "/services/..%2f..%2fcustomers",
    "http://evil.example/v1/customers/7",
    "http://evil.example/api/v1/customers/7",
    "https://evil.example/api/v1/appointments/bookable/7",
    "ftp://evil.example/",
    "evil.example:443",
    "*",
];

#[tokio::test]
async fn no_path_reaches_an_operation_that_is_not_one_of_the_eight() {
    let door = Door::open().await;
    for method in [
        "GET", "DELETE", "POST", "PUT", "HEAD", "CONNECT", "OPTIONS", "TRACE", "PROPFIND",
    ] {
        for trick in TRICKS {
            let line = format!("{method} {trick}");
            let request = format!("{}Content-Length: 0\r\n\r\n", door.head(&line));
            for reply in wire::send(door.stage.address, request).await {
                assert!(reply.status < 500 || reply.status == 501, "{line}: {reply:?}");
                assert!(
                    !reply.body.contains("A-1") && !reply.body.contains("1990-01-01"),
                    "{line}: {reply:?}"
                );
            }
            let arrived = door.only_ours_arrived(&line);
            let other = arrived
                .iter()
                .find(|arrival| arrival.target.starts_with("/v1/customers"));
            assert!(other.is_none(), "{line}: {other:?}");
        }
    }
}

#[tokio::test]
async fn a_method_is_what_the_request_line_says() {
    let door = Door::open().await;
    for name in [
        "X-HTTP-Method-Override",
        "X-HTTP-Method",
        "X-Method-Override",
        "_method",
    ] {
        for line in [
            "POST /api/v1/appointments/booking/5",
            "GET /api/v1/appointments/booking/5?_method=DELETE",
        ] {
            let more = format!("{name}: DELETE\r\nContent-Length: 0\r\n");
            door.ask(line, &more).await;
            let arrived = door.only_ours_arrived(line);
            assert!(
                arrived.iter().all(|arrival| arrival.method == "GET"),
                "{name}: {arrived:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_path_in_a_header_reaches_nothing() {
    let door = Door::open().await;
    for name in [
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Forwarded-Prefix",
        "X-Forwarded-Path",
        "X-Accel-Redirect",
        "Destination",
    ] {
        door.ask(
            "GET /api/v1/appointments/bookable/7",
            &format!("{name}: /v1/customers/7\r\n"),
        )
        .await;
        let arrived = door.only_ours_arrived(name);
        assert!(
            arrived
                .iter()
                .all(|arrival| arrival.target.ends_with("/bookable/7")),
            "{arrived:?}"
        );
    }
}
