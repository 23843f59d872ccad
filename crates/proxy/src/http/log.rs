//! One line a request: the route's template, never what filled it. Queries and bodies hold names and numbers.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::error::Unspoken;
use crate::app::App;
use crate::clock::Stopwatch;
use crate::config::StudioName;

/// On an answer: which studio's it is, and for which of its addresses.
#[derive(Clone)]
struct Route {
    studio: StudioName,
    path: Option<MatchedPath>,
}

/// Says on the answer which route it is of, for whoever stands outside.
pub(super) async fn route(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let studio = app.settings.name.clone();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    response.extensions_mut().insert(Route { studio, path });
    response
}

pub(super) async fn line(request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let method = request.method().clone();
    let response = next.run(request).await;
    let failure = response
        .extensions()
        .get::<Unspoken>()
        .map(|Unspoken(failure)| failure);
    let (status, ms) = (response.status().as_u16(), watch.millis());
    let of = response.extensions().get::<Route>();
    let studio = of.map_or("none", |of| of.studio.as_str());
    let route = of
        .and_then(|of| of.path.as_ref())
        .map_or("page or file", MatchedPath::as_str);
    match failure {
        None => tracing::info!(studio, %method, route, status, ms),
        Some(failure) => {
            tracing::info!(studio, %method, route, status, ms, kind = %failure.kind, trace_id = failure.trace_id.as_deref());
        }
    }
    response
}
