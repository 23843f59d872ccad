//! Answers of the upstream's that never end, or that are small on the wire and endless unpacked.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use futures_util::StreamExt as _;
use tokio::sync::oneshot::{Receiver, Sender, channel};

use crate::support::*;

/// The bits of a deflate stream as bytes, the first bit lowest.
fn bytes_of(bits: &[u8]) -> Vec<u8> {
    let byte = |bits: &[u8]| bits.iter().enumerate().map(|(n, bit)| bit << n).sum();
    bits.chunks(8).map(byte).collect()
}

/// A gzip stream of blanks: its beginning, and 13 bytes that can be repeated for ever, each time 2,064 blanks more. One
/// block with the fixed codes: a literal blank, then copies of 258 bytes from one byte back.
fn bomb() -> (Vec<u8>, Vec<u8>) {
    let block = [0, 1, 0];
    let blank = [0, 1, 0, 1, 0, 0, 0, 0];
    let copy = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0];
    let mut start = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    start.extend(bytes_of(&[block.as_slice(), &blank, &copy].concat()));
    (start, bytes_of(&copy.repeat(8)))
}

#[test]
fn the_bomb_is_one() {
    use std::io::Read as _;
    let (start, more) = bomb();
    let packed = [start, more.repeat(1_000)].concat();
    let mut text = Vec::new();
    let _ = flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut text);
    assert!(
        text.len() > 2_000_000 && text.iter().all(|byte| *byte == b' '),
        "{}",
        text.len()
    );
}

/// Told when the answer that holds it is given up.
struct GivenUp(Option<Sender<()>>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        let _ = self.0.take().map(|sender| sender.send(()));
    }
}

/// An answer that goes on for as long as somebody reads it.
fn endless(start: Vec<u8>, more: Vec<u8>, given_up: Sender<()>) -> Body {
    let given_up = GivenUp(Some(given_up));
    let chunk = Bytes::from(more.repeat(1_000));
    let start = futures_util::stream::iter([Bytes::from(start)]);
    let all = start.chain(futures_util::stream::repeat(chunk));
    Body::from_stream(all.map(move |bytes| {
        let _ = &given_up;
        Ok::<_, Infallible>(bytes)
    }))
}

/// An upstream that answers one request with this and every other with a service, and when the one was given up.
fn upstream(path: &'static str, kind: &'static str, start: Vec<u8>, more: Vec<u8>) -> (Router, Receiver<()>) {
    let (sender, receiver) = channel();
    let sender = Arc::new(Mutex::new(Some(sender)));
    let answer = move |request: Request| {
        let packed = start.first() == Some(&0x1f);
        let asked = (request.uri().path() == path)
            .then(|| sender.lock().unwrap().take())
            .flatten();
        let (start, more) = (start.clone(), more.clone());
        async move {
            let Some(given_up) = asked else {
                return service();
            };
            let mut response =
                ([(header::CONTENT_TYPE, kind)], endless(start, more, given_up)).into_response();
            if packed {
                response
                    .headers_mut()
                    .insert(header::CONTENT_ENCODING, "gzip".parse().unwrap());
            }
            response
        }
    };
    (Router::new().fallback(answer), receiver)
}

fn service() -> Response {
    axum::Json(serde_json::json!({ "id": 7, "title": "Massage", "imgUrl": "/picture" })).into_response()
}

#[tokio::test]
async fn an_answer_that_unpacks_without_end_is_given_up() {
    let (start, more) = bomb();
    let (upstream, given_up) = upstream("/v1/appointments/bookable", "application/json", start, more);
    let stage = in_front_of(upstream).await;
    let answer = stage.browser().get(BOOKABLE).await;
    assert_eq!((answer.status, answer.kind().as_str()), (502, "UNREADABLE"));
    given_up.await.expect("the upstream's answer was let go of");
    assert_eq!(stage.browser().get("/healthz").await.status, 200);
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let (upstream, given_up) = upstream(
        "/v1/appointments/bookable/8",
        "application/json",
        b"[".to_vec(),
        b"{},".to_vec(),
    );
    let stage = in_front_of(upstream).await;
    let answer = stage.browser().get("/api/v1/appointments/bookable/8").await;
    assert_eq!((answer.status, answer.kind().as_str()), (502, "UNREADABLE"));
    given_up.await.expect("the upstream's answer was let go of");
}

#[tokio::test]
async fn a_picture_without_end_is_no_picture() {
    let (start, more) = bomb();
    let (upstream, given_up) = upstream("/picture", "image/svg+xml", start, more);
    let stage = in_front_of(upstream).await;
    assert_eq!(stage.browser().get("/pictures/7").await.status, 404);
    given_up.await.expect("the picture was let go of");
}

#[tokio::test]
async fn an_answer_that_is_deeper_than_any_stack_is_unreadable() {
    let upstream = Router::new().fallback(|request: Request| async move {
        let deep = "[".repeat(1_000_000);
        let slice = format!("{{\"result\":{deep}");
        if request.uri().path().ends_with("/booking") {
            deep
        } else {
            slice
        }
    });
    let stage = in_front_of(upstream).await;
    for path in [
        BOOKABLE,
        "/api/v1/appointments/bookable/7",
        "/api/v1/appointments/bookable/7/slots",
    ] {
        let answer = stage.browser().get(path).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (502, "UNREADABLE"),
            "{path}"
        );
    }
}
