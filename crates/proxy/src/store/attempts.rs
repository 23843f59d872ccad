//! Attempts to book: the intent before the call, the outcome after. Several processes may work on the same one; what each
//! may still do is decided here, by the state that stands, and never by who was quicker to look.

use async_trait::async_trait;
use booking::{AttemptKey, Failure};
use chrono::{DateTime, Utc};
use perfectgym::{AppointmentBooking, BookingId, BookingWish, CustomerId};

use super::{State, StoreError};

/// An attempt as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What was asked for; none where the key was made void before its request arrived.
    pub wish: Option<BookingWish>,
    /// What its booking would be called, where that is known.
    pub title: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// When that was written, to the second.
    pub changed_at: DateTime<Utc>,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Written down, not sent. Whoever makes it [`Outcome::Sent`] sends it, and nobody else does.
    Intent,
    /// The upstream's book is being called, or was by a process that is no more.
    Sent,
    /// Not sent: another attempt at the same wish was open, and what comes of that one came of this.
    Follows(AttemptKey),
    /// There is a booking.
    Booked(Box<AppointmentBooking>),
    /// Refused, by validation or by the upstream's book.
    Refused(Box<Failure>),
    /// Nothing was booked, and nothing will be.
    NotBooked,
    /// Sent, and no answer came.
    Uncertain,
    /// Asked after before it arrived: it may arrive no more.
    Void,
}

impl Outcome {
    /// Without what came with it.
    pub fn state(&self) -> State {
        match self {
            Self::Intent => State::Intent,
            Self::Sent => State::Sent,
            Self::Follows(_) => State::Follows,
            Self::Booked(_) => State::Booked,
            Self::Refused(_) => State::Refused,
            Self::NotBooked => State::NotBooked,
            Self::Uncertain => State::Uncertain,
            Self::Void => State::Void,
        }
    }
}

/// What there is to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// An intent stands, and is the caller's to work on.
    New,
    /// The key is taken, by this.
    Taken(Box<Attempt>),
    /// The same wish is open under another key, by this. The caller's key was written as one that follows it; to begin
    /// once more with it, when the other is not open any more, makes an intent of it.
    Follows(AttemptKey, Box<Attempt>),
}

/// Whether an outcome was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concluded {
    /// It stands.
    Written,
    /// It stands, against what was said before: a booking that was said not to be. Somebody was told wrong.
    Late,
    /// Too late, or already: this stands, and is the truth.
    Stands(Option<Box<Attempt>>),
}

/// An open attempt that nobody asked for: the right to find out what came of it. Given by the store alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenAttempt {
    customer: CustomerId,
    key: AttemptKey,
    attempt: Attempt,
}

impl OpenAttempt {
    pub(super) fn new(customer: CustomerId, key: AttemptKey, attempt: Attempt) -> Self {
        Self {
            customer,
            key,
            attempt,
        }
    }

    /// Whose it is.
    pub fn customer(&self) -> CustomerId {
        self.customer
    }

    /// Its key.
    pub fn key(&self) -> &AttemptKey {
        &self.key
    }

    /// As it stood when it was read.
    pub fn attempt(&self) -> &Attempt {
        &self.attempt
    }
}

/// Each changes one attempt at most, whole or not at all, and is on the disk when it returns. All errors are the
/// database's; after one nobody knows whether it was done.
#[async_trait]
pub trait Attempts: Send + Sync {
    /// Writes an intent. Of any number of processes that begin the same wish at once, under whatever keys, one is told
    /// [`Begun::New`] while that one is open.
    async fn begin(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        wish: &BookingWish,
        title: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Begun, StoreError>;

    /// Makes a key void, unless it is taken; then what stands there.
    async fn void(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, StoreError>;

    /// What stands under a key of this customer's.
    async fn attempt(&self, customer: CustomerId, key: &AttemptKey) -> Result<Option<Attempt>, StoreError>;

    /// Makes an intent a thing that is sent. Whoever is told `true` must send it, once; nobody else is.
    async fn send(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError>;

    /// Writes what came of an attempt. A booking is the truth, and is written whatever stands, as [`State::step`] allows;
    /// all else only where it `stands` as the caller thinks: a verdict on one process's intent is none on what another
    /// has sent meanwhile.
    async fn conclude(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        stands: State,
        outcome: &Outcome,
        now: DateTime<Utc>,
    ) -> Result<Concluded, StoreError>;

    /// Forgets an attempt of which nothing can have come, so that the same key may try again, where it `stands` as the
    /// caller thinks. For whoever may know: anybody, as long as it is an intent, and after that whoever sent it.
    async fn forget(&self, customer: CustomerId, key: &AttemptKey, stands: State) -> Result<(), StoreError>;

    /// Everybody's open attempts that were changed before a time and not looked up since another, the oldest first, and
    /// no more than a hundred. The older one was when it was looked up, the longer it is let be after that.
    async fn open_attempts(
        &self,
        changed_before: DateTime<Utc>,
        looked_before: DateTime<Utc>,
    ) -> Result<Vec<OpenAttempt>, StoreError>;

    /// Notes that one is being looked up, unless somebody did so since: `false`. Spreads work, and promises nothing.
    async fn claim_look(
        &self,
        open: &OpenAttempt,
        looked_before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError>;

    /// Notes that the log says that one cannot be settled; `false` where it has said so before.
    async fn tell_once(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError>;

    /// The booking that this customer's same wish came to since a time, under whatever key, the latest first.
    async fn booked_since(
        &self,
        customer: CustomerId,
        wish: &BookingWish,
        since: DateTime<Utc>,
    ) -> Result<Option<AppointmentBooking>, StoreError>;

    /// The key under which this customer's same wish is open, whichever that is.
    async fn open_at(
        &self,
        customer: CustomerId,
        wish: &BookingWish,
    ) -> Result<Option<AttemptKey>, StoreError>;

    /// The wish that a booking of this customer's was made with, where it was made here and is not forgotten yet.
    async fn wish_of(
        &self,
        customer: CustomerId,
        booking: BookingId,
    ) -> Result<Option<BookingWish>, StoreError>;

    /// Forgets attempts last changed before a time: nobody asks after them any more.
    async fn forget_attempts_before(&self, time: DateTime<Utc>) -> Result<u64, StoreError>;
}
