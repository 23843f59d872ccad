//! `book`: for the session's member, once a key.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use booking::{AttemptKey, FailureKind, attempt::HEADER};
use perfectgym::{AppointmentBooking, BookingWish};

use super::error::Trouble;
use super::sent::Sent;
use super::tongue::Tongue;
use crate::app::App;
use crate::attempt::{self, Try};
use crate::identity::Member;
use crate::shown::for_members;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    member: Member,
    tongue: Tongue,
    headers: HeaderMap,
    Sent(wish): Sent<BookingWish>,
) -> Result<Json<AppointmentBooking>, Trouble> {
    let key = headers.get(HEADER).and_then(|value| value.to_str().ok());
    let key = key
        .and_then(|text| AttemptKey::new(text).ok())
        .ok_or_else(|| Trouble::of(FailureKind::BadRequest))?;
    let (whose, service) = (member.customer(), wish.bookable_appointment_id);
    let attempt = Try {
        member,
        key,
        wish,
        language: tongue.accepts,
    };
    let result = attempt::book(&app, attempt).await;
    // Whatever came of it: a time that somebody else was faster to take is gone as well.
    app.slots_changed(whose, Some(service));
    Ok(Json(for_members(result?)))
}
