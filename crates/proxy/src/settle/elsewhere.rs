//! What became of a wish under any key. A tap whose request never arrived booked nothing; but the tap before it may have.

use booking::{AttemptState, AttemptView};
use chrono::DateTime;
use perfectgym::{AppointmentBooking, BookingId, BookingWish, GetBooking};

use super::{PATIENCE, Whose, bare, booked, known_in_turn};
use crate::app::App;
use crate::cancel::is_cancelled;
use crate::store::StoreError;
use crate::upstream::UpstreamError;

/// The booking that this wish came to, or that nobody knows yet whether it did; nothing where it is known that there is
/// none. For whoever has its member's turn.
pub(crate) async fn elsewhere(
    app: &App,
    whose: &Whose,
    wish: &BookingWish,
    language: &str,
) -> Result<Option<AttemptView>, StoreError> {
    let open = app.store.open_at(whose.customer(), wish).await?;
    if let Some(key) = open {
        let view = known_in_turn(app, whose, &key, language).await?;
        if !matches!(view.state, AttemptState::NotBooked | AttemptState::Refused) {
            return Ok(Some(view));
        }
    }
    let ever = DateTime::UNIX_EPOCH;
    let booking = app.store.booked_since(whose.customer(), wish, ever).await?;
    match booking {
        Some(booking) => Ok(stands(app, whose, booking.booking_id, language).await),
        None => Ok(None),
    }
}

/// Likewise, for whoever has no turn.
pub(crate) async fn under_any_key(
    app: &App,
    whose: &Whose,
    wish: &BookingWish,
    language: &str,
) -> Result<Option<AttemptView>, StoreError> {
    let turn = app.attempts.turn(whose.customer());
    let Ok(_turn) = tokio::time::timeout(PATIENCE, turn).await else {
        return Ok(Some(bare(AttemptState::Uncertain)));
    };
    elsewhere(app, whose, wish, language).await
}

async fn stands(app: &App, whose: &Whose, id: BookingId, language: &str) -> Option<AttemptView> {
    match still_there(app, whose, id, language).await {
        Ok(booking) => booking.map(booked),
        Err(error) if error.is_verdict() => None,
        Err(_) => Some(bare(AttemptState::Uncertain)),
    }
}

/// A booking of this customer's, where it stands: what was booked may have been cancelled since, here or at the desk.
pub(crate) async fn still_there(
    app: &App,
    whose: &Whose,
    id: BookingId,
    language: &str,
) -> Result<Option<AppointmentBooking>, UpstreamError> {
    let there = app.upstream.call(&GetBooking { id }, language).await?;
    let theirs = there.customer_id == whose.customer();
    Ok((theirs && !is_cancelled(app, &there.booking)).then_some(there.booking))
}
