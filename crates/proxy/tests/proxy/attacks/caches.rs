//! What one request leaves behind for the next: nothing of its headers, and nothing of a member's in a cache on the way.

use super::recorder::Door;
use super::wire;

#[tokio::test]
async fn no_header_of_one_request_is_in_the_page_of_another() {
    let door = Door::open().await;
    let address = door.stage.address;
    for path in ["/", "/services/7", "/sign-in", "/bookings", "/nowhere"] {
        let plain = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        let poison = format!(
            "GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\nX-Forwarded-Host: evil.example\r\n\
             X-Forwarded-Proto: evil\r\nX-Forwarded-For: evil.example\r\nX-Forwarded-Port: 666\r\n\
             X-Original-Host: evil.example\r\nForwarded: host=evil.example\r\nX-Host: evil.example\r\n\
             Referer: https://evil.example/\r\nOrigin: https://evil.example\r\nUser-Agent: evil\r\n\
             Accept-Language: en, evil;q=0.5\r\n\r\n"
        );
        let poisoned = wire::ask(address, poison).await;
        assert!(
            !poisoned.head.contains("evil") && !poisoned.body.contains("evil"),
            "{path}: {poisoned:?}"
        );
        let after = wire::ask(address, plain).await;
        assert!(!after.body.contains("evil"), "{path}");
        assert_eq!(after.status, poisoned.status, "{path}");
    }
}

#[tokio::test]
async fn a_page_says_what_it_depends_on_and_holds_nobody() {
    let door = Door::open().await;
    for path in ["/", "/services/7", "/sign-in", "/bookings", "/bookings/5"] {
        let page = door.ask(&format!("GET {path}"), "").await;
        for on in ["Accept-Encoding", "Accept-Language", "Cookie"] {
            assert!(page.header("vary").contains(on), "{path}: {page:?}");
        }
        assert!(
            !page.body.contains("Ada") && page.header("set-cookie").is_empty(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn nothing_of_a_members_may_be_kept_on_the_way_whatever_its_address_ends_in() {
    let door = Door::open().await;
    for path in [
        "/session",
        "/api/v1/appointments/booking",
        "/api/v1/appointments/booking/5",
        "/bookings/5/calendar.ics",
    ] {
        let own = door.ask(&format!("GET {path}"), "").await;
        assert_eq!(
            (own.status, own.header("cache-control")),
            (200, "no-store"),
            "{path}: {own:?}"
        );
        for ending in [
            "/x.css",
            "/x.js",
            ";x.css",
            "%2fx.css",
            "%00.css",
            ".css",
            "?x.css",
            "%23.css",
            "%3f.css",
            "/..%2fx.css",
            "/%2e%2e/frontdesk-0123456789abcdef.js",
        ] {
            let odd = door.ask(&format!("GET {path}{ending}"), "").await;
            let members = odd.body.contains("Ada") || odd.body.contains("Massage");
            assert!(
                !members || odd.header("cache-control") == "no-store",
                "{path}{ending}: {odd:?}"
            );
        }
    }
}

#[tokio::test]
async fn no_address_leads_to_another_site() {
    let door = Door::open().await;
    for next in [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "////evil.example/..",
        "/\\evil.example",
        "\\\\evil.example",
        "/%5cevil.example",
        "/%2fevil.example",
        "/%09/evil.example",
        "%2f%2fevil.example",
        "https:evil.example",
        "https:/evil.example",
        "HTTPS://evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/services/7@evil.example",
        "@evil.example",
        ".evil.example",
        "/bookings//evil.example",
        "/..//evil.example",
        "/sign-in?next=//evil.example",
        "/sign-in%3fnext=%2f%2fevil.example",
        "%00//evil.example",
        "%20//evil.example",
    ] {
        let switch = door.ask(&format!("GET /language/de?next={next}"), "").await;
        leads_home(&switch, next);
        let form = |filled| {
            let path = format!("/sign-in?next={next}");
            let door = &door;
            async move {
                door.post(&path, "application/x-www-form-urlencoded", filled)
                    .await
            }
        };
        leads_home(&form("number=A-1&birth-date=1990-01-01").await, next);
        let once_more = form("number=&birth-date=").await;
        assert_eq!(once_more.status, 422, "{next}: {once_more:?}");
        links_home(&once_more, next);
    }
}

/// Every link and form of a page is of our own pages, as we write their addresses.
fn links_home(reply: &wire::Reply, next: &str) {
    let after = ["href=\"", "action=\""].map(|name| reply.body.split(name).skip(1));
    let targets: Vec<&str> = after
        .into_iter()
        .flatten()
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(targets.len() > 4, "{next}: {reply:?}");
    for target in targets {
        let written = target.split('?').next().unwrap_or_default();
        let ours = target.starts_with('#') || target.starts_with('/') && !target.starts_with("//");
        assert!(
            ours && !written.contains("evil") && !target.contains('\\'),
            "{next}: {target}"
        );
    }
}

/// To one of our own pages, as we write its address.
fn leads_home(reply: &wire::Reply, next: &str) {
    let location = reply.header("location");
    let ours = location == "/"
        || location.starts_with("/sign-in")
        || location.starts_with("/services/")
        || location.starts_with("/bookings");
    assert!(reply.status == 303 && ours, "{next}: {reply:?}");
    let written = location.split('?').next().unwrap_or_default();
    assert!(
        !written.contains("evil") && !location.contains('\\'),
        "{next}: {location}"
    );
    assert!(
        !location.contains("//") && !location.contains("%2F%2Fevil"),
        "{next}: {location}"
    );
}
