//! A fault of our own, met by one request: its member gets an answer, with nothing of the fault in it, and everybody else
//! is served.

use std::net::SocketAddr;

use frontdesk_proxy::app::Behind;
use frontdesk_proxy::clock::Clock;
use frontdesk_proxy::config::LogForm;
use frontdesk_proxy::house::House;
use frontdesk_proxy::http::front;

use super::wire;
use crate::scripted::Scripted;
use crate::support::*;

/// A proxy that breaks off whenever it draws a page.
async fn broken() -> (SocketAddr, tempfile::TempDir) {
    let folder = folder();
    let upstream = listen_to_keys(Scripted::new().router()).await;
    let settings = settings_for(&folder, upstream);
    let behind = Behind {
        upstream: settings.upstream.clone().unwrap(),
        demo: |_| panic!("planted {KEY}"),
        contact: booking::StudioContact::default(),
        zone: None,
    };
    let house = House::before(settings, behind, Clock::standing_at(monday()))
        .await
        .unwrap();
    let service = front(std::sync::Arc::new(house)).into_make_service_with_connect_info::<SocketAddr>();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    (address, folder)
}

#[tokio::test]
async fn a_request_that_meets_a_fault_is_answered_and_the_next_is_served() {
    let (address, _folder) = broken().await;
    let page = format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let healthy = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let replies = wire::send(address, format!("{page}{healthy}")).await;
    let statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
    assert_eq!(statuses, [500, 200], "{replies:?}");
    assert!(replies[0].body.contains("\"kind\":\"INTERNAL\""), "{replies:?}");
    assert!(
        !replies[0].body.contains("planted") && !replies[0].head.contains("planted"),
        "{replies:?}"
    );
    assert_eq!(replies[0].header("x-frame-options"), "DENY", "{replies:?}");
}

/// Set for the process that meets the fault, which is this test once more.
const MEETS: &str = "FRONTDESK_TEST_MEETS_A_FAULT";
const ITSELF: &str = "attacks::panics::a_fault_is_a_line_of_the_log_with_where_it_was_and_no_value";

/// Faults as a library or the language has them: with a key, and with a member's name.
fn meets_faults() {
    frontdesk_proxy::log::start(LogForm::Json);
    let name = String::from("Plänted Müller");
    for meet in [
        || panic!("planted {}", std::hint::black_box(KEY)),
        || panic!("it is never so"),
    ] {
        let _ = std::thread::spawn(meet).join();
    }
    let _ = std::thread::spawn(move || drop(name[..3].to_owned())).join();
}

#[test]
fn a_fault_is_a_line_of_the_log_with_where_it_was_and_no_value() {
    if std::env::var_os(MEETS).is_some() {
        return meets_faults();
    }
    let mut process = std::process::Command::new(std::env::current_exe().unwrap());
    process
        .args(["--exact", ITSELF])
        .env(MEETS, "yes")
        .env_remove("RUST_LOG");
    let ended = process.env_remove("RUST_BACKTRACE").output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    let lines: Vec<serde_json::Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line:?}")))
        .collect();
    let says: Vec<_> = lines.iter().map(|line| line["says"].as_str().unwrap()).collect();
    let [formatted, plain, of_the_language] = says[..] else {
        panic!("{said}");
    };
    assert!(formatted.ends_with("left out"), "{said}");
    assert_eq!(plain, "it is never so");
    assert!(of_the_language.ends_with("byte index"), "{said}");
    for line in &lines {
        assert!(
            line["at"].as_str().unwrap().contains("panics.rs:") && line["level"] == "ERROR",
            "{line}"
        );
    }
    assert!(!said.contains("planted") && !said.contains("Pl"), "{said}");
}
