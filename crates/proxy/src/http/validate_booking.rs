//! `validateBooking`: for the session's member.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use perfectgym::{BookingWish, ValidateBooking, ValidationResult, ValidationStatus};

use super::error::Trouble;
use super::sent::Sent;
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;
use crate::upstream::Priority;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    member: Member,
    tongue: Tongue,
    Sent(wish): Sent<BookingWish>,
) -> Result<Json<ValidationResult>, Trouble> {
    let (whose, service) = (member.customer(), wish.bookable_appointment_id);
    let request = ValidateBooking(member.asks(&wish));
    // It is a POST, and yet it changes nothing: no answer is just no answer.
    let verdict = app
        .upstream
        .call_as(Priority::Choice, &request, &tongue.accepts)
        .await
        .map_err(|error| Trouble::reading(&error))?;
    app.odd_words.note(&verdict.validation_status);
    if verdict.validation_status != ValidationStatus::Available {
        // The times that were offered were wrong, and are what the member looks at next.
        app.times_are_old(whose, Some(service));
    }
    Ok(Json(verdict))
}
