//! One line a request: the route's template, never what filled it. Queries and bodies hold names and numbers.

use axum::extract::{MatchedPath, Request};
use axum::http::HeaderValue;
use axum::response::Response;

use super::error::Unspoken;
use crate::app::App;
use crate::clock::Stopwatch;
use crate::config::StudioName;
use crate::measure;
use crate::request_id::{self, HEADER, RequestId};

/// On an answer: which studio's it is, and for which of its addresses.
#[derive(Clone)]
struct Route {
    studio: StudioName,
    path: Option<MatchedPath>,
}

/// Says on the answer which route it is of, for whoever stands outside.
pub(super) async fn route<F>(app: &App, request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let studio = app.settings.name.clone();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next(request).await;
    response.extensions_mut().insert(Route { studio, path });
    response
}

/// Gives the request its id, and everything that is done for it.
pub(super) async fn line<F>(request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let id = id_of(&request);
    let header = HeaderValue::from_str(id.as_str());
    let mut response = request_id::under(id, written(request, next)).await;
    response
        .headers_mut()
        .extend(header.map(|id| (axum::http::HeaderName::from_static(HEADER), id)));
    response
}

/// A sound one of whoever stands before us, or a new one; so too where there are two.
fn id_of(request: &Request) -> RequestId {
    let mut given = request.headers().get_all(HEADER).iter();
    let one = given.next().filter(|_| given.next().is_none());
    let sound = one.and_then(|value| RequestId::given(value.to_str().ok()?));
    sound.unwrap_or_else(RequestId::made)
}

async fn written<F>(request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let watch = Stopwatch::start();
    let method = request.method().clone();
    let own = request.extensions().get::<MatchedPath>().cloned();
    let response = next(request).await;
    let failure = response
        .extensions()
        .get::<Unspoken>()
        .map(|Unspoken(failure)| failure);
    let (status, ms) = (response.status().as_u16(), watch.millis());
    let of = response.extensions().get::<Route>();
    let studio = of.map_or("none", |of| of.studio.as_str());
    let path = of.and_then(|of| of.path.as_ref()).or(own.as_ref());
    let route = path.map_or("page or file", MatchedPath::as_str);
    measure::answered(studio, method.as_str(), route, status, watch.elapsed());
    match failure {
        None => tracing::info!(studio, %method, route, status, ms),
        Some(failure) => {
            tracing::info!(studio, %method, route, status, ms, kind = %failure.kind, trace_id = failure.trace_id.as_deref());
        }
    }
    response
}
