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
    let key = key_of(&headers)?;
    let attempt = Try {
        member,
        key,
        wish,
        language: tongue.accepts,
    };
    let booking = attempt::book(&app, attempt).await?;
    Ok(Json(for_members(booking)))
}

/// What names the attempt.
pub(super) fn key_of(headers: &HeaderMap) -> Result<AttemptKey, Trouble> {
    let key = headers.get(HEADER).and_then(|value| value.to_str().ok());
    key.and_then(|text| AttemptKey::new(text).ok())
        .ok_or_else(|| Trouble::of(FailureKind::BadRequest))
}
