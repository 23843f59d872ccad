//! Booking, once. The intent is written before the upstream is called and the outcome after; what was sent is never
//! sent again; and no request of a browser's, cut off or repeated, under this key or another, at this process or
//! another, changes that.
//!
//! The store decides who sends: whoever makes an intent a thing that is sent ([`crate::store::Attempts::send`]). All
//! others wait for what comes of it. Within a process members also take turns with themselves.
//!
//! Only a [`Member`] books. What became of a call without an answer is [`crate::settle`]'s to find out.

mod turns;
mod waiting;

use std::sync::Arc;

use booking::{AttemptKey, AttemptState, AttemptView, Failure, FailureKind};
use chrono::{DateTime, TimeDelta, Utc};
use perfectgym::{
    AppointmentBooking, Book, BookableAppointmentId, BookingWish, ValidateBooking, ValidationStatus,
};

use crate::app::App;
use crate::clock::Stopwatch;
use crate::http::error::{Doing, failure_of};
use crate::identity::Member;
use crate::settle::{self, Whose};
use crate::store::{Attempt, Begun, Concluded, Outcome, State, StoreError};
use crate::upstream::UpstreamError;

pub(crate) use turns::{Attempts, Turn};
pub(crate) use waiting::Patience;

/// The upstream's list reaches two weeks ahead; a day less, as its edge is undocumented.
pub(crate) const LIST_REACHES: TimeDelta = TimeDelta::days(13);

/// Between the machines of a fleet.
const CLOCKS_DIFFER_BY: TimeDelta = TimeDelta::seconds(5);
/// How many keys for the same wish may be in front of one.
const LEADERS: usize = 4;

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

/// One attempt of a member's.
#[derive(Clone)]
pub(crate) struct Try {
    pub(crate) member: Member,
    pub(crate) key: AttemptKey,
    pub(crate) wish: BookingWish,
    pub(crate) language: String,
}

impl Try {
    fn whose(&self) -> Whose {
        Whose::of_member(&self.member)
    }

    fn service(&self) -> BookableAppointmentId {
        self.wish.bookable_appointment_id
    }
}

/// A booking, or why there is none.
type Booked = Result<AppointmentBooking, BookError>;

/// Books, or says what became of the same attempt before.
///
/// Runs in a task of its own: a browser that goes away in mid-flight must not keep the outcome from being written.
pub(crate) async fn book(app: &Arc<App>, attempt: Try) -> Booked {
    let task = app.attempts.spawn(run(Arc::clone(app), attempt));
    task.await.unwrap_or(Err(BookError::BrokeOff))
}

async fn run(app: Arc<App>, attempt: Try) -> Booked {
    let (customer, arrived) = (attempt.member.customer(), app.clock.now());
    let mut turn = app.attempts.turn(customer).await;
    let before = app.store.attempt(customer, &attempt.key).await?;
    if let Some(before) = before.filter(|before| before.outcome.state() == State::Booked) {
        app.times_are_old(customer, Some(attempt.service()));
        return told(&app, &attempt, before).await;
    }
    let result = in_turn(&app, &attempt, &turn, arrived).await;
    // Whatever came of it: a time that somebody else was faster to take is gone as well.
    app.times_are_old(customer, Some(attempt.service()));
    if let Ok(booking) = &result {
        app.attempts.made(&mut turn, &attempt.wish, booking);
    }
    result
}

/// A key that has been here before is waited for where another process works on it; an intent that was left behind is
/// gone on with, as it was never sent.
async fn in_turn(app: &App, attempt: &Try, turn: &Turn, arrived: DateTime<Utc>) -> Booked {
    let patience = Patience::since(app, arrived);
    let (customer, key) = (attempt.member.customer(), &attempt.key);
    match patience.wait_for(app, customer, key).await? {
        Some(before) => match before.outcome.state() {
            State::Intent if before.wish.as_ref() == Some(&attempt.wish) => {
                mine(app, attempt, before.title, turn, &patience).await
            }
            State::Follows if before.wish.as_ref() == Some(&attempt.wish) => {
                begin(app, attempt, turn, &patience).await
            }
            _ => told(app, attempt, before).await,
        },
        None => begin(app, attempt, turn, &patience).await,
    }
}

/// Begins, once whatever is open of the same wish is known to have booked nothing, under whatever key: a page that was
/// loaded anew has a new one.
async fn begin(app: &App, attempt: &Try, turn: &Turn, patience: &Patience) -> Booked {
    let (customer, key) = (attempt.member.customer(), &attempt.key);
    let title = title(app, attempt).await;
    for _ in 0..LEADERS {
        let now = app.clock.now();
        let begun = app
            .store
            .begin(customer, key, &attempt.wish, title.as_deref(), now);
        match begun.await? {
            Begun::New => return mine(app, attempt, title, turn, patience).await,
            Begun::Taken(_) => return what_stands(app, attempt, patience).await,
            Begun::Follows(leader, _) => match what_leads(app, attempt, &leader, patience).await? {
                Leader::Booked(booking) => return Ok(booked(app, attempt, *booking).await),
                Leader::BookedNothing => {}
                Leader::Open => break,
            },
        }
    }
    // Written as one that follows: whoever asks after it hears what came of the other.
    Err(unknown())
}

async fn title(app: &App, attempt: &Try) -> Option<String> {
    let service = app
        .catalogue
        .service_to_book(&app.upstream, attempt.service(), &attempt.language)
        .await;
    service.ok().and_then(|service| service.title.clone())
}

/// What became of the open attempt at the same wish.
enum Leader {
    /// Nothing, and nothing will.
    BookedNothing,
    /// The booking.
    Booked(Box<AppointmentBooking>),
    /// Nobody knows yet.
    Open,
}

async fn what_leads(
    app: &App,
    attempt: &Try,
    leader: &AttemptKey,
    patience: &Patience,
) -> Result<Leader, BookError> {
    let view = settle::known(app, &attempt.whose(), leader, patience, &attempt.language).await?;
    Ok(match (view.state, view.booking) {
        (AttemptState::Booked, Some(booking)) => Leader::Booked(Box::new(booking)),
        (AttemptState::NotBooked | AttemptState::Refused, _) => Leader::BookedNothing,
        _ => Leader::Open,
    })
}

/// An intent of this key stands: validates, makes it a thing that is sent, and sends it.
async fn mine(app: &App, attempt: &Try, title: Option<String>, turn: &Turn, patience: &Patience) -> Booked {
    if let Some(booking) = turn.made_meanwhile(&attempt.wish) {
        return Ok(booked(app, attempt, booking).await);
    }
    if let Err(error) = validate(app, attempt).await {
        return not_booked(app, attempt, State::Intent, error, patience).await;
    }
    let (customer, key) = (attempt.member.customer(), &attempt.key);
    let watch = Stopwatch::start();
    if !app.store.send(customer, key, app.clock.now()).await? {
        return what_stands(app, attempt, patience).await;
    }
    // A process that was held up here for so long may have been given up by others.
    if watch.elapsed() > app.settings.limits.write {
        let late = UpstreamError::NotSent("the database took too long".into());
        return not_booked(app, attempt, State::Sent, late.into(), patience).await;
    }
    send(app, attempt, title, patience).await
}

/// The one place that books.
async fn send(app: &App, attempt: &Try, title: Option<String>, patience: &Patience) -> Booked {
    match app
        .upstream
        .call(&Book(attempt.member.asks(&attempt.wish)), &attempt.language)
        .await
    {
        Ok(booking) => Ok(booked(app, attempt, booking).await),
        Err(error) if error.did_nothing() => {
            not_booked(app, attempt, State::Sent, sorted(error), patience).await
        }
        Err(error) => {
            tracing::warn!(%error, "booking: no answer, looking it up");
            let failure = failure_of(&error, Doing::Write);
            // It may have been booked.
            app.times_changed(attempt.member.customer(), Some(attempt.service()));
            unwritten(
                conclude(app, attempt, State::Sent, &Outcome::Uncertain)
                    .await
                    .map(drop),
            );
            look_a_few_times(app, attempt, title)
                .await
                .ok_or(BookError::Uncertain(Box::new(failure)))
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
    if error.is_verdict() {
        BookError::Refused(Box::new(failure_of(&error, Doing::Write)))
    } else {
        BookError::Upstream(error)
    }
}

/// The booking of the same wish that another process made while this request was under way: that, and not a refusal, is
/// what two tabs at once are told. Where it stands still, as it may be another time that is in the way by now.
async fn booked_elsewhere(app: &App, attempt: &Try, patience: &Patience) -> Option<AppointmentBooking> {
    let since = patience.arrived() - CLOCKS_DIFFER_BY;
    let found = app
        .store
        .booked_since(attempt.member.customer(), &attempt.wish, since);
    let id = found.await.ok()??.booking_id;
    if app.attempts.made_here(id) {
        return None;
    }
    let whose = attempt.whose();
    settle::still_there(app, &whose, id, &attempt.language)
        .await
        .ok()?
}

/// A verdict is kept under the key. Where there was none, the key may try again. Where another process took the attempt
/// on meanwhile, its outcome is the answer: the verdict may have been of that one's very booking.
async fn not_booked(
    app: &App,
    attempt: &Try,
    stands: State,
    error: BookError,
    patience: &Patience,
) -> Booked {
    let BookError::Refused(failure) = &error else {
        let (customer, key) = (attempt.member.customer(), &attempt.key);
        unwritten(app.store.forget(customer, key, stands).await);
        return before_the_failure(app, attempt, error).await;
    };
    if let Some(booking) = booked_elsewhere(app, attempt, patience).await {
        return Ok(booked(app, attempt, booking).await);
    }
    match conclude(app, attempt, stands, &Outcome::Refused(failure.clone())).await {
        Ok(Concluded::Stands(Some(_))) => what_stands(app, attempt, patience).await,
        written => {
            unwritten(written.map(drop));
            Err(error)
        }
    }
}

/// Nothing was done under this key; but "nothing was booked" would be wrong of a wish that another key has booked, or may
/// have, and whose answer was lost.
async fn before_the_failure(app: &App, attempt: &Try, error: BookError) -> Booked {
    match settle::elsewhere(app, &attempt.whose(), &attempt.wish, &attempt.language).await {
        Ok(None) => Err(error),
        Ok(Some(AttemptView {
            booking: Some(booking),
            ..
        })) => Ok(booking),
        Ok(Some(_)) | Err(_) => Err(unknown()),
    }
}

async fn conclude(
    app: &App,
    attempt: &Try,
    stands: State,
    outcome: &Outcome,
) -> Result<Concluded, StoreError> {
    let (customer, now) = (attempt.member.customer(), app.clock.now());
    app.store
        .conclude(customer, &attempt.key, stands, outcome, now)
        .await
}

async fn booked(app: &App, attempt: &Try, booking: AppointmentBooking) -> AppointmentBooking {
    let service = Some(attempt.service());
    unwritten(settle::record(app, &attempt.whose(), &attempt.key, service, &booking).await);
    booking
}

/// What happened has happened, whatever our own database says: what was sent stays in it, and is looked up by whoever
/// asks. Only before anything is sent may a database that fails be the answer.
pub(crate) fn unwritten(written: Result<(), StoreError>) {
    if let Err(error) = written {
        tracing::error!(%error, "the outcome of a booking could not be written");
    }
}

async fn look_a_few_times(app: &App, attempt: &Try, title: Option<String>) -> Option<AppointmentBooking> {
    let whose = attempt.whose();
    for pause in &app.settings.limits.looks {
        tokio::time::sleep(*pause).await;
        let found = settle::find(app, &whose, &attempt.wish, title.as_deref(), &attempt.language);
        if let Some(booking) = found.await {
            return Some(booked(app, attempt, booking).await);
        }
    }
    None
}

/// Another process was quicker with this key: what came of it.
async fn what_stands(app: &App, attempt: &Try, patience: &Patience) -> Booked {
    let stands = patience.wait_for(app, attempt.member.customer(), &attempt.key);
    match stands.await? {
        Some(stands) => told(app, attempt, stands).await,
        // Nothing was sent, and the other said why to whoever asked there.
        None => Err(UpstreamError::NotSent("another process gave it up".into()).into()),
    }
}

/// What is known of an attempt of before, without doing anything for it.
async fn told(app: &App, attempt: &Try, before: Attempt) -> Booked {
    match before.outcome {
        Outcome::Void | Outcome::NotBooked => before_the_failure(app, attempt, BookError::Spent).await,
        _ if before.wish.as_ref() != Some(&attempt.wish) => Err(BookError::OtherWish),
        Outcome::Booked(booking) => Ok(*booking),
        Outcome::Refused(failure) => Err(BookError::Refused(failure)),
        Outcome::Sent | Outcome::Uncertain => look_a_few_times(app, attempt, before.title)
            .await
            .ok_or_else(unknown),
        Outcome::Intent | Outcome::Follows(_) => Err(unknown()),
    }
}

fn unknown() -> BookError {
    BookError::Uncertain(Box::new(Failure::of(FailureKind::Uncertain)))
}
