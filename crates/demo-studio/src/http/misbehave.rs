//! Does wrong to a call what the quirks say.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::Frame;

use super::error::Problem;
use crate::quirks::CallQuirk;

/// Runs the call as the quirk has it.
pub(super) async fn run(quirk: CallQuirk, request: Request, next: Next) -> Response {
    if quirk.delay_millis > 0 {
        tokio::time::sleep(Duration::from_millis(quirk.delay_millis)).await;
    }
    if let Some(status) = quirk.status {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        return Problem::Told(status).into_response();
    }
    let answer = next.run(request).await;
    if quirk.lose_answer { lost() } else { answer }
}

/// An answer whose body fails before its first byte: the server drops the connection with nothing sent.
fn lost() -> Response {
    let body = Body::new(Nothing);
    ([(CONTENT_LENGTH, "1")], body).into_response()
}

/// A body that is promised and never comes.
struct Nothing;

impl http_body::Body for Nothing {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into())))
    }
}
