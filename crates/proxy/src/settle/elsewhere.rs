//! What became of a wish under any key. A tap whose request never arrived booked nothing; but the tap before it may have.

use booking::bookings::Standing;
use booking::{AttemptState, AttemptView};
use chrono::DateTime;
use perfectgym::{AppointmentBooking, BookingWish, GetBooking};

use super::{Whose, bare, booked, known_in_turn};
use crate::app::App;
use crate::store::StoreError;

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
        Some(booking) => Ok(stands(app, whose, booking, language).await),
        None => Ok(None),
    }
}

/// What was booked may have been cancelled since, here or at the desk.
async fn stands(
    app: &App,
    whose: &Whose,
    booking: AppointmentBooking,
    language: &str,
) -> Option<AttemptView> {
    let id = booking.booking_id;
    match app.upstream.call(&GetBooking { id }, language).await {
        Ok(there) if there.customer_id == whose.customer() => {
            let standing = Standing::of(&there.booking, app.clock.now());
            (standing != Standing::Cancelled).then(|| booked(there.booking))
        }
        Ok(_) => None,
        Err(error) if error.is_verdict() => None,
        Err(_) => Some(bare(AttemptState::Uncertain)),
    }
}
