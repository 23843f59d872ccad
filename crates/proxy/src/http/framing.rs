//! Bodies that say their length in bytes and come as they are. Nothing of ours sends another kind.
//!
//! A length in chunks is what two readers count differently: behind a proxy in front that reads it otherwise, one
//! member's request would begin in another's. A packed body is small on the wire and large in memory.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use booking::FailureKind;

use super::error::Trouble;

/// Who sends webhooks is no browser, and may not know a body's length before its end.
const WEBHOOKS: &str = "/webhooks/";

/// Refuses a body of any other kind. What follows it on its connection is not looked at.
pub(super) async fn plain(request: Request, next: Next) -> Response {
    let chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
    match wrong_with(request.headers()) {
        Some(status) => last(refused(status)),
        None if !chunked => next.run(request).await,
        None if request.uri().path().starts_with(WEBHOOKS) => last(next.run(request).await),
        None => last(refused(StatusCode::LENGTH_REQUIRED)),
    }
}

fn wrong_with(headers: &HeaderMap) -> Option<StatusCode> {
    let packed = headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .any(|encoding| encoding != "identity");
    packed.then_some(StatusCode::UNSUPPORTED_MEDIA_TYPE)
}

fn refused(status: StatusCode) -> Response {
    let mut refused = Trouble::of(FailureKind::BadRequest).into_response();
    *refused.status_mut() = status;
    refused
}

/// The last of its connection.
fn last(mut response: Response) -> Response {
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}
