//! What stands before the studios: it says that the process lives, and hands each request to the studio it is for.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use booking::FailureKind;
use futures_util::FutureExt as _;
use tower::ServiceExt as _;
use utoipa::openapi::schema::ObjectBuilder;

use super::error::{Trouble, speak};
use super::offer::Offer;
use super::openapi::{Told, Whom, path, text, word};
use super::{body, framing, guard, host, log, operator};
use crate::house::House;

/// The whole proxy.
pub fn front(house: Arc<House>) -> Router {
    let (router, _) = offer().into_parts();
    router
        .fallback(to_its_studio)
        .layer(from_fn_with_state(Arc::clone(&house), around))
        .with_state(house)
}

/// What is to be said of what no studio answers.
pub(super) fn told() -> Vec<Told> {
    offer().into_parts().1
}

fn offer() -> Offer<Arc<House>> {
    let status = ObjectBuilder::new().property("status", word("^ok$"));
    let health = Told::get("/healthz", "health", "Whether this process serves.")
        .gives_a(200, status.required("status").into());
    let ready = Told::get("/readyz", "ready", "Whether members can be served here.")
        .gives_a(200, operator::readiness())
        .gives_a(503, operator::readiness());
    let of_one = Told::get("/readyz/{studio}", "readyOf", "Whether one studio's can.")
        .takes(path("studio", word("^[a-z0-9-]{1,40}$")))
        .gives_a(200, operator::readiness())
        .gives_a(503, operator::readiness())
        .fails(&[404]);
    let figures = Told::get("/metrics", "figures", "Figures, for whoever may see them.")
        .to(Whom::Operator)
        .answers(200, text("text/plain"))
        .fails(&[404]);
    Offer::new()
        .serve(health, healthy)
        .serve(ready, operator::ready)
        .serve(of_one, operator::ready_of)
        .serve(figures, operator::figures)
}

/// What is around every request, the innermost first. One layer and not one for each: a layer costs every request a copy
/// of all that is within it.
async fn around(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let within = |request| body::whole(house, request, |request| next.run(request));
    let within = |request| framing::plain(request, within);
    let within = |request| unbroken(request, within);
    let within = |request| speak(request, within);
    let within = |request| guard::least_headers(request, within);
    log::line(request, within).await
}

/// By the host that is asked for. One that is nobody's gets no page of anybody's.
async fn to_its_studio(State(house): State<Arc<House>>, request: Request) -> Response {
    let Ok(host) = host::asked(request.uri(), request.headers()) else {
        return Trouble::of(FailureKind::BadRequest).into_response();
    };
    let Some(studio) = house.studio(host.as_deref()) else {
        return nobody();
    };
    let Ok(response) = studio.router.clone().oneshot(request).await;
    response
}

fn nobody() -> Response {
    let mut response = Trouble::of(FailureKind::NotFound).into_response();
    *response.status_mut() = StatusCode::MISDIRECTED_REQUEST;
    response
}

/// A fault of our own is one request's: it gets an answer, and the rest of its connection is served. Where it was stands
/// in the log; what it said may be anything, and goes no further.
async fn unbroken<F>(request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let answer = AssertUnwindSafe(async { next(request).await })
        .catch_unwind()
        .await;
    answer.unwrap_or_else(|_| Trouble::of(FailureKind::Internal).into_response())
}

/// Says that this process serves. What the upstream does is not this process's health.
async fn healthy() -> Json<serde_json::Value> {
    Json(serde_json::json!({ "status": "ok" }))
}
