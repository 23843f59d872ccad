//! What became of a move, under its own key or any other: of one booking to one time, from whichever tab.

use booking::{AttemptKey, AttemptState, AttemptView, MoveQuestion, MoveState, MoveView};
use perfectgym::{AppointmentBooking, BookingId, BookingWish};

use super::{bare, go_on};
use crate::app::App;
use crate::settle::{self, Whose};
use crate::store::StoreError;
use crate::upstream::UpstreamError;

/// What is known of a move of this member's, after going on with it where it is not at its end. Where it came to nothing,
/// what the same move came to under another key, for whoever says what it was.
pub(crate) async fn ask(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    of: Option<&MoveQuestion>,
    language: &str,
) -> MoveView {
    let asked = async {
        let view = under(app, whose, key, language).await?;
        match of.filter(|_| view.state == MoveState::NotMoved) {
            Some(of) => Ok(elsewhere(app, whose, of, language).await?.unwrap_or(view)),
            None => Ok(view),
        }
    };
    looked_up(asked.await)
}

/// While our own database cannot be asked nothing is known, and certainly not that nothing was moved.
fn looked_up(asked: Result<MoveView, StoreError>) -> MoveView {
    asked.unwrap_or_else(|error| {
        tracing::error!(%error, "a move could not be looked up");
        bare(MoveState::Uncertain)
    })
}

/// What is known of the move of a key, whatever other keys came to.
async fn under(app: &App, whose: &Whose, key: &AttemptKey, language: &str) -> Result<MoveView, StoreError> {
    if let Some(stands) = app.store.move_of(whose.customer(), key).await? {
        return go_on(app, whose, key, stands, language).await;
    }
    // It may be on its way still; its key is made void, so that it moves nothing after this was said.
    let view = settle::settled(app, whose, key, language).await?;
    // Or it came meanwhile, and was quicker.
    match app.store.move_of(whose.customer(), key).await? {
        Some(stands) => go_on(app, whose, key, stands, language).await,
        None if view.state == AttemptState::Uncertain => Ok(bare(MoveState::Uncertain)),
        None => Ok(bare(MoveState::NotMoved)),
    }
}

/// What the one move that a booking is at, or had, under whatever key came to, where that is to the same time: a second
/// tab is told what the first was. Nothing where it came to nothing.
pub(crate) async fn before(
    app: &App,
    whose: &Whose,
    old: BookingId,
    wish: &BookingWish,
    language: &str,
) -> Result<Option<MoveView>, StoreError> {
    let Some((key, stands)) = app.store.move_from(whose.customer(), old).await? else {
        return Ok(None);
    };
    let view = looked_up(under(app, whose, &key, language).await);
    Ok((stands.is_to(wish) && view.state != MoveState::NotMoved).then_some(view))
}

/// Likewise, with what ended with both and what was booked without moving; nothing where it is known that the new time is
/// not booked.
async fn elsewhere(
    app: &App,
    whose: &Whose,
    of: &MoveQuestion,
    language: &str,
) -> Result<Option<MoveView>, StoreError> {
    let (old, wish) = (of.booking_id, &of.wish);
    // In this order: a move is written before it books, so that what one books meanwhile is not told as both.
    let new = settle::under_any_key(app, whose, wish, language).await?;
    if let Some(view) = before(app, whose, old, wish, language).await? {
        return Ok(Some(view));
    }
    Ok(match new {
        Some(AttemptView {
            booking: Some(new), ..
        }) => beside(app, whose, old, new, language).await,
        Some(view) if view.state == AttemptState::Unsettleable => Some(MoveView {
            failure: view.failure,
            ..bare(MoveState::Unsettleable)
        }),
        Some(_) => Some(bare(MoveState::Uncertain)),
        None => None,
    })
}

/// The new one, which stands, and whether the old one does. One is not beside itself: nothing was moved to its own time.
async fn beside(
    app: &App,
    whose: &Whose,
    old: BookingId,
    new: AppointmentBooking,
    language: &str,
) -> Option<MoveView> {
    if new.booking_id == old {
        return None;
    }
    let state = match settle::still_there(app, whose, old, language).await {
        Ok(Some(_)) => MoveState::BothStand,
        Ok(None) | Err(UpstreamError::NotFound(_)) => MoveState::Moved,
        Err(_) => return Some(bare(MoveState::Uncertain)),
    };
    Some(MoveView {
        booking: Some(new),
        ..bare(state)
    })
}
