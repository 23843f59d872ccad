//! Clients that take their time: each is closed after a while, and none keeps another waiting.

use std::net::SocketAddr;
use std::time::Duration;

use frontdesk_proxy::config::Settings;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::*;

const SOON: Duration = Duration::from_millis(100);
/// Only a proxy that never does it takes as long.
const NEVER: Duration = Duration::from_secs(30);

/// A stage where nothing but what a test shortens is short.
async fn patient_but(change: impl FnOnce(&mut frontdesk_proxy::config::Doors)) -> Stage {
    stage_with(|settings: &mut Settings| {
        let doors = &mut settings.server.doors;
        (doors.head, doors.idle, doors.body, doors.stall) = (NEVER * 4, NEVER * 4, NEVER * 4, NEVER * 4);
        change(doors);
    })
    .await
}

async fn say(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// Everything until the proxy closes the connection.
async fn until_closed(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let read = timeout(NEVER, stream.read_to_end(&mut said))
        .await
        .expect("it is closed");
    // A connection that is reset is closed as well.
    let _ = read;
    String::from_utf8_lossy(&said).into_owned()
}

/// One answer, by its length.
async fn answer(stream: &mut TcpStream) -> String {
    let mut said = String::new();
    let mut byte = [0];
    while !said.ends_with("\r\n\r\n") {
        timeout(NEVER, stream.read_exact(&mut byte))
            .await
            .unwrap()
            .unwrap();
        said.push(char::from(byte[0]));
    }
    let length = said
        .to_ascii_lowercase()
        .split("content-length: ")
        .nth(1)
        .unwrap()
        .split("\r\n")
        .next()
        .unwrap()
        .to_owned();
    let mut body = vec![0; length.parse().unwrap()];
    timeout(NEVER, stream.read_exact(&mut body))
        .await
        .unwrap()
        .unwrap();
    said
}

const ALIVE: &str = "GET /healthz HTTP/1.1\r\nHost: a.example\r\n\r\n";

#[tokio::test]
async fn a_head_that_does_not_end_is_not_waited_for() {
    let stage = patient_but(|doors| doors.head = SOON).await;
    for begun in ["", "G", "GET / HTTP/1.1\r\nHost: a.example\r\nX-Slow: "] {
        let mut slow = say(stage.address, begun).await;
        assert!(!until_closed(&mut slow).await.contains("200 OK"), "{begun:?}");
    }
}

#[tokio::test]
async fn a_connection_that_was_used_is_idle_for_a_while_only() {
    let stage = patient_but(|doors| doors.idle = SOON).await;
    for next in ["", "GET / HTTP/1.1\r\nHost"] {
        let mut used = say(stage.address, ALIVE).await;
        assert!(answer(&mut used).await.starts_with("HTTP/1.1 200"));
        used.write_all(next.as_bytes()).await.unwrap();
        assert!(!until_closed(&mut used).await.contains("200 OK"), "{next:?}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_end_is_not_waited_for() {
    let stage = patient_but(|doors| doors.body = SOON).await;
    let head = |length: &str, begun: &str| {
        format!(
            "POST /session HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nContent-Type: application/json\r\n{length}\r\n\r\n{begun}",
            stage.address
        )
    };
    for (length, begun) in [("Content-Length: 60", ""), ("Content-Length: 60", "{")] {
        let said = until_closed(&mut say(stage.address, &head(length, begun)).await).await;
        assert!(
            said.starts_with("HTTP/1.1 408") || said.is_empty(),
            "{length}: {said}"
        );
    }
}

#[tokio::test]
async fn a_body_or_a_head_that_is_too_large_is_refused() {
    let stage = stage().await;
    let host = stage.address;
    let body = format!(
        "POST /session HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 99999\r\n\r\n{}",
        "a".repeat(40_000)
    );
    assert!(
        until_closed(&mut say(host, &body).await)
            .await
            .starts_with("HTTP/1.1 400")
    );
    let line = format!("GET /?{} HTTP/1.1\r\nHost: {host}\r\n\r\n", "a".repeat(17 << 10));
    let heads = format!(
        "GET / HTTP/1.1\r\nHost: {host}\r\n{}\r\n",
        "X-A: 1\r\n".repeat(120)
    );
    for head in [line, heads] {
        let said = until_closed(&mut say(host, &head).await).await;
        assert!(
            said.starts_with("HTTP/1.1 431") || said.starts_with("HTTP/1.1 414"),
            "{said}"
        );
    }
    assert_eq!(stage.browser().get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_reader_that_takes_nothing_is_closed() {
    let stage = patient_but(|doors| doors.stall = SOON).await;
    std::fs::write(stage.folder.path().join("dist/large.bin"), vec![7; 1 << 20]).unwrap();
    let mut deaf = TcpStream::connect(stage.address).await.unwrap();
    let asks = format!("GET /large.bin HTTP/1.1\r\nHost: {}\r\n\r\n", stage.address).repeat(64);
    // It asks for more than all buffers on the way hold, and reads none of it.
    let asking = async {
        loop {
            if deaf.write_all(asks.as_bytes()).await.is_err() {
                return;
            }
        }
    };
    timeout(NEVER, asking).await.expect("it is closed");
}

#[tokio::test]
async fn beyond_the_most_connections_the_next_waits_for_a_place() {
    let stage = patient_but(|doors| doors.connections = 2).await;
    let mut held = [say(stage.address, ALIVE).await, say(stage.address, ALIVE).await];
    for stream in &mut held {
        assert!(answer(stream).await.contains("200 OK"));
    }
    let mut third = say(stage.address, ALIVE).await;
    drop(held);
    assert!(answer(&mut third).await.contains("200 OK"));
}

#[tokio::test]
async fn a_connection_that_says_nothing_does_not_keep_a_process_that_is_to_end() {
    let folder = folder();
    let upstream = listen(axum::Router::new().fallback(|| async {})).await;
    let proxy = frontdesk_proxy::serve::open(
        settings_for(&folder, upstream),
        false,
        frontdesk_proxy::clock::Clock::system(),
    );
    let proxy = match proxy.await {
        Ok(proxy) => proxy,
        Err(error) => panic!("{error}"),
    };
    let address = proxy.address();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let task = tokio::spawn(proxy.serve(async { ended.await.unwrap_or_default() }));
    let mut idle = say(address, ALIVE).await;
    assert!(answer(&mut idle).await.contains("200 OK"));
    let mut silent = say(address, "").await;
    end.send(()).unwrap();
    assert_eq!(until_closed(&mut idle).await, "");
    assert_eq!(until_closed(&mut silent).await, "");
    timeout(NEVER, task).await.expect("it ends").unwrap().unwrap();
}
