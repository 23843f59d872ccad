//! What became of a booking whose answer never came. Looks, and looks again; never sends it.

mod background;
mod elsewhere;
mod look;
mod whose;

use std::time::Duration;

use booking::{AttemptKey, AttemptState, AttemptView, Failure, FailureKind};
use perfectgym::{AppointmentBooking, BookableAppointmentId, BookingWish};

use crate::app::App;
use crate::attempt::{LIST_REACHES, Patience, unwritten};
use crate::identity::Member;
use crate::shown::for_members;
use crate::store::{Attempt, Concluded, Outcome, State, StoreError};

pub(crate) use background::settle_open;
pub(crate) use elsewhere::{elsewhere, still_there, under_any_key};
pub(crate) use look::find;
use look::{Finding, look};
pub(crate) use whose::Whose;

/// How long to wait for a booking that is still under way before saying that it is not known yet.
const PATIENCE: Duration = Duration::from_secs(8);

/// What is known of an attempt; while our own database cannot be asked, nothing, and certainly not that nothing was booked.
/// Nor is that said while the `wish` is booked, or may be, under another key.
pub(crate) async fn settle(
    app: &App,
    member: &Member,
    key: &AttemptKey,
    wish: Option<&BookingWish>,
    language: &str,
) -> AttemptView {
    let whose = Whose::of_member(member);
    let asked = async {
        let view = settled(app, &whose, key, language).await?;
        match wish.filter(|_| view.state == AttemptState::NotBooked) {
            Some(wish) => Ok(under_any_key(app, &whose, wish, language).await?.unwrap_or(view)),
            None => Ok(view),
        }
    };
    asked.await.unwrap_or_else(|error: StoreError| {
        tracing::error!(%error, "an attempt could not be looked up");
        bare(AttemptState::Uncertain)
    })
}

/// What is known of an attempt, after one look where it is open. A key that nobody has seen is made void: its request
/// may be on its way still, and must not book once its member was told that nothing was booked.
pub(crate) async fn settled(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    language: &str,
) -> Result<AttemptView, StoreError> {
    let turn = app.attempts.turn(whose.customer());
    let Ok(_turn) = tokio::time::timeout(PATIENCE, turn).await else {
        return Ok(bare(AttemptState::Uncertain));
    };
    match app.store.void(whose.customer(), key, app.clock.now()).await? {
        None => Ok(bare(AttemptState::NotBooked)),
        Some(_) => known_in_turn(app, whose, key, language).await,
    }
}

/// What is known of an attempt. For whoever has its member's turn.
async fn known_in_turn(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    language: &str,
) -> Result<AttemptView, StoreError> {
    known(app, whose, key, &Patience::of(app), language).await
}

/// Likewise, with what is left of somebody's patience.
pub(crate) async fn known(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    patience: &Patience,
    language: &str,
) -> Result<AttemptView, StoreError> {
    let Some(attempt) = patience.wait_for(app, whose.customer(), key).await? else {
        // Given up by whoever began it, before anything can have come of it.
        return Ok(bare(AttemptState::NotBooked));
    };
    match &attempt.outcome {
        Outcome::Intent => not_booked(app, whose, key, State::Intent).await,
        Outcome::Follows(leader) => {
            let led = Box::pin(known(app, whose, leader, patience, language)).await?;
            as_the_leader(app, whose, key, &attempt, led).await
        }
        Outcome::Sent | Outcome::Uncertain => look_and_write(app, whose, key, &attempt, language).await,
        closed => Ok(view_of(closed)),
    }
}

/// What it is of; none where its wish is not known.
fn service_of(attempt: &Attempt) -> Option<BookableAppointmentId> {
    let wish = attempt.wish.as_ref();
    wish.map(|wish| wish.bookable_appointment_id)
}

/// One that follows comes to what the one it follows came to; only that it was never sent itself, so that nobody
/// refused it.
async fn as_the_leader(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    attempt: &Attempt,
    led: AttemptView,
) -> Result<AttemptView, StoreError> {
    match (led.state, &led.booking) {
        (AttemptState::Booked, Some(booking)) => {
            unwritten(record(app, whose, key, service_of(attempt), booking).await);
            Ok(led)
        }
        (AttemptState::NotBooked | AttemptState::Refused, _) => {
            not_booked(app, whose, key, State::Follows).await
        }
        _ => Ok(led),
    }
}

/// Ends an attempt as one that booked nothing, where it stands as it stood; else says what stands. Whoever works on it
/// still learns from the store that it may no more be sent.
async fn not_booked(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    stands: State,
) -> Result<AttemptView, StoreError> {
    let (customer, now) = (whose.customer(), app.clock.now());
    let ended = app
        .store
        .conclude(customer, key, stands, &Outcome::NotBooked, now);
    Ok(match ended.await? {
        Concluded::Stands(Some(other)) => view_of(&other.outcome),
        _ => bare(AttemptState::NotBooked),
    })
}

/// Looks once at an attempt that was sent, and writes what was found.
async fn look_and_write(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    attempt: &Attempt,
    language: &str,
) -> Result<AttemptView, StoreError> {
    Ok(match look(app, whose, attempt, language).await {
        Finding::Booked(booking) => {
            unwritten(record(app, whose, key, service_of(attempt), &booking).await);
            booked(*booking)
        }
        Finding::NotBooked => {
            let ended = not_booked(app, whose, key, attempt.outcome.state()).await;
            ended.unwrap_or_else(|error| {
                unwritten(Err(error));
                bare(AttemptState::NotBooked)
            })
        }
        Finding::NotYetKnown => bare(AttemptState::Uncertain),
        Finding::Unsettleable(verdict) => {
            say_once(app, whose, key, attempt).await;
            let hint = Failure {
                refusal: Some(verdict),
                ..Failure::of(FailureKind::Uncertain)
            };
            AttemptView {
                failure: Some(hint),
                ..bare(AttemptState::Unsettleable)
            }
        }
    })
}

/// Somebody at the studio has to look; the log says so once, whoever found it.
async fn say_once(app: &App, whose: &Whose, key: &AttemptKey, attempt: &Attempt) {
    let now = app.clock.now();
    match app.store.tell_once(whose.customer(), key, now).await {
        Ok(true) => {
            let minutes = (now - attempt.changed_at).num_minutes();
            tracing::warn!(
                minutes,
                "what became of an attempt to book cannot be found out from here"
            );
        }
        Ok(false) => {}
        Err(error) => unwritten(Err(error)),
    }
}

/// An attempt at a service came to a booking, whoever finds out and however late: says that free times changed, writes
/// it, and remembers the booking where the upstream's list does not reach it.
pub(crate) async fn record(
    app: &App,
    whose: &Whose,
    key: &AttemptKey,
    service: Option<BookableAppointmentId>,
    booking: &AppointmentBooking,
) -> Result<(), StoreError> {
    // First, and whether it can be written or not: it is so.
    app.times_changed(whose.customer(), service);
    let (now, ends_at) = (app.clock.now(), booking.end_date_time.instant());
    let customer = whose.customer();
    if ends_at > now + LIST_REACHES {
        app.store.remember(customer, booking.booking_id, ends_at).await?;
    }
    let outcome = Outcome::Booked(Box::new(for_members(booking.clone())));
    // Whatever stood: a booking is the truth.
    let written = app
        .store
        .conclude(customer, key, State::Sent, &outcome, now)
        .await?;
    note_surprise(&written, booking);
    Ok(())
}

/// What should never be, said where somebody may see to it.
fn note_surprise(written: &Concluded, booking: &AppointmentBooking) {
    let booking_id = &booking.booking_id;
    match written {
        Concluded::Late => {
            tracing::error!(booking = %booking_id, "a booking came about that was said not to be");
        }
        Concluded::Stands(Some(other)) => match &other.outcome {
            Outcome::Booked(first) if first.booking_id == booking.booking_id => {}
            other => {
                let stands = other.state().as_str();
                tracing::error!(booking = %booking_id, stands, "an attempt came to a booking, and stands otherwise");
            }
        },
        Concluded::Written | Concluded::Stands(None) => {}
    }
}

/// What is said of an outcome as it stands.
fn view_of(outcome: &Outcome) -> AttemptView {
    match outcome {
        Outcome::Booked(booking) => booked((**booking).clone()),
        Outcome::Refused(failure) => AttemptView {
            failure: Some((**failure).clone()),
            ..bare(AttemptState::Refused)
        },
        Outcome::NotBooked | Outcome::Void => bare(AttemptState::NotBooked),
        Outcome::Intent | Outcome::Sent | Outcome::Uncertain | Outcome::Follows(_) => {
            bare(AttemptState::Uncertain)
        }
    }
}

fn bare(state: AttemptState) -> AttemptView {
    AttemptView {
        state,
        booking: None,
        failure: None,
    }
}

fn booked(booking: AppointmentBooking) -> AttemptView {
    AttemptView {
        booking: Some(booking),
        ..bare(AttemptState::Booked)
    }
}
