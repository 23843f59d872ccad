//! `/demo/...`: changes quirks, clock and data at run time. No part of the upstream; only there if it was asked for.

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::app::App;
use super::error::Problem;
use crate::calendar::local;
use crate::quirks::Quirks;

pub(super) fn routes(app: &App) -> Router<App> {
    if !app.allow_quirks {
        return Router::new();
    }
    Router::new()
        .route("/demo/quirks", get(quirks).post(set_quirks))
        .route("/demo/clock", get(clock).post(set_clock))
        .route("/demo/reset", post(reset))
}

async fn quirks(State(app): State<App>) -> Json<Quirks> {
    Json(app.quirks.read())
}

/// Replaces all quirks; `{}` puts everything right.
async fn set_quirks(State(app): State<App>, body: Bytes) -> Result<Json<Quirks>, Problem> {
    app.quirks
        .set(serde_json::from_slice(&body).map_err(|_| Problem::Body)?);
    Ok(Json(app.quirks.read()))
}

async fn clock(State(app): State<App>) -> Json<Value> {
    Json(json!({ "now": app.desk.clock.now() }))
}

/// `{"now": "2026-12-02T16:30:00Z"}` stops the clock there, `{"advanceSeconds": 60}` stops it that much later, and
/// `{}` lets it go again.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Turn {
    now: Option<DateTime<Utc>>,
    advance_seconds: Option<u32>,
}

async fn set_clock(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Problem> {
    let turn: Turn = serde_json::from_slice(&body).map_err(|_| Problem::Body)?;
    let clock_now = app.desk.clock.now();
    let further = turn
        .advance_seconds
        .map(|seconds| TimeDelta::seconds(seconds.into()));
    let wanted = further.map_or(turn.now, |by| clock_now.checked_add_signed(by));
    if wanted.is_some_and(|at| !local::YEARS.contains(&at.year())) {
        return Err(Problem::Body);
    }
    app.desk.clock.set(wanted);
    Ok(clock(State(app)).await)
}

async fn reset(State(app): State<App>) -> Result<Json<Value>, Problem> {
    app.desk.start_afresh().await?;
    Ok(Json(json!({})))
}
