//! Requests whose length two readers may see differently: one in front of the proxy, and the proxy. Whatever stands where
//! the second request would begin is never taken for one.

use super::recorder::Door;
use super::wire;
use crate::scripted::wish;

/// What a smuggler hides: seen as a request, it would be sent on as `/bookable/4711`.
const HIDDEN: &str =
    "GET /api/v1/appointments/bookable/4711 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
const PATH: &str = "POST /api/v1/appointments/bookable/validate";

/// A keep-alive request with these lines of a length, then this; what the proxy makes of it.
async fn nothing_hidden_is_seen(door: &Door, lines: &str, rest: &str) {
    let (address, cookie) = (door.stage.address, &door.cookie);
    let request = format!(
        "{PATH} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nCookie: frontdesk={cookie}\r\n\
         Content-Type: application/json\r\n{lines}\r\n{rest}"
    );
    let replies = wire::send(address, &request).await;
    assert!(
        replies.len() <= 1,
        "{lines:?}: two requests were seen: {replies:?}"
    );
    for reply in &replies {
        assert!((400..500).contains(&reply.status), "{lines:?}: {reply:?}");
    }
    assert!(door.arrived().is_empty(), "{lines:?}");
}

#[tokio::test]
async fn two_lengths_are_none() {
    let door = Door::open().await;
    let hidden = HIDDEN.len();
    let chunked = format!("0\r\n\r\n{HIDDEN}");
    for lines in [
        format!("Content-Length: {hidden}\r\nTransfer-Encoding: chunked\r\n"),
        format!("Transfer-Encoding: chunked\r\nContent-Length: {hidden}\r\n"),
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n".to_owned(),
        "Transfer-Encoding: chunked\r\n".to_owned(),
    ] {
        nothing_hidden_is_seen(&door, &lines, &chunked).await;
    }
    for lines in [
        format!("Content-Length: 0\r\nContent-Length: {hidden}\r\n"),
        format!("Content-Length: {hidden}\r\nContent-Length: 0\r\n"),
        format!("Content-Length: 0, {hidden}\r\n"),
        "Content-Length: +0\r\n".to_owned(),
        "Content-Length: -1\r\n".to_owned(),
        "Content-Length: 0x0\r\n".to_owned(),
        "Content-Length: 0 0\r\n".to_owned(),
        "Content-Length: 18446744073709551616\r\n".to_owned(),
        "Content-Length: \r\n".to_owned(),
        "Content-Length : 0\r\n".to_owned(),
        " Content-Length: 0\r\n".to_owned(),
        "Content-Length:\r\n 0\r\n".to_owned(),
    ] {
        nothing_hidden_is_seen(&door, &lines, HIDDEN).await;
    }
}

#[tokio::test]
async fn a_transfer_encoding_is_refused_however_it_is_written() {
    let door = Door::open().await;
    let chunked = format!("0\r\n\r\n{HIDDEN}");
    for value in [
        "chunked",
        "Chunked",
        " chunked",
        "\tchunked",
        "chunked ",
        "xchunked",
        "x-chunked",
        "chunked, identity",
        "identity, chunked",
        "gzip, chunked",
        "chunked, chunked",
        "identity",
        "\"chunked\"",
        "chunked;q=1",
        "chunked\r\nTransfer-Encoding: identity",
        "identity\r\nTransfer-Encoding: chunked",
        "\r\n chunked",
        "\x0bchunked",
        "",
    ] {
        nothing_hidden_is_seen(&door, &format!("Transfer-Encoding:{value}\r\n"), &chunked).await;
        let both = format!("Content-Length: 5\r\nTransfer-Encoding: {value}\r\n");
        nothing_hidden_is_seen(&door, &both, &chunked).await;
    }
    for name in [
        "Transfer-Encoding ",
        "Transfer\x0b-Encoding",
        " Transfer-Encoding",
        "Transfer-Encoding\0",
    ] {
        let both = format!("Content-Length: 0\r\n{name}: chunked\r\n");
        nothing_hidden_is_seen(&door, &both, HIDDEN).await;
    }
}

#[tokio::test]
async fn chunks_that_two_readers_count_differently_are_never_counted() {
    let door = Door::open().await;
    for chunks in [
        "0;ext=\"\r\n\r\n",
        "0;\n\r\n",
        "00000000000000000000\r\n\r\n",
        "ffffffffffffffff\r\n",
        "0x0\r\n\r\n",
        "-1\r\n\r\n",
        "+0\r\n\r\n",
        "0 \r\n\r\n",
        "0\n\n",
        "0\r\nContent-Length: 5\r\n\r\n",
        "1\r\nZZ\r\n0\r\n\r\n",
    ] {
        nothing_hidden_is_seen(
            &door,
            "Transfer-Encoding: chunked\r\n",
            &format!("{chunks}{HIDDEN}"),
        )
        .await;
    }
}

/// A wish of Ada's, with its body in these chunks; whatever stands behind it is hidden.
fn in_chunks(door: &Door, lines: &str, chunks: &[&str]) -> String {
    let head = door.head(PATH).replace("Connection: close\r\n", "");
    let sized = |chunk: &&str| format!("{:x}\r\n{chunk}\r\n", chunk.len());
    let body: String = chunks.iter().map(sized).collect();
    format!("{head}Content-Type: application/json\r\n{lines}\r\n{body}0\r\n\r\n{HIDDEN}")
}

#[tokio::test]
async fn a_body_in_chunks_is_read_whole_and_is_the_last_of_its_connection() {
    let door = Door::open().await;
    let sent = wish().to_string();
    let (first, second) = sent.split_at(7);
    for lines in [
        "Transfer-Encoding: chunked\r\n",
        "transfer-encoding: Chunked\r\n",
        // The length counts for nothing, as it ought to where there are chunks.
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
    ] {
        for chunks in [&[sent.as_str()][..], &[first, second]] {
            let reply = wire::ask(door.stage.address, in_chunks(&door, lines, chunks)).await;
            assert_eq!(reply.status, 200, "{lines:?}: {reply:?}");
            assert_eq!(reply.header("connection"), "close", "{lines:?}");
            let arrived = door.only_ours_arrived(lines);
            assert_eq!(arrived.len(), 1, "{lines:?}: {arrived:?}");
        }
    }
}

#[tokio::test]
async fn a_body_in_chunks_has_the_bounds_of_any_other() {
    let door = Door::open().await;
    let line = "Transfer-Encoding: chunked\r\n";
    let long = format!("{}{}", " ".repeat(20 << 10), wish());
    let reply = wire::ask(door.stage.address, in_chunks(&door, line, &[&long])).await;
    assert_eq!(reply.status, 400, "{reply:?}");
    let packed = format!("Content-Encoding: gzip\r\n{line}");
    let reply = wire::ask(door.stage.address, in_chunks(&door, &packed, &["{}"])).await;
    assert_eq!(reply.status, 415, "{reply:?}");
    assert!(door.arrived().is_empty());
}

#[tokio::test]
async fn a_webhook_may_come_in_chunks_and_is_the_last_of_its_connection() {
    let key = "a-key-of-webhooks";
    let door = Door::open_with(|settings| settings.webhook.key = Some(key.into())).await;
    let address = door.stage.address;
    let webhook = format!(
        "POST /webhooks/perfectgym HTTP/1.1\r\nHost: {address}\r\nX-Api-Key: {key}\r\nTransfer-Encoding: chunked\r\n\r\n\
         2\r\n{{}}\r\n0\r\n\r\n"
    );
    let reply = wire::ask(address, format!("{webhook}{HIDDEN}")).await;
    assert_eq!(reply.status, 204, "{reply:?}");
    assert!(door.arrived().is_empty());
}

#[tokio::test]
async fn a_length_for_a_read_is_refused_and_what_follows_is_not_a_request() {
    let door = Door::open().await;
    let address = door.stage.address;
    for line in [
        "GET /api/v1/appointments/bookable/7",
        "GET /api/v1/appointments/booking",
        "DELETE /api/v1/appointments/booking/5",
    ] {
        let head = door.head(line).replace("Connection: close\r\n", "");
        let request = format!(
            "{head}Content-Length: {}\r\n\r\n{HIDDEN}GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            HIDDEN.len()
        );
        for reply in wire::send(address, request).await {
            assert!(
                reply.status == 400 || reply.body == r#"{"status":"ok"}"#,
                "{line}: {reply:?}"
            );
        }
        assert!(door.arrived().is_empty(), "{line}");
    }
}

#[tokio::test]
async fn a_request_line_with_more_in_it_is_refused() {
    let door = Door::open().await;
    let address = door.stage.address;
    for line in [
        "GET  /healthz HTTP/1.1",
        "GET /healthz  HTTP/1.1",
        "GET\t/healthz HTTP/1.1",
        "GET /healthz HTTP/1.1 HTTP/1.1",
        "GET /healthz HTTP/9.9",
        "GET /healthz http/1.1",
        "GET /healthz",
        "G\u{e9}T /healthz HTTP/1.1",
        "GET /heal\0thz HTTP/1.1",
        "GET /heal thz HTTP/1.1",
        "",
    ] {
        let request = format!("{line}\r\nHost: x\r\nConnection: close\r\n\r\n");
        for reply in wire::send(address, request).await {
            assert_eq!(reply.status, 400, "{line:?}: {reply:?}");
        }
    }
}

#[tokio::test]
async fn requests_one_after_the_other_are_answered_each_by_its_own() {
    let door = Door::open().await;
    let address = door.stage.address;
    let own = door.head("GET /session").replace("Connection: close\r\n", "");
    let strangers = format!("GET /session HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let last = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let replies = wire::send(address, format!("{own}\r\n{strangers}{own}\r\n{last}")).await;
    let bodies: Vec<&str> = replies.iter().map(|reply| reply.body.as_str()).collect();
    let (ada, nobody) = (r#"{"signedIn":true,"firstName":"Ada"}"#, r#"{"signedIn":false}"#);
    assert_eq!(
        bodies,
        [ada, nobody, ada, r#"{"status":"ok"}"#],
        "no cookie outlives its request"
    );
}
