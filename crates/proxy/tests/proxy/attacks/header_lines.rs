//! Line breaks in what is echoed or sent on: no header of ours, and none of the upstream's, can be made by a browser.

use super::recorder::Door;
use super::wire;

/// What stands in an attack's line.
const MARK: &str = "x-evil";

/// Values as they stand on the wire: bare CR, bare LF, a folded line, NUL, and what some decoders make of one.
const VALUES: &[&[u8]] = &[
    b"de\rX-Evil: 1",
    b"de\r\n X-Evil: 1",
    b"de\r\n\tX-Evil: 1",
    b"de\0X-Evil: 1",
    b"de\x0bX-Evil: 1",
    b"de\x1b[2KX-Evil: 1",
    b"de%0d%0aX-Evil: 1",
    b"de\\r\\nX-Evil: 1",
    b"de\xe5\x98\x8a\xe5\x98\x8dX-Evil: 1",
    b"de\xc4\x8d\xc4\x8aX-Evil: 1",
    b"de\xff\xfeX-Evil: 1",
];

#[tokio::test]
async fn no_value_becomes_a_line_of_the_upstreams_or_of_an_answer() {
    let door = Door::open().await;
    for name in [
        "Accept-Language",
        "Idempotency-Key",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "X-Request-Id",
        "User-Agent",
        "Referer",
        "If-None-Match",
        "Range",
    ] {
        for value in VALUES {
            for line in [
                "GET /api/v1/appointments/bookable/7/slots",
                "GET /session",
                "GET /",
            ] {
                let head = door.head(line);
                let request = [head.as_bytes(), name.as_bytes(), b": ", value, b"\r\n\r\n"].concat();
                for reply in wire::send(door.stage.address, request).await {
                    let head = reply.head.to_ascii_lowercase();
                    assert!(
                        !head.contains(MARK),
                        "{name} {}: {reply:?}",
                        String::from_utf8_lossy(value)
                    );
                }
                for arrival in door.only_ours_arrived(name) {
                    assert!(!arrival.headers.contains_key(MARK), "{arrival:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_bare_line_feed_makes_a_header_of_the_request_alone() {
    let door = Door::open().await;
    let head = door.head("GET /api/v1/appointments/bookable/7/slots");
    let request = format!("{head}Accept-Language: de\nX-Evil: 1\nx-api-key: mine\r\n\r\n");
    for reply in wire::send(door.stage.address, request).await {
        assert!(!reply.head.to_ascii_lowercase().contains(MARK), "{reply:?}");
    }
    for arrival in door.only_ours_arrived("a bare line feed") {
        assert_ne!(arrival.headers["x-api-key"], "mine", "{arrival:?}");
    }
}

#[tokio::test]
async fn no_address_becomes_a_line_of_an_answer() {
    let door = Door::open().await;
    let breaks = [
        "%0d%0a",
        "%0a",
        "%0d",
        "%E5%98%8A%E5%98%8D",
        "%250d%250a",
        "%u000d%u000a",
    ];
    for broken in breaks {
        for path in [
            format!("/language/de?next=/{broken}X-Evil:1"),
            format!("/language/de{broken}X-Evil:1?next=/"),
            format!("/language/de?next=/services/7?day=1{broken}X-Evil:1"),
            format!("/language/de?next=/?q=a{broken}X-Evil:1"),
            format!("/language/de?next=/?q=a%2526{broken}{broken}<script>"),
            format!("/bookings/5{broken}X-Evil:1/calendar.ics"),
            format!("/sign-in?next=/{broken}X-Evil:1"),
            format!("/{broken}X-Evil:1"),
            format!("/pictures/7{broken}X-Evil:1"),
        ] {
            let reply = door.ask(&format!("GET {path}"), "").await;
            let names = reply.names();
            assert!(
                !names.iter().any(|name| name.eq_ignore_ascii_case(MARK)),
                "{path}: {reply:?}"
            );
            assert!(reply.status < 500, "{path}: {reply:?}");
        }
    }
}

#[tokio::test]
async fn a_language_of_a_cookie_is_one_of_ours_or_none() {
    let door = Door::open().await;
    for lang in ["de\tX-Evil: 1", "<script>", "../../etc", "de-x-evil", "xx"] {
        let cookie = format!("Cookie: lang={lang}\r\n");
        let reply = door.ask("GET /", &cookie).await;
        assert!(
            ["en", "de"].contains(&reply.header("content-language")),
            "{lang}: {reply:?}"
        );
        assert!(!reply.body.contains(lang), "{lang}");
        for arrival in door.only_ours_arrived(lang) {
            let accepts = arrival.headers["accept-language"].to_str().unwrap();
            assert!(["en", "de"].contains(&accepts), "{lang}: {accepts}");
        }
    }
}
