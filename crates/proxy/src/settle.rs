//! What became of a booking whose answer never came. Looks, and looks again; never sends it.

use std::time::Duration;

use booking::bookings::same_booking;
use booking::{AttemptKey, AttemptState, AttemptView, Failure, FailureKind};
use chrono::{DateTime, Utc};
use perfectgym::{
    AppointmentBooking, BookingWish, ListBookings, Readable, ValidateBooking, ValidationStatus,
};

use crate::app::App;
use crate::attempt::{LIST_REACHES, record, unwritten};
use crate::identity::Member;
use crate::store::{Attempt, Outcome, StoreError};
use crate::upstream::note_unreadable;

/// How long to wait for a booking that is still under way before saying that it is not known yet.
const PATIENCE: Duration = Duration::from_secs(8);

/// What was sent, and when there was last a sign of life.
struct Sent<'a> {
    wish: &'a BookingWish,
    title: Option<&'a str>,
    quiet_since: DateTime<Utc>,
}

/// What one look found.
enum Finding {
    /// There it is.
    Booked(Box<AppointmentBooking>),
    /// Not there, and too late for it to come still.
    NotBooked,
    /// Not there yet, or the upstream could not be asked.
    NotYetKnown,
    /// The upstream has no way to ask; what validation says of the same wish now.
    Unsettleable(ValidationStatus),
}

/// Looks for the booking in the member's list; `None` where it is not there, or the upstream could not be asked.
pub(crate) async fn find(
    app: &App,
    member: &Member,
    wish: &BookingWish,
    title: Option<&str>,
    language: &str,
) -> Option<AppointmentBooking> {
    let list = list(app, member, language).await?;
    list.items
        .into_iter()
        .find(|booking| same_booking(wish, title, booking))
}

async fn list(app: &App, member: &Member, language: &str) -> Option<Readable<AppointmentBooking>> {
    let list = ListBookings {
        customer_id: member.customer(),
    };
    let bookings = app.upstream.call(&list, language).await.ok()?;
    note_unreadable::<ListBookings>(bookings.unreadable);
    Some(bookings)
}

/// Looks once.
async fn look(app: &App, member: &Member, sent: &Sent<'_>, language: &str) -> Finding {
    let Some(bookings) = list(app, member, language).await else {
        return Finding::NotYetKnown;
    };
    let mut at_that_time = bookings
        .items
        .into_iter()
        .filter(|booking| same_booking(sent.wish, None, booking))
        .peekable();
    let there_is_another = at_that_time.peek().is_some();
    if let Some(booking) = at_that_time.find(|booking| same_booking(sent.wish, sent.title, booking)) {
        return Finding::Booked(Box::new(booking));
    }
    if sent.wish.end_date_time.instant() > app.clock.now() + LIST_REACHES {
        return look_further(app, member, sent, language).await;
    }
    match settled(app, sent) {
        // An element that could not be read may be the very booking.
        _ if bookings.unreadable > 0 => Finding::NotYetKnown,
        // So may one under another title: a service can be renamed, or be called otherwise in another language.
        Finding::NotBooked if there_is_another => {
            Finding::Unsettleable(ValidationStatus::CustomerInOtherBooking)
        }
        finding => finding,
    }
}

/// Beyond the list nothing but the verdict of validation tells: whoever is still free to book has not booked.
/// `CUSTOMER_IN_OTHER_BOOKING` says that there is a booking, not which; its id is the studio's to tell.
async fn look_further(app: &App, member: &Member, sent: &Sent<'_>, language: &str) -> Finding {
    let request = ValidateBooking(member.asks(sent.wish));
    match app
        .upstream
        .call(&request, language)
        .await
        .map(|answer| answer.validation_status)
    {
        Ok(ValidationStatus::Available) => settled(app, sent),
        Ok(verdict) => Finding::Unsettleable(verdict),
        Err(_) => Finding::NotYetKnown,
    }
}

/// A call may still be at work in the upstream after we stopped waiting for it.
fn settled(app: &App, sent: &Sent<'_>) -> Finding {
    let quiet = app.clock.now() - sent.quiet_since;
    if quiet >= app.settings.limits.settled_after {
        Finding::NotBooked
    } else {
        Finding::NotYetKnown
    }
}

/// What is known of an attempt; while our own database cannot be asked, nothing, and certainly not that nothing was booked.
pub(crate) async fn settle(app: &App, member: &Member, key: &AttemptKey, language: &str) -> AttemptView {
    in_turn(app, member, key, language).await.unwrap_or_else(|error| {
        tracing::error!(%error, "an attempt could not be looked up");
        bare(AttemptState::Uncertain)
    })
}

/// What is known of an attempt, after one look where it is open. A key that nobody has seen is made void: its request
/// may be on its way still, and must not book once its member was told that nothing was booked.
async fn in_turn(
    app: &App,
    member: &Member,
    key: &AttemptKey,
    language: &str,
) -> Result<AttemptView, StoreError> {
    let turn = app.attempts.turn(member.customer());
    let Ok(_turn) = tokio::time::timeout(PATIENCE, turn).await else {
        return Ok(bare(AttemptState::Uncertain));
    };
    let Some(attempt) = app.store.void(member.customer(), key, app.clock.now()).await? else {
        return Ok(bare(AttemptState::NotBooked));
    };
    match &attempt.outcome {
        Outcome::Booked(booking) => Ok(booked((**booking).clone())),
        Outcome::Refused(failure) => Ok(AttemptView {
            failure: Some((**failure).clone()),
            ..bare(AttemptState::Refused)
        }),
        Outcome::NotBooked | Outcome::Void => Ok(bare(AttemptState::NotBooked)),
        Outcome::Intent | Outcome::Uncertain => {
            Ok(look_and_write(app, member, key, &attempt, language).await)
        }
    }
}

/// Looks once at an attempt that is open, and writes what was found. For whoever has the member's turn.
pub(crate) async fn look_and_write(
    app: &App,
    member: &Member,
    key: &AttemptKey,
    attempt: &Attempt,
    language: &str,
) -> AttemptView {
    let Some(wish) = &attempt.wish else {
        return bare(AttemptState::NotBooked);
    };
    let sent = Sent {
        wish,
        title: attempt.title.as_deref(),
        quiet_since: quiet_since(app, attempt),
    };
    match look(app, member, &sent, language).await {
        Finding::Booked(booking) => {
            unwritten(record(app, member, key, &booking).await);
            booked(*booking)
        }
        Finding::NotBooked => {
            let now = app.clock.now();
            let written = app
                .store
                .conclude(member.customer(), key, &Outcome::NotBooked, now);
            unwritten(written.await);
            bare(AttemptState::NotBooked)
        }
        Finding::NotYetKnown => bare(AttemptState::Uncertain),
        Finding::Unsettleable(verdict) => {
            let hint = Failure {
                refusal: Some(verdict),
                ..Failure::of(FailureKind::Uncertain)
            };
            AttemptView {
                failure: Some(hint),
                ..bare(AttemptState::Unsettleable)
            }
        }
    }
}

/// A process that ended in mid-flight wrote when it began, not when its call was given up.
fn quiet_since(app: &App, attempt: &Attempt) -> DateTime<Utc> {
    match attempt.outcome {
        Outcome::Intent => attempt.changed_at + app.settings.limits.write * 2,
        _ => attempt.changed_at,
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
