//! `deleteBooking`: for the member whom the upstream itself names. What is said to
//! be cancelled was read back first.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use booking::FailureKind;
use booking::bookings::Standing;
use perfectgym::{BookingId, DeleteBooking, Deleted, GetBooking};

use super::error::Trouble;
use super::get_booking::own_as;
use super::sent::{Named, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;
use crate::upstream::{Priority, UpstreamError};

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    member: Member,
    tongue: Tongue,
) -> Result<Json<Deleted>, Trouble> {
    let id = id(&which)?;
    own_as(Priority::Booking, &app, &member, id, &tongue.accepts).await?;
    let said = app.upstream.call(&DeleteBooking { id }, &tongue.accepts).await;
    // A booking does not say which service's it is.
    app.slots_changed(member.customer(), None);
    match said {
        Err(error) if error.did_nothing() => Err(Trouble::writing(&error)),
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
        Ok(found) => Some(Standing::of(&found.booking, app.clock.now()) == Standing::Cancelled),
        Err(UpstreamError::NotFound(_)) => Some(true),
        Err(_) => None,
    }
}
