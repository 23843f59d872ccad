//! Bodies that come as they are, and where two readers could see another end of them.
//!
//! Some proxies in front send on in chunks what they had with its length (tunnels, filters that look into bodies, nginx
//! where it does not wait for the whole). So a body in chunks is taken, within the same bounds as any other. But a length in
//! chunks is what two readers count differently: behind one in front that reads it otherwise, one member's request would
//! begin in another's. So whatever comes behind such a body on its connection is not looked at, and but for plain `chunked`
//! no transfer encoding is taken. Where there is a length as well, the server goes by the chunks and forgets the length
//! (RFC 9112, 6.3), before this sees either: that is a body in chunks like any other, and the last of its connection.
//!
//! A packed body is small on the wire and large in memory.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Version, header};
use axum::response::{IntoResponse, Response};
use booking::FailureKind;

use super::error::Trouble;

/// Refuses a body of any other kind. What follows it on its connection is not looked at.
pub(super) async fn plain<F>(request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
    let version = request.version();
    match wrong_with(request.headers()) {
        Some(status) => last(refused(status), version),
        None if chunked => last(next(request).await, version),
        None => next(request).await,
    }
}

fn wrong_with(headers: &HeaderMap) -> Option<StatusCode> {
    let mut packings = headers.get_all(header::CONTENT_ENCODING).iter();
    if packings.any(|encoding| encoding != "identity") {
        return Some(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    let first = codings.next()?;
    let plain = first.as_bytes().eq_ignore_ascii_case(b"chunked") && codings.next().is_none();
    (!plain).then_some(StatusCode::BAD_REQUEST)
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
