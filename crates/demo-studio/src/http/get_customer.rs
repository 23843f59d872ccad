//! `GetCustomer`: the whole customer.

use axum::Json;
use axum::extract::State;
use perfectgym::CustomerId;
use serde_json::Value;

use super::app::App;
use super::bounds::Id;
use super::error::Problem;
use crate::seed::record;

pub(super) async fn handle(State(app): State<App>, Id(id): Id<CustomerId>) -> Result<Json<Value>, Problem> {
    Ok(Json(record::of(app.member(id)?)))
}
