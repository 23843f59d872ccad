//! `deleteBooking`: for the member whom the upstream itself names. What is said to
//! be cancelled was read back first.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use booking::FailureKind;
use booking::bookings::Standing;
use perfectgym::{BookingId, DeleteBooking, Deleted, GetBooking};

use super::error::Trouble;
use super::get_booking::own;
use super::sent::id;
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;
use crate::upstream::UpstreamError;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Path(which): Path<String>,
    member: Member,
    tongue: Tongue,
) -> Result<Json<Deleted>, Trouble> {
    let id = id(&which)?;
    own(&app, &member, id, &tongue.accepts).await?;
    match app.upstream.call(&DeleteBooking { id }, &tongue.accepts).await {
        Err(error) if error.did_nothing() => Err(Trouble::writing(&error)),
        // With an answer or without one, what counts is what is there now.
        said => match is_gone(&app, id, &tongue.accepts).await {
            Some(true) => Ok(Json(said.unwrap_or_default())),
            Some(false) if said.is_ok() => Err(Trouble::of(FailureKind::Refused)),
            Some(false) | None => Err(Trouble::of(FailureKind::Uncertain)),
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
