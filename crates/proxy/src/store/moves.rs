//! Moves of a booking to another time: book the new one, then cancel the old one. Each step is written before it is made,
//! so that whoever comes after a process that died goes on with it, and nothing is cancelled before the new one is certain.

use async_trait::async_trait;
use booking::{AttemptKey, Failure};
use chrono::{DateTime, Utc};
use perfectgym::{BookingId, BookingWish, CustomerId};

use super::{StoreError, wish::fingerprint};

/// Where a move stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveStep {
    /// The new one is being booked, by the attempt of the same key.
    Booking,
    /// The new one is booked; the old one is being cancelled.
    Cancelling,
    /// Done.
    Moved,
    /// The new one is booked, and the old one could not be cancelled.
    BothStand,
    /// The new one was not booked. Nothing has changed.
    NotMoved,
}

impl MoveStep {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Booking,
        Self::Cancelling,
        Self::Moved,
        Self::BothStand,
        Self::NotMoved,
    ];

    /// Whether this may become that.
    pub fn may_become(self, next: Self) -> bool {
        use MoveStep::{Booking, BothStand, Cancelling, Moved, NotMoved};
        matches!(
            (self, next),
            (Booking, Cancelling | NotMoved) | (Cancelling, Moved | BothStand) | (BothStand, Moved)
        )
    }

    /// As the database has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Booking => "BOOKING",
            Self::Cancelling => "CANCELLING",
            Self::Moved => "MOVED",
            Self::BothStand => "BOTH_STAND",
            Self::NotMoved => "NOT_MOVED",
        }
    }
}

/// A move as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The booking that is to go.
    pub old: BookingId,
    /// Where it stands.
    pub step: MoveStep,
    /// Why the old one stands.
    pub failure: Option<Failure>,
    pub(super) fingerprint: String,
}

impl Move {
    /// Whether it is a move to that.
    pub fn is_to(&self, wish: &BookingWish) -> bool {
        self.fingerprint == fingerprint(wish)
    }
}

/// What there is to begin a move with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BegunMove {
    /// It stands, and is the caller's to work on.
    New,
    /// The key is taken, by this.
    Taken(Move),
    /// The same booking is being moved under another key, or was: one booking is moved to one time.
    Another(AttemptKey, Move),
}

/// A move that is not at its end and that nobody asked for: the right to go on with it. Given by the store alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenMove {
    pub(super) customer: CustomerId,
    pub(super) key: AttemptKey,
}

impl OpenMove {
    /// Whose it is.
    pub fn customer(&self) -> CustomerId {
        self.customer
    }

    /// Its key.
    pub fn key(&self) -> &AttemptKey {
        &self.key
    }
}

/// Each changes one move at most, whole or not at all, and is on the disk when it returns. All errors are the database's.
#[async_trait]
pub trait Moves: Send + Sync {
    /// Writes that a booking is to be moved. Of any number of processes that begin to move the same one, under whatever
    /// keys, one is told [`BegunMove::New`] until that move has come to nothing.
    async fn begin_move(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        old: BookingId,
        wish: &BookingWish,
        now: DateTime<Utc>,
    ) -> Result<BegunMove, StoreError>;

    /// The move of a booking that has not come to nothing, under whatever key.
    async fn move_from(
        &self,
        customer: CustomerId,
        old: BookingId,
    ) -> Result<Option<(AttemptKey, Move)>, StoreError>;

    /// The move under a key of this customer's.
    async fn move_of(&self, customer: CustomerId, key: &AttemptKey) -> Result<Option<Move>, StoreError>;

    /// Goes a step further, where [`MoveStep::may_become`] allows it; whether it did.
    async fn step_move(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        next: MoveStep,
        failure: Option<&Failure>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError>;

    /// Everybody's moves that are not at their end, as [`super::Attempts::open_attempts`].
    async fn open_moves(
        &self,
        changed_before: DateTime<Utc>,
        looked_before: DateTime<Utc>,
    ) -> Result<Vec<OpenMove>, StoreError>;

    /// Notes that one is being gone on with, unless somebody did so since. Spreads work, and promises nothing.
    async fn claim_move(
        &self,
        open: &OpenMove,
        looked_before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError>;

    /// Forgets moves last changed before a time.
    async fn forget_moves_before(&self, time: DateTime<Utc>) -> Result<(), StoreError>;
}
