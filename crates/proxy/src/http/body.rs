//! A request's body is small, and all of it is here before anybody works on it: a slow sender holds a connection for a
//! while, and nothing else.

use std::sync::Arc;

use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use booking::FailureKind;
use bytes::Bytes;

use super::error::Trouble;
use super::framing::last;
use super::webhook;
use crate::house::House;

/// No request of ours is longer; of others' only what the upstream tells.
const LARGEST: usize = 16 << 10;

pub(super) async fn whole<F>(house: Arc<House>, request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    if request.body().is_end_stream() {
        return next(request).await;
    }
    let version = request.version();
    let most = if request.uri().path() == webhook::PATH {
        webhook::LARGEST
    } else {
        LARGEST
    };
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(house.server().doors.body, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => next(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_)) => {
            let response = next(Request::from_parts(parts, broken())).await;
            last(response, version)
        }
        Err(_) => {
            let mut response = Trouble::of(FailureKind::BadRequest).into_response();
            *response.status_mut() = StatusCode::REQUEST_TIMEOUT;
            last(response, version)
        }
    }
}

/// What cannot be read, for whoever would read it: each says so in its own way.
fn broken() -> Body {
    let why = || Err::<Bytes, _>(std::io::Error::other("too long, or cut off"));
    Body::from_stream(futures_util::stream::once(async move { why() }))
}
