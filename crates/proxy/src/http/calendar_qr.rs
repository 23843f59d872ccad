//! `GET /bookings/{bookingId}/calendar.svg`: a booking as a QR code that holds the calendar entry itself. At a kiosk there is
//! no calendar to put a file into, and a phone that reads it needs neither a session nor a network.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use booking::FailureKind;
use perfectgym::BookingId;

use super::calendar::as_event;
use super::error::Trouble;
use super::get_booking::own;
use super::sent::{Named, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::calendar::write_short;
use crate::identity::Member;
use crate::qr;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    member: Member,
    tongue: Tongue,
) -> Result<Response, Trouble> {
    let id: BookingId = id(&which)?;
    let booking = own(&app, &member, id, &tongue.accepts).await?;
    // It could not say that nobody is to come.
    let text = as_event(&app, &booking, |event| {
        (!event.is_cancelled()).then(|| write_short(event))
    });
    picture(&text.ok_or_else(|| Trouble::of(FailureKind::NotFound))?)
}

/// A picture of a QR code with that text.
pub(super) fn picture(text: &str) -> Result<Response, Trouble> {
    let svg = qr::svg(text).ok_or_else(|| Trouble::of(FailureKind::BadRequest))?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}
