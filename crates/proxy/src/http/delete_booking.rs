//! `deleteBooking`: for the member whom the upstream itself names. What is cancelled already is cancelled, however often
//! it is asked for.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use booking::FailureKind;
use perfectgym::{BookingId, Deleted};

use super::error::Trouble;
use super::get_booking::own_as;
use super::sent::{Named, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::cancel::{Cancelled, cancel, gone_already, is_cancelled, is_gone};
use crate::identity::Member;
use crate::upstream::Priority;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    member: Member,
    tongue: Tongue,
) -> Result<Json<Deleted>, Trouble> {
    let id = id(&which)?;
    match own_as(Priority::Booking, &app, &member, id, &tongue.accepts).await {
        Ok(booking) if is_cancelled(&app, &booking) => {
            return Ok(Json(gone_already(&app, member.customer())));
        }
        Ok(_) => {}
        Err(trouble) => return gone_before(&app, &member, id, &tongue.accepts, trouble).await,
    }
    match cancel(&app, member.customer(), id, &tongue.accepts).await {
        Cancelled::Gone(deleted) => Ok(Json(deleted)),
        Cancelled::Refused(failure) | Cancelled::NotNow(failure) | Cancelled::Unknown(failure) => {
            Err(Trouble::saying(failure))
        }
    }
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
        return Ok(Json(gone_already(app, member.customer())));
    }
    Err(trouble)
}
