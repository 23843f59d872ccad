//! `getBooking`: for the member whom the upstream itself names.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use booking::FailureKind;
use perfectgym::{AppointmentBooking, BookingId, GetBooking};

use super::error::Trouble;
use super::sent::{Named, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;
use crate::shown::for_members;
use crate::upstream::{Priority, UpstreamError};

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    member: Member,
    tongue: Tongue,
) -> Result<Json<AppointmentBooking>, Trouble> {
    let booking = own(&app, &member, id(&which)?, &tongue.accepts).await?;
    Ok(Json(for_members(booking)))
}

/// A booking of this member's, to be shown. Another's is not there, as far as anybody can tell.
pub(super) async fn own(
    app: &App,
    member: &Member,
    id: BookingId,
    language: &str,
) -> Result<AppointmentBooking, Trouble> {
    own_as(Priority::Read, app, member, id, language).await
}

/// The same, for whatever it is read.
pub(super) async fn own_as(
    priority: Priority,
    app: &App,
    member: &Member,
    id: BookingId,
    language: &str,
) -> Result<AppointmentBooking, Trouble> {
    match app.upstream.call_as(priority, &GetBooking { id }, language).await {
        Ok(found) if member.owns(&found) => Ok(found.booking),
        // Made afresh for both, so that not even the upstream's trace id tells the two kinds of 404 apart.
        Ok(_) | Err(UpstreamError::NotFound(_)) => Err(Trouble::of(FailureKind::NotFound)),
        Err(error) => Err(Trouble::reading(&error)),
    }
}
