//! `listBookings`: the session's member's, with those further ahead that were made here.

use std::sync::Arc;

use axum::extract::State;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use perfectgym::{AppointmentBooking, BookingId, GetBooking, ListBookings, Readable};

use super::error::Trouble;
use super::listed::Listed;
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;
use crate::shown::for_members;
use crate::upstream::{Priority, UpstreamError, note_unreadable};

/// How many are read by id at a time.
const AT_ONCE: usize = 4;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    member: Member,
    tongue: Tongue,
) -> Result<Listed<Readable<AppointmentBooking>>, Trouble> {
    let language = tongue.accepts.as_str();
    let list = ListBookings {
        customer_id: member.customer(),
    };
    let mut bookings = app
        .upstream
        .call_as(Priority::Read, &list, language)
        .await
        .map_err(|error| Trouble::reading(&error))?;
    note_unreadable::<ListBookings>(bookings.unreadable);
    let remembered = app.store.remembered(member.customer(), app.clock.now()).await?;
    let missing = remembered
        .into_iter()
        .filter(|id| !bookings.items.iter().any(|b| b.booking_id == *id));
    let reads: Vec<_> = missing
        .map(|id| further_ahead(&app, &member, id, language))
        .collect();
    let further: Vec<_> = stream::iter(reads).buffered(AT_ONCE).try_collect().await?;
    for one in further {
        match one {
            Further::Here(booking) => bookings.items.push(*booking),
            Further::Gone => {}
            Further::Unreadable => bookings.unreadable += 1,
        }
    }
    bookings.items = bookings.items.into_iter().map(for_members).collect();
    Ok(Listed::of(bookings))
}

/// What became of a booking that the list does not reach.
enum Further {
    /// There it is.
    Here(Box<AppointmentBooking>),
    /// The upstream knows it no more, or as another's.
    Gone,
    /// It stands, and nobody can show it.
    Unreadable,
}

/// One that the list does not reach. A list that silently lacks one would have a member book twice, so a failure that
/// may pass fails the whole list; one that will not pass is left out, or no list would ever be seen again.
async fn further_ahead(
    app: &App,
    member: &Member,
    id: BookingId,
    language: &str,
) -> Result<Further, Trouble> {
    match app
        .upstream
        .call_as(Priority::Read, &GetBooking { id }, language)
        .await
    {
        Ok(found) if member.owns(&found) => Ok(Further::Here(Box::new(found.booking))),
        Ok(_) | Err(UpstreamError::NotFound(_)) => {
            app.store.forget_booking(id).await?;
            Ok(Further::Gone)
        }
        Err(
            error @ (UpstreamError::Unreadable(_) | UpstreamError::Refused(_) | UpstreamError::Forbidden(_)),
        ) => {
            tracing::warn!(booking = %id, %error, "a booking further ahead is left out of its member's list");
            Ok(Further::Unreadable)
        }
        Err(error) => Err(Trouble::reading(&error)),
    }
}
