//! A fault of our own, met by one request: its member gets an answer, with nothing of the fault in it, and everybody else
//! is served.

use std::net::SocketAddr;

use frontdesk_proxy::app::Behind;
use frontdesk_proxy::clock::Clock;
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
