//! One line a request: the route's template, never what filled it. Queries and bodies hold names and numbers.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

use super::error::Unspoken;
use crate::clock::Stopwatch;

pub(super) async fn line(request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let failure = response
        .extensions()
        .get::<Unspoken>()
        .map(|Unspoken(failure)| failure);
    let (status, ms) = (response.status().as_u16(), watch.millis());
    let route = route.as_ref().map_or("page or file", MatchedPath::as_str);
    match failure {
        None => tracing::info!(%method, route, status, ms),
        Some(failure) => {
            tracing::info!(%method, route, status, ms, kind = %failure.kind, trace_id = failure.trace_id.as_deref());
        }
    }
    response
}
