//! `deleteBooking`: for the member whom the upstream itself names. What is said to be cancelled was read back first, and
//! what is cancelled already is cancelled, however often it is asked for.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use booking::FailureKind;
use booking::bookings::Standing;
use perfectgym::{AppointmentBooking, BookingId, DeleteBooking, Deleted, GetBooking};

use super::error::Trouble;
use super::get_booking::own;
use super::sent::{Named, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;
use crate::upstream::UpstreamError;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    member: Member,
    tongue: Tongue,
) -> Result<Json<Deleted>, Trouble> {
    let id = id(&which)?;
    match own(&app, &member, id, &tongue.accepts).await {
        Ok(booking) if is_cancelled(&app, &booking) => return Ok(Json(Deleted::default())),
        Ok(_) => {}
        Err(trouble) => return gone_before(&app, &member, id, &tongue.accepts, trouble).await,
    }
    match app.upstream.call(&DeleteBooking { id }, &tongue.accepts).await {
        // A verdict may be that it is cancelled already; anything else that did nothing says nothing of it.
        Err(error) if error.did_nothing() && !error.is_verdict() => Err(Trouble::writing(&error)),
        // With an answer or without one, what counts is what is there now.
        said => match (is_gone(&app, id, &tongue.accepts).await, said) {
            (Some(true), said) => Ok(Json(said.unwrap_or_default())),
            (Some(false), Ok(_)) => Err(Trouble::of(FailureKind::Refused)),
            (None, Ok(_)) => Err(Trouble::of(FailureKind::Uncertain)),
            (_, Err(error)) => Err(Trouble::writing(&error)),
        },
    }
}

/// Whether it is cancelled; `None` where the upstream does not say.
async fn is_gone(app: &App, id: BookingId, language: &str) -> Option<bool> {
    match app.upstream.call(&GetBooking { id }, language).await {
        Ok(found) => Some(is_cancelled(app, &found.booking)),
        Err(UpstreamError::NotFound(_)) => Some(true),
        Err(_) => None,
    }
}

fn is_cancelled(app: &App, booking: &AppointmentBooking) -> bool {
    Standing::of(booking, app.clock.now()) == Standing::Cancelled
}

/// An upstream that forgets what is cancelled does not say whose it was; our own record of what this member booked does.
async fn gone_before(
    app: &App,
    member: &Member,
    id: BookingId,
    language: &str,
    trouble: Trouble,
) -> Result<Json<Deleted>, Trouble> {
    let theirs =
        *trouble.kind() == FailureKind::NotFound && app.store.wish_of(member.customer(), id).await?.is_some();
    if theirs && is_gone(app, id, language).await == Some(true) {
        return Ok(Json(Deleted::default()));
    }
    Err(trouble)
}
