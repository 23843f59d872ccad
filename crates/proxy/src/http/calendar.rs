//! `GET /bookings/{bookingId}/calendar.ics`: a booking for the member's own calendar (RFC 5545).

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use booking::Route;
use perfectgym::{AppointmentBooking, BookingId};

use super::error::Trouble;
use super::get_booking::own;
use super::sent::{Named, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::calendar::{Event, write};
use crate::identity::Member;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    member: Option<Member>,
    tongue: Tongue,
) -> Result<Response, Trouble> {
    let id: BookingId = id(&which)?;
    // A link that was followed, not a call: whoever is signed out gets a page, not JSON.
    let Some(member) = member else {
        let sign_in = Route::Booking(id).through_sign_in();
        return Ok(Redirect::to(&sign_in.format()).into_response());
    };
    let booking = own(&app, &member, id, &tongue.accepts).await?;
    // Inline: an iPhone opens it in its calendar, where an attachment ends among the files.
    let name = format!("inline; filename=\"booking-{id}.ics\"");
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, as_event(&app, &booking, write)).into_response())
}

/// A booking as an entry of the member's calendar, said in some form.
pub(super) fn as_event<T>(app: &App, booking: &AppointmentBooking, say: impl FnOnce(&Event<'_>) -> T) -> T {
    say(&Event {
        booking,
        studio: &app.contact,
        host: &app.upstream.origin(),
        now: app.clock.now(),
    })
}
