//! Booking, once. The intent is written before the upstream is called and the outcome after; what was sent is never
//! sent again; and no request of a browser's, cut off or repeated, under this key or another, changes that.
//!
//! Members take turns with themselves: what one tab sends is settled, or known not to be, before another's is looked at.
//!
//! Only a [`Member`] books. What became of a call without an answer is [`crate::settle`]'s to find out.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use booking::{AttemptKey, AttemptState, Failure, FailureKind};
use chrono::TimeDelta;
use perfectgym::{AppointmentBooking, Book, BookingWish, CustomerId, ValidateBooking, ValidationStatus};
use tokio::sync::OwnedMutexGuard;
use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::http::error::{Doing, failure_of};
use crate::identity::Member;
use crate::request_id;
use crate::settle;
use crate::shown::for_members;
use crate::store::{Attempt, Outcome, StoreError};
use crate::upstream::UpstreamError;

/// The upstream's list reaches two weeks ahead; a day less, as its edge is undocumented.
pub(crate) const LIST_REACHES: TimeDelta = TimeDelta::days(13);

/// What is being booked right now.
#[derive(Default)]
pub(crate) struct Attempts {
    turns: Mutex<HashMap<CustomerId, Weak<tokio::sync::Mutex<Made>>>>,
    events: AtomicU64,
    running: TaskTracker,
}

/// What was booked while others waited for their turn; gone when nobody waits any more.
type Made = Vec<(u64, BookingWish, AppointmentBooking)>;

/// Held by whoever works on a member's attempts.
pub(crate) struct Turn {
    made: OwnedMutexGuard<Made>,
    came_at: u64,
}

impl Turn {
    /// The booking of the same wish that was made while this one waited: two tabs at once are one booking.
    fn made_meanwhile(&self, wish: &BookingWish) -> Option<AppointmentBooking> {
        let mut made = self.made.iter();
        let found = made.find(|(at, other, _)| *at > self.came_at && same_wish(other, wish));
        found.map(|(_, _, booking)| booking.clone())
    }
}

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
    /// Sent, and nobody knows yet; with what the upstream said, if it said something.
    #[error("sent, and no answer came")]
    Uncertain(Box<Failure>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The task broke off.
    #[error("booking broke off")]
    BrokeOff,
}

impl BookError {
    /// One word for it, for figures.
    pub(crate) fn label(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Upstream(_) => "upstream_failed",
            Self::OtherWish => "other_wish",
            Self::Spent => "spent",
            Self::Uncertain(_) | Self::BrokeOff => "uncertain",
            Self::Store(_) => "store_failed",
        }
    }
}

impl Attempts {
    /// Waits until nobody else works on an attempt of this member's.
    pub(crate) async fn turn(&self, customer: CustomerId) -> Turn {
        let (lock, came_at) = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| turn.strong_count() > 0);
            let turn = turns.entry(customer).or_default();
            let lock = turn.upgrade().unwrap_or_else(|| {
                let new = Arc::default();
                *turn = Arc::downgrade(&new);
                new
            });
            (lock, self.next())
        };
        let made = lock.lock_owned().await;
        Turn { made, came_at }
    }

    /// Counts what happens, so that before and after can be told apart.
    fn next(&self) -> u64 {
        self.events.fetch_add(1, Ordering::Relaxed)
    }

    /// How many bookings are under way.
    pub(crate) fn open(&self) -> usize {
        self.running.len()
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
    let work = request_id::carried(run(Arc::clone(app), attempt));
    let task = app.attempts.running.spawn(work);
    task.await.unwrap_or(Err(BookError::BrokeOff))
}

async fn run(app: Arc<App>, attempt: Try) -> Result<AppointmentBooking, BookError> {
    let customer = attempt.member.customer();
    let mut turn = app.attempts.turn(customer).await;
    let result = match app.store.attempt(customer, &attempt.key).await? {
        Some(before) if matches!(before.outcome, Outcome::Booked(_)) => {
            return again(&app, &attempt, before).await;
        }
        Some(before) => again(&app, &attempt, before).await,
        None => under_a_new_key(&app, &attempt, &turn).await,
    };
    if let Ok(booking) = &result {
        let made = (app.attempts.next(), attempt.wish, booking.clone());
        turn.made.push(made);
    }
    result
}

async fn under_a_new_key(app: &App, attempt: &Try, turn: &Turn) -> Result<AppointmentBooking, BookError> {
    let (customer, key) = (attempt.member.customer(), &attempt.key);
    let service = app
        .catalogue
        .service(
            &app.upstream,
            attempt.wish.bookable_appointment_id,
            &attempt.language,
        )
        .await;
    let title = service.ok().and_then(|service| service.title.clone());
    let earlier = settle_earlier(app, attempt).await?;
    let now = app.clock.now();
    // Written even where nothing is sent: whoever asks after this key hears of its wish, and not that it is unknown.
    app.store
        .begin(customer, key, &attempt.wish, title.as_deref(), now)
        .await?;
    if let Some(booking) = turn.made_meanwhile(&attempt.wish) {
        return Ok(booked(app, attempt, booking).await);
    }
    match earlier {
        Earlier::NothingBooked => first_time(app, attempt, title).await,
        Earlier::Booked(booking) => Ok(booked(app, attempt, *booking).await),
        Earlier::Open => Err(uncertain(app, attempt, Failure::of(FailureKind::Uncertain)).await),
    }
}

/// What became of this member's earlier attempts at the same wish.
enum Earlier {
    /// There was none, or they are known to have booked nothing.
    NothingBooked,
    /// One of them booked it.
    Booked(Box<AppointmentBooking>),
    /// Nobody knows yet.
    Open,
}

/// Looks up earlier attempts that are open still, under whatever key, before the same wish is sent once more: a page
/// that was loaded anew has a new key.
async fn settle_earlier(app: &App, attempt: &Try) -> Result<Earlier, BookError> {
    let open = app.store.open_attempts(attempt.member.customer()).await?;
    let same = open.into_iter().filter(|(_, earlier)| {
        let wish = earlier.wish.as_ref();
        wish.is_some_and(|wish| same_wish(wish, &attempt.wish))
    });
    for (key, earlier) in same {
        let view = settle::look_and_write(app, &attempt.member, &key, &earlier, &attempt.language).await;
        match (view.state, view.booking) {
            (AttemptState::Booked, Some(booking)) => return Ok(Earlier::Booked(Box::new(booking))),
            (AttemptState::NotBooked | AttemptState::Refused, _) => {}
            _ => return Ok(Earlier::Open),
        }
    }
    Ok(Earlier::NothingBooked)
}

/// By instant, as in [`booking::bookings::same_booking`]; and with the same people, in whatever order.
fn same_wish(one: &BookingWish, other: &BookingWish) -> bool {
    let with = |wish: &BookingWish| wish.instructor_ids.iter().copied().collect::<HashSet<_>>();
    one.bookable_appointment_id == other.bookable_appointment_id
        && one.start_date_time.instant() == other.start_date_time.instant()
        && one.end_date_time.instant() == other.end_date_time.instant()
        && with(one) == with(other)
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
        Ok(booking) => Ok(booked(app, attempt, booking).await),
        Err(error) if error.did_nothing() => Err(not_booked(app, attempt, sorted(error)).await),
        Err(error) => {
            tracing::warn!(%error, "booking: no answer, looking it up");
            let failure = failure_of(&error, Doing::Write);
            let unknown = uncertain(app, attempt, failure).await;
            look_a_few_times(app, attempt, title).await.ok_or(unknown)
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
    unwritten(written);
    error
}

/// Nobody knows: it stays to be looked up.
async fn uncertain(app: &App, attempt: &Try, failure: Failure) -> BookError {
    unwritten(conclude(app, attempt, &Outcome::Uncertain).await);
    BookError::Uncertain(Box::new(failure))
}

async fn conclude(app: &App, attempt: &Try, outcome: &Outcome) -> Result<(), StoreError> {
    app.store
        .conclude(attempt.member.customer(), &attempt.key, outcome, app.clock.now())
        .await
}

async fn booked(app: &App, attempt: &Try, booking: AppointmentBooking) -> AppointmentBooking {
    unwritten(record(app, &attempt.member, &attempt.key, &booking).await);
    booking
}

/// What happened has happened, whatever our own database says: the intent stays in it, and is looked up by whoever
/// asks. Only before anything is sent may a database that fails be the answer.
pub(crate) fn unwritten(written: Result<(), StoreError>) {
    if let Err(error) = written {
        tracing::error!(%error, "the outcome of a booking could not be written");
    }
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
    let outcome = Outcome::Booked(Box::new(for_members(booking.clone())));
    app.store.conclude(member.customer(), key, &outcome, now).await
}

async fn look_a_few_times(app: &App, attempt: &Try, title: Option<String>) -> Option<AppointmentBooking> {
    for pause in &app.settings.limits.looks {
        tokio::time::sleep(*pause).await;
        let found = settle::find(
            app,
            &attempt.member,
            &attempt.wish,
            title.as_deref(),
            &attempt.language,
        );
        if let Some(booking) = found.await {
            return Some(booked(app, attempt, booking).await);
        }
    }
    None
}

async fn again(app: &App, attempt: &Try, before: Attempt) -> Result<AppointmentBooking, BookError> {
    match before.outcome {
        Outcome::Void | Outcome::NotBooked => Err(BookError::Spent),
        _ if before.wish.as_ref() != Some(&attempt.wish) => Err(BookError::OtherWish),
        Outcome::Booked(booking) => Ok(*booking),
        Outcome::Refused(failure) => Err(BookError::Refused(failure)),
        Outcome::Intent | Outcome::Uncertain => look_a_few_times(app, attempt, before.title)
            .await
            .ok_or_else(|| BookError::Uncertain(Box::new(Failure::of(FailureKind::Uncertain)))),
    }
}
