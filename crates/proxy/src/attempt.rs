//! Booking, once. The intent is written before the upstream is called and the outcome after; what was sent is never
//! sent again; and no request of a browser's, cut off or repeated, changes that.
//!
//! Only a [`Member`] books. What became of a call without an answer is [`crate::settle`]'s to find out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use booking::{AttemptKey, Failure, FailureKind};
use chrono::TimeDelta;
use perfectgym::{AppointmentBooking, Book, BookingWish, CustomerId, ValidateBooking, ValidationStatus};
use tokio::sync::OwnedMutexGuard;
use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::http::error::{Doing, failure_of};
use crate::identity::Member;
use crate::settle;
use crate::store::{Attempt, Outcome, StoreError};
use crate::upstream::UpstreamError;

/// The upstream's list reaches two weeks ahead; a day less, as its edge is undocumented.
pub(crate) const LIST_REACHES: TimeDelta = TimeDelta::days(13);

/// What is being booked right now.
#[derive(Default)]
pub(crate) struct Attempts {
    turns: Mutex<HashMap<(CustomerId, AttemptKey), Turn>>,
    running: TaskTracker,
}

/// Held by whoever works on an attempt; gone when nobody does.
type Turn = Weak<tokio::sync::Mutex<()>>;

/// Why there is no booking to show.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BookError {
    /// Refused, and why.
    #[error("refused: {}", .0.kind)]
    Refused(Box<Failure>),
    /// The upstream failed before anything was booked.
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
    /// The key was used for another wish.
    #[error("the key belongs to another wish")]
    OtherWish,
    /// Asked after and found not to be booked: the key is spent.
    #[error("the key is spent, and nothing was booked")]
    Spent,
    /// Sent, and nobody knows yet.
    #[error("sent, and no answer came")]
    Uncertain,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The task broke off.
    #[error("booking broke off")]
    BrokeOff,
}

impl Attempts {
    /// Waits until nobody else works on this attempt.
    pub(crate) async fn turn(&self, customer: CustomerId, key: &AttemptKey) -> OwnedMutexGuard<()> {
        let lock = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| turn.strong_count() > 0);
            let turn = turns.entry((customer, key.clone())).or_default();
            turn.upgrade().unwrap_or_else(|| {
                let new = Arc::new(tokio::sync::Mutex::new(()));
                *turn = Arc::downgrade(&new);
                new
            })
        };
        lock.lock_owned().await
    }

    /// Waits until every booking under way has its outcome written.
    pub(crate) async fn finish(&self) {
        self.running.close();
        self.running.wait().await;
    }
}

/// One attempt of a member's.
#[derive(Clone)]
pub(crate) struct Try {
    pub(crate) member: Member,
    pub(crate) key: AttemptKey,
    pub(crate) wish: BookingWish,
    pub(crate) language: String,
}

/// Books, or says what became of the same attempt before.
///
/// Runs in a task of its own: a browser that goes away in mid-flight must not keep the outcome from being written.
pub(crate) async fn book(app: &Arc<App>, attempt: Try) -> Result<AppointmentBooking, BookError> {
    let task = app.attempts.running.spawn(run(Arc::clone(app), attempt));
    task.await.unwrap_or(Err(BookError::BrokeOff))
}

async fn run(app: Arc<App>, attempt: Try) -> Result<AppointmentBooking, BookError> {
    let customer = attempt.member.customer();
    let _turn = app.attempts.turn(customer, &attempt.key).await;
    let service = app
        .catalogue
        .service(
            &app.upstream,
            attempt.wish.bookable_appointment_id,
            &attempt.language,
        )
        .await;
    let title = service.ok().and_then(|service| service.title.clone());
    let now = app.clock.now();
    match app
        .store
        .begin(customer, &attempt.key, &attempt.wish, title.as_deref(), now)
        .await?
    {
        None => first_time(&app, &attempt, title).await,
        Some(before) => again(&app, &attempt, before).await,
    }
}

async fn first_time(
    app: &App,
    attempt: &Try,
    title: Option<String>,
) -> Result<AppointmentBooking, BookError> {
    if let Err(error) = validate(app, attempt).await {
        return Err(not_booked(app, attempt, error).await);
    }
    match app
        .upstream
        .call(&Book(attempt.member.asks(&attempt.wish)), &attempt.language)
        .await
    {
        Ok(booking) => booked(app, attempt, booking).await,
        Err(error) if error.did_nothing() => Err(not_booked(app, attempt, sorted(error)).await),
        Err(error) => {
            tracing::warn!(%error, "booking: no answer, looking it up");
            conclude(app, attempt, &Outcome::Uncertain).await?;
            look_a_few_times(app, attempt, title).await
        }
    }
}

/// "And again in the proxy at Book": the upstream does not enforce its own verdict.
async fn validate(app: &App, attempt: &Try) -> Result<(), BookError> {
    let request = ValidateBooking(attempt.member.asks(&attempt.wish));
    let verdict = app
        .upstream
        .call(&request, &attempt.language)
        .await?
        .validation_status;
    app.odd_words.note(&verdict);
    if verdict == ValidationStatus::Available {
        return Ok(());
    }
    let refused = Failure {
        refusal: Some(verdict),
        ..Failure::of(FailureKind::Refused)
    };
    Err(BookError::Refused(Box::new(refused)))
}

/// A 4xx is a verdict on this wish; everything else only says that now is not the time.
fn sorted(error: UpstreamError) -> BookError {
    match error {
        UpstreamError::Refused(_) | UpstreamError::NotFound(_) | UpstreamError::Conflict(_) => {
            BookError::Refused(Box::new(failure_of(&error, Doing::Write)))
        }
        other => BookError::Upstream(other),
    }
}

/// A verdict is kept under the key. Where there was none, the key may try again.
async fn not_booked(app: &App, attempt: &Try, error: BookError) -> BookError {
    let written = match &error {
        BookError::Refused(failure) => conclude(app, attempt, &Outcome::Refused(failure.clone())).await,
        _ => app.store.forget(attempt.member.customer(), &attempt.key).await,
    };
    written.err().map_or(error, BookError::Store)
}

async fn conclude(app: &App, attempt: &Try, outcome: &Outcome) -> Result<(), StoreError> {
    app.store
        .conclude(attempt.member.customer(), &attempt.key, outcome, app.clock.now())
        .await
}

async fn booked(
    app: &App,
    attempt: &Try,
    booking: AppointmentBooking,
) -> Result<AppointmentBooking, BookError> {
    let written = record(app, &attempt.member, &attempt.key, &booking).await;
    // It is booked, whatever our own database says.
    if let Err(error) = written {
        tracing::error!(%error, "booked, and the outcome could not be written");
    }
    Ok(booking)
}

/// Writes that an attempt is booked, and remembers the booking where the upstream's list does not reach it.
pub(crate) async fn record(
    app: &App,
    member: &Member,
    key: &AttemptKey,
    booking: &AppointmentBooking,
) -> Result<(), StoreError> {
    let (now, ends_at) = (app.clock.now(), booking.end_date_time.instant());
    if ends_at > now + LIST_REACHES {
        app.store
            .remember(member.customer(), booking.booking_id, ends_at)
            .await?;
    }
    // A picture's address may carry a signature, and expires before anybody reads it here.
    let kept = AppointmentBooking {
        img_url: None,
        ..booking.clone()
    };
    let outcome = Outcome::Booked(Box::new(kept));
    app.store.conclude(member.customer(), key, &outcome, now).await
}

async fn look_a_few_times(
    app: &App,
    attempt: &Try,
    title: Option<String>,
) -> Result<AppointmentBooking, BookError> {
    let sent = settle::Sent {
        wish: &attempt.wish,
        title: title.as_deref(),
        quiet_since: app.clock.now(),
    };
    for pause in &app.settings.limits.looks {
        tokio::time::sleep(*pause).await;
        if let settle::Finding::Booked(booking) =
            settle::look(app, &attempt.member, &sent, &attempt.language).await
        {
            return booked(app, attempt, *booking).await;
        }
    }
    Err(BookError::Uncertain)
}

async fn again(app: &App, attempt: &Try, before: Attempt) -> Result<AppointmentBooking, BookError> {
    match before.outcome {
        Outcome::Void | Outcome::NotBooked => Err(BookError::Spent),
        _ if before.wish.as_ref() != Some(&attempt.wish) => Err(BookError::OtherWish),
        Outcome::Booked(booking) => Ok(*booking),
        Outcome::Refused(failure) => Err(BookError::Refused(failure)),
        Outcome::Intent | Outcome::Uncertain => look_a_few_times(app, attempt, before.title).await,
    }
}
