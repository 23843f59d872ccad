//! Moving a booking to another time: books the new one, then cancels the old one. Nothing is cancelled before the new one
//! is certain, and each step is written before it is made: whoever comes next, the member or the background, goes on
//! from there. See [`crate::store::Moves`].

mod asked;

use std::sync::Arc;

use booking::{AttemptKey, AttemptState, Failure, FailureKind, MoveState, MoveView};
use perfectgym::{AppointmentBooking, BookingId, GetBooking, ValidationStatus};

use crate::app::App;
use crate::attempt::{BookError, Try, book};
use crate::cancel::{Cancelled, cancel, gone_already, is_cancelled};
use crate::settle::{self, Whose};
use crate::store::{BegunMove, Move, MoveStep, Outcome, StoreError};
use crate::upstream::UpstreamError;

pub(crate) use asked::{ask, before};

/// Moves a booking of the member's own, or goes on with the same move of before. In a task of its own, as booking is.
///
/// # Errors
/// Where the new time was not booked, what booking it would have said.
pub(crate) async fn move_to(app: &Arc<App>, attempt: Try, old: BookingId) -> Result<MoveView, BookError> {
    let task = app.attempts.spawn(run(Arc::clone(app), attempt, old));
    task.await.unwrap_or(Err(BookError::BrokeOff))
}

async fn run(app: Arc<App>, attempt: Try, old: BookingId) -> Result<MoveView, BookError> {
    let whose = Whose::of_member(&attempt.member);
    let (customer, key, language) = (whose.customer(), attempt.key.clone(), attempt.language.clone());
    let begin = || {
        app.store
            .begin_move(customer, &key, old, &attempt.wish, app.clock.now())
    };
    let mut begun = begin().await?;
    if let BegunMove::Another(..) = begun {
        if let Some(view) = before(&app, &whose, old, &attempt.wish, &language).await? {
            return Ok(view);
        }
        // It may have come to nothing, and have left the booking to this one.
        begun = begin().await?;
    }
    match begun {
        BegunMove::Another(..) => return Err(BookError::OtherWish),
        BegunMove::Taken(before) if before.old != old || !before.is_to(&attempt.wish) => {
            return Err(BookError::OtherWish);
        }
        BegunMove::Taken(before) if before.step != MoveStep::Booking => {
            return Ok(go_on(&app, &whose, &key, before, &language).await?);
        }
        BegunMove::Taken(_) | BegunMove::New => {}
    }
    match book(&app, attempt).await {
        Ok(new) if new.booking_id == old => {
            let same = Failure {
                refusal: Some(ValidationStatus::CustomerInOtherBooking),
                ..Failure::of(FailureKind::Refused)
            };
            not_moved(&app, &whose, &key).await?;
            Err(BookError::Refused(Box::new(same)))
        }
        Ok(new) => Ok(cancel_old(&app, &whose, &key, new, &language).await?),
        Err(error @ (BookError::Refused(_) | BookError::Spent | BookError::OtherWish)) => {
            not_moved(&app, &whose, &key).await?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}

/// From wherever it stands.
async fn go_on(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    before: Move,
    language: &str,
) -> Result<MoveView, StoreError> {
    if before.step != MoveStep::Booking {
        return match booked(app, whose, key, &before).await? {
            Some(new) if before.step == MoveStep::Cancelling => {
                cancel_old(app, whose, key, new, language).await
            }
            new => Ok(view_of(before, new)),
        };
    }
    let view = settle::settled(app, whose, key, language).await?;
    match (view.state, booked(app, whose, key, &before).await?) {
        (AttemptState::Booked, Some(new)) => cancel_old(app, whose, key, new, language).await,
        (AttemptState::Uncertain, _) => Ok(bare(MoveState::Uncertain)),
        // Nothing was cancelled: that is done once the new one is certain.
        (AttemptState::Unsettleable, _) => Ok(MoveView {
            failure: view.failure,
            ..bare(MoveState::Unsettleable)
        }),
        _ => {
            not_moved(app, whose, key).await?;
            Ok(MoveView {
                failure: view.failure,
                ..bare(MoveState::NotMoved)
            })
        }
    }
}

/// The new booking, where the attempt of the same key came to one and is of the same wish. The old one itself is no new
/// one: whoever moved it to its own time would lose it.
async fn booked(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    of: &Move,
) -> Result<Option<AppointmentBooking>, StoreError> {
    let attempt = app.store.attempt(whose.customer(), key).await?;
    let attempt = attempt.filter(|attempt| attempt.wish.as_ref().is_some_and(|wish| of.is_to(wish)));
    Ok(match attempt.map(|attempt| attempt.outcome) {
        Some(Outcome::Booked(booking)) if booking.booking_id != of.old => Some(*booking),
        _ => None,
    })
}

async fn not_moved(app: &App, whose: &Whose, key: &AttemptKey) -> Result<(), StoreError> {
    step(app, whose, key, MoveStep::NotMoved, None).await
}

/// One that is refused was made by another, which the next reading shows.
async fn step(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    next: MoveStep,
    failure: Option<&Failure>,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    let stepped = app.store.step_move(whose.customer(), key, next, failure, now);
    stepped.await.map(drop)
}

/// The new one is certain: the old one may go.
async fn cancel_old(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    new: AppointmentBooking,
    language: &str,
) -> Result<MoveView, StoreError> {
    step(app, whose, key, MoveStep::Cancelling, None).await?;
    let Some(stands) = app.store.move_of(whose.customer(), key).await? else {
        return Ok(bare(MoveState::Uncertain));
    };
    if stands.step != MoveStep::Cancelling {
        return Ok(view_of(stands, Some(new)));
    }
    match old_is(app, whose, stands.old, language).await {
        Cancelled::Gone(_) => step(app, whose, key, MoveStep::Moved, None).await?,
        Cancelled::Refused(failure) => {
            step(app, whose, key, MoveStep::BothStand, Some(&failure)).await?;
        }
        Cancelled::NotNow(_) | Cancelled::Unknown(_) => {}
    }
    let ended = app.store.move_of(whose.customer(), key).await?;
    Ok(ended.map_or_else(|| bare(MoveState::Uncertain), |ended| view_of(ended, Some(new))))
}

/// Cancels the old one, if it is this customer's: the upstream says whose it is, each time.
async fn old_is(app: &App, whose: &Whose, old: BookingId, language: &str) -> Cancelled {
    match app.upstream.call(&GetBooking { id: old }, language).await {
        Ok(found) if found.customer_id != whose.customer() => {
            Cancelled::Refused(Failure::of(FailureKind::NotFound))
        }
        Ok(found) if is_cancelled(app, &found.booking) => {
            Cancelled::Gone(gone_already(app, whose.customer()))
        }
        Ok(_) => cancel(app, whose.customer(), old, language).await,
        Err(UpstreamError::NotFound(_)) => Cancelled::Gone(gone_already(app, whose.customer())),
        Err(_) => Cancelled::Unknown(Failure::of(FailureKind::Uncertain)),
    }
}

/// What is said of a move as it stands, with the booking of the new time.
fn view_of(stands: Move, new: Option<AppointmentBooking>) -> MoveView {
    let state = match (stands.step, &new) {
        (MoveStep::Moved, _) => MoveState::Moved,
        // Booked after it was said not to be: the truth is that both stand.
        (MoveStep::BothStand, _) | (MoveStep::NotMoved, Some(_)) => MoveState::BothStand,
        (MoveStep::NotMoved, None) => MoveState::NotMoved,
        (MoveStep::Booking | MoveStep::Cancelling, _) => MoveState::Uncertain,
    };
    MoveView {
        state,
        booking: new,
        failure: stands.failure,
    }
}

fn bare(state: MoveState) -> MoveView {
    MoveView {
        state,
        booking: None,
        failure: None,
    }
}
