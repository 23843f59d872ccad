//! Bytes on a socket, as no client library would send them.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection that is open still by then will not be closed any more. No test waits for it where all is well.
const FOR_EVER: Duration = Duration::from_secs(60);

/// One answer of a connection.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    /// Status line and headers.
    pub(super) head: String,
    pub(super) body: String,
}

impl Reply {
    /// The value of a header; empty where there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        let found = lines.find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.trim())
    }

    /// Names of all headers.
    pub(super) fn names(&self) -> Vec<&str> {
        let lines = self.head.lines().skip(1);
        lines.filter_map(|line| Some(line.split_once(':')?.0)).collect()
    }
}

/// Sends bytes on one connection, and reads answers until the proxy closes it, which it does after a refusal and after a
/// request that says `Connection: close`.
pub(super) async fn send(to: SocketAddr, bytes: impl AsRef<[u8]>) -> Vec<Reply> {
    let connection = TcpStream::connect(to).await.unwrap();
    let (mut from, mut into) = connection.into_split();
    let bytes = bytes.as_ref().to_vec();
    // Beside the reading: a proxy that has heard enough reads no further.
    let writing = tokio::spawn(async move {
        let _ = into.write_all(&bytes).await;
        into
    });
    let mut said = Vec::new();
    let read = from.read_to_end(&mut said);
    let read = tokio::time::timeout(FOR_EVER, read).await;
    assert!(read.is_ok(), "still open: {}", String::from_utf8_lossy(&said));
    drop(writing.await);
    replies(&said)
}

/// As [`send`], where there is one answer.
pub(super) async fn ask(to: SocketAddr, bytes: impl AsRef<[u8]>) -> Reply {
    let mut replies = send(to, bytes).await;
    assert_eq!(replies.len(), 1, "{replies:?}");
    replies.remove(0)
}

/// Takes apart what came on one connection.
fn replies(mut said: &[u8]) -> Vec<Reply> {
    let mut replies = Vec::new();
    while let Some(end) = said.windows(4).position(|four| four == b"\r\n\r\n") {
        let head = String::from_utf8_lossy(&said[..end]).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut reply = Reply {
            status,
            head,
            body: String::new(),
        };
        let (body, rest) = body(&reply, &said[end + 4..]);
        reply.body = String::from_utf8_lossy(&body).into_owned();
        replies.push(reply);
        said = rest;
    }
    assert!(said.is_empty(), "{}", String::from_utf8_lossy(said));
    replies
}

/// The body of an answer, and what comes after it.
fn body<'a>(reply: &Reply, after: &'a [u8]) -> (Vec<u8>, &'a [u8]) {
    if reply.header("transfer-encoding") == "chunked" {
        return chunks(after);
    }
    let length = reply.header("content-length").parse().unwrap_or(0);
    let (body, rest) = after.split_at(after.len().min(length));
    (body.to_vec(), rest)
}

fn chunks(mut after: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut body = Vec::new();
    loop {
        let end = after.windows(2).position(|two| two == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&after[..end]).unwrap(), 16).unwrap();
        let chunk = &after[end + 2..];
        body.extend_from_slice(&chunk[..size]);
        after = &chunk[size + 2..];
        if size == 0 {
            return (body, after);
        }
    }
}
