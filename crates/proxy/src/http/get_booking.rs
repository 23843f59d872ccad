//! `getBooking`: for the member whom the upstream itself names.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use booking::FailureKind;
use perfectgym::{AppointmentBooking, BookingId, GetBooking};

use super::error::Trouble;
use super::sent::id;
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Path(which): Path<String>,
    member: Member,
    tongue: Tongue,
) -> Result<Json<AppointmentBooking>, Trouble> {
    let booking = own(&app, &member, id(&which)?, &tongue.accepts).await?;
    Ok(Json(for_browser(booking)))
}

/// A booking of this member's. Another's is not there, as far as anybody can tell.
pub(super) async fn own(
    app: &App,
    member: &Member,
    id: BookingId,
    language: &str,
) -> Result<AppointmentBooking, Trouble> {
    let read = app.upstream.call(&GetBooking { id }, language).await;
    let found = read.map_err(|error| Trouble::reading(&error))?;
    // Made afresh, so that not even the upstream's trace id tells the two kinds of 404 apart.
    if member.owns(&found) {
        Ok(found.booking)
    } else {
        Err(Trouble::of(FailureKind::NotFound))
    }
}

/// Without a picture: its address is another host's, and a booking does not say which service's it is.
pub(super) fn for_browser(booking: AppointmentBooking) -> AppointmentBooking {
    AppointmentBooking {
        img_url: None,
        ..booking
    }
}
