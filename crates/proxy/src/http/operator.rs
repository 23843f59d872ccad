//! `/readyz` and `/metrics`: for whoever runs it.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use booking::FailureKind;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema};

use super::error::Trouble;
use super::openapi::{one_of, word};
use super::sent::Named;
use crate::house::{House, Studio};
use crate::measure;
use crate::upstream::Known;

/// What proxies in front add, and nobody on this machine has a reason to.
const IN_FRONT: [&str; 5] = [
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-real-ip",
];
/// No session has it: asking after it asks the store.
const NO_SESSION: &str = "readyz";

/// Whether anybody's requests can be served here. One studio that is down is no reason to send the others' members away.
pub(super) async fn ready(State(house): State<Arc<House>>) -> Response {
    let mut some = false;
    let mut studios = Vec::new();
    for studio in house.studios() {
        let (ready, says) = state(&studio).await;
        some |= ready;
        studios.push(says);
    }
    answer(some, studios)
}

/// Whether one studio's can.
pub(super) async fn ready_of(State(house): State<Arc<House>>, Named(name): Named) -> Response {
    let studios = house.studios();
    let Some(studio) = studios
        .iter()
        .find(|studio| studio.app.settings.name.as_str() == name)
    else {
        return Trouble::of(FailureKind::NotFound).into_response();
    };
    let (ready, says) = state(studio).await;
    answer(ready, vec![says])
}

fn answer(ready: bool, studios: Vec<Value>) -> Response {
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let word = if ready { "ready" } else { "not ready" };
    (status, Json(json!({ "status": word, "studios": studios }))).into_response()
}

/// The form of what both answer.
pub(super) fn readiness() -> RefOr<Schema> {
    let studio = ObjectBuilder::new()
        .property("studio", word("^[a-z0-9-]{1,40}$"))
        .property("store", one_of(["ok", "fails"]))
        .property("upstream", one_of(["ok", "down", "refuses the key"]));
    let studio = ["studio", "store", "upstream"]
        .into_iter()
        .fold(studio, ObjectBuilder::required);
    ObjectBuilder::new()
        .property("status", one_of(["ready", "not ready"]))
        .property("studios", ArrayBuilder::new().items(studio))
        .required("status")
        .required("studios")
        .into()
}

async fn state(studio: &Studio) -> (bool, Value) {
    let app = &studio.app;
    let store = app.store.is_revoked(NO_SESSION).await.is_ok();
    let known = app.upstream.known();
    let upstream = match known {
        Known::Good => "ok",
        Known::Down => "down",
        Known::KeyRefused => "refuses the key",
    };
    let says = json!({
        "studio": app.settings.name.as_str(),
        "store": if store { "ok" } else { "fails" },
        "upstream": upstream,
    });
    (store && known == Known::Good, says)
}

/// The figures, for whoever may see them; to everybody else there is no such address.
pub(super) async fn figures(
    State(house): State<Arc<House>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let figures = Some(())
        .filter(|()| may_see(&house, peer, &headers))
        .and_then(|()| measure::all(&house));
    let Some(figures) = figures else {
        return Trouble::of(FailureKind::NotFound).into_response();
    };
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        figures,
    )
        .into_response()
}

/// Whoever has the token. Where there is none: this machine, unless something in front, for which everybody would be this
/// machine, is known of or shows.
fn may_see(house: &House, peer: SocketAddr, headers: &HeaderMap) -> bool {
    let server = house.server();
    if let Some(token) = &server.metrics_token {
        let given = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let given = given
            .and_then(|text| text.strip_prefix("Bearer "))
            .unwrap_or_default();
        return given.as_bytes().ct_eq(token.expose_secret().as_bytes()).into();
    }
    let studios = house.studios();
    let has_outside = studios
        .iter()
        .any(|studio| !studio.app.settings.server.origins.is_empty());
    let in_front =
        server.trust_forwarded || has_outside || IN_FRONT.iter().any(|name| headers.contains_key(*name));
    peer.ip().to_canonical().is_loopback() && !in_front
}
