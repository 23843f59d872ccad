//! Bodies that say their length in bytes and come as they are. Nothing of ours sends another kind.
//!
//! A length in chunks is what two readers count differently: behind a proxy in front that reads it otherwise, one
//! member's request would begin in another's. A packed body is small on the wire and large in memory.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Version, header};
use axum::response::{IntoResponse, Response};
use booking::FailureKind;

use super::error::Trouble;

/// Who sends webhooks is no browser, and may not know a body's length before its end.
const WEBHOOKS: &str = "/webhooks/";

/// Refuses a body of any other kind. What follows it on its connection is not looked at.
pub(super) async fn plain<F>(request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
    let version = request.version();
    match wrong_with(request.headers()) {
        Some(status) => last(refused(status), version),
        None if !chunked => next(request).await,
        None if request.uri().path().starts_with(WEBHOOKS) => last(next(request).await, version),
        None => last(refused(StatusCode::LENGTH_REQUIRED), version),
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

/// The last of its connection: what was sent behind it may still come, and is not waited for. HTTP/2 has no such word.
pub(super) fn last(mut response: Response, version: Version) -> Response {
    if version <= Version::HTTP_11 {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}
