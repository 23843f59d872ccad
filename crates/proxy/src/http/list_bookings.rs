//! `listBookings`: the session's member's, with those further ahead that were made here.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use perfectgym::{AppointmentBooking, BookingId, GetBooking, ListBookings, Readable};

use super::error::Trouble;
use super::get_booking::for_browser;
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;
use crate::upstream::UpstreamError;

/// How many are read by id at a time.
const AT_ONCE: usize = 4;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    member: Member,
    tongue: Tongue,
) -> Result<Json<Readable<AppointmentBooking>>, Trouble> {
    let language = tongue.accepts.as_str();
    let list = ListBookings {
        customer_id: member.customer(),
    };
    let mut bookings = app
        .upstream
        .call(&list, language)
        .await
        .map_err(|error| Trouble::reading(&error))?;
    let remembered = app.store.remembered(member.customer(), app.clock.now()).await?;
    let missing = remembered
        .into_iter()
        .filter(|id| !bookings.items.iter().any(|b| b.booking_id == *id));
    let reads: Vec<_> = missing
        .map(|id| further_ahead(&app, &member, id, language))
        .collect();
    let further: Vec<_> = stream::iter(reads).buffered(AT_ONCE).try_collect().await?;
    bookings.items.extend(further.into_iter().flatten());
    bookings.items = bookings.items.into_iter().map(for_browser).collect();
    Ok(Json(bookings))
}

/// One that the list does not reach. A list that silently lacks one would have a member book twice, so a failure fails
/// the whole list.
async fn further_ahead(
    app: &App,
    member: &Member,
    id: BookingId,
    language: &str,
) -> Result<Option<AppointmentBooking>, Trouble> {
    match app.upstream.call(&GetBooking { id }, language).await {
        Ok(found) if member.owns(&found) => Ok(Some(found.booking)),
        Ok(_) | Err(UpstreamError::NotFound(_)) => {
            app.store.forget_booking(id).await?;
            Ok(None)
        }
        Err(error) => Err(Trouble::reading(&error)),
    }
}
