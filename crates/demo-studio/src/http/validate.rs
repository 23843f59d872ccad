//! `validateBooking`: the verdict before booking. A refusal is a 200 with its status.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use perfectgym::{ValidationResult, ValidationStatus};

use super::app::App;
use super::error::Problem;
use super::wish;

pub(super) async fn handle(State(app): State<App>, body: Bytes) -> Result<Json<ValidationResult>, Problem> {
    let request = wish::read(&body)?;
    let (member, wish) = wish::of(&app, &request)?;
    let verdict = app.desk.validate(member, &wish).await?;
    Ok(Json(ValidationResult {
        validation_status: told(&app, verdict),
    }))
}

fn told(app: &App, verdict: ValidationStatus) -> ValidationStatus {
    match app.quirks.read().validation_status {
        Some(word) if verdict == ValidationStatus::Available => ValidationStatus::from(word.as_str()),
        _ => verdict,
    }
}
