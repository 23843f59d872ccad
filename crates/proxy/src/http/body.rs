//! A request's body is small, and all of it is here before anybody works on it: a slow sender holds a connection for a
//! while, and nothing else.

use std::sync::Arc;

use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use booking::FailureKind;

use super::error::Trouble;
use crate::house::House;

/// No request of ours is longer.
const LARGEST: usize = 16 << 10;

pub(super) async fn whole(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let version = request.version();
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(house.server().doors.body, to_bytes(body, LARGEST)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_)) => refused(StatusCode::BAD_REQUEST, version),
        Err(_) => refused(StatusCode::REQUEST_TIMEOUT, version),
    }
}

/// The rest of it may still come, and is not waited for.
fn refused(status: StatusCode, version: Version) -> Response {
    let mut response = Trouble::of(FailureKind::BadRequest).into_response();
    *response.status_mut() = status;
    if version <= Version::HTTP_11 {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}
