//! `SearchCustomers`: every customer that everything said fits. Two members share one e-mail address.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use perfectgym::SearchCustomers;
use serde_json::Value;

use super::app::App;
use super::error::Problem;
use crate::seed::members::Member;
use crate::seed::record;

pub(super) async fn handle(State(app): State<App>, body: Bytes) -> Result<Json<Vec<Value>>, Problem> {
    let wanted: SearchCustomers = serde_json::from_slice(&body).map_err(|_| Problem::Body)?;
    let found = app.desk.members().iter().filter(|member| fits(&wanted, member));
    Ok(Json(found.map(record::of).collect()))
}

/// Last names by their beginning, all else whole, upper and lower case alike.
fn fits(wanted: &SearchCustomers, member: &Member) -> bool {
    let alike = |wanted: &Option<String>, has: &str| {
        wanted
            .as_deref()
            .is_none_or(|wanted| wanted.trim().to_lowercase() == has.to_lowercase())
    };
    let begins = |wanted: &str| {
        member
            .last_name
            .to_lowercase()
            .starts_with(&wanted.trim().to_lowercase())
    };
    alike(&wanted.first_name, member.first_name)
        && wanted.last_name.as_deref().is_none_or(begins)
        && alike(&wanted.email, &member.email)
        && wanted
            .date_of_birth
            .is_none_or(|born| born == member.date_of_birth)
}
