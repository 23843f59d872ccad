//! Slows guessing. Nobody has to open a lock: it opens by itself.
//!
//! A guess is counted before it is checked, so that many at once do not slip through, and is taken back where it was
//! right or where the upstream could not be asked. Identities that do not exist count like those that do. It is counted in
//! the store: another proxy, or another start, gives no new guesses.
//!
//! A stranger cannot keep a member out. What they use up first is their own: the count of this identity from their
//! address. The one of this identity from everywhere is larger; and a device that was signed in as this member before
//! ([`super::KnownDevice`]) has a count of its own, whatever else is full. In total nobody is refused, only slowed.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::counted::{Counted, Counts, NameKey};
use crate::bucket::{Bucket, Size};
use crate::config::Brakes;
use crate::store::{Buckets, StoreError, Sums};

/// Nobody waits longer than this for everybody else's guesses.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// So many are counted at a time: a flood of guesses leaves connections to the database for bookings.
const AT_A_TIME: usize = 2;

/// All counters of one way of signing in.
pub struct Brake {
    counts: Counts,
    key: NameKey,
    store: Arc<dyn Buckets>,
    flood: Arc<Flood>,
}

/// What a process counts by itself: all guesses together. Nobody is refused by it, and in the store it would be one row
/// for which all who sign in take turns.
pub struct Flood {
    total: Mutex<Bucket>,
    turns: Semaphore,
}

/// Who guesses, and at whom.
#[derive(Clone, Copy)]
pub struct Guess<'a> {
    /// What they say they are: a number, an e-mail address.
    pub identity: &'a str,
    /// Where they are.
    pub address: IpAddr,
    /// The device, where it was signed in as this identity before.
    pub device: Option<&'a str>,
}

/// Too many wrong answers; opens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Until the next guess is let through.
    pub opens_in: TimeDelta,
}

/// Why a guess is not let through.
#[derive(Debug, thiserror::Error)]
pub enum BrakeError {
    /// Too many before it.
    #[error("locked for {} s", .0.opens_in.num_seconds())]
    Locked(Locked),
    /// It cannot be counted, and so is not checked: as little as a session could begin.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Brake {
    /// Goes on with what the store has counted. `way` tells ways of signing in apart; the key is the sessions'.
    pub fn new(
        way: &'static str,
        brakes: Brakes,
        key: &[u8; 32],
        store: Arc<dyn Buckets>,
        flood: Arc<Flood>,
    ) -> Self {
        Self {
            counts: Counts::of(brakes),
            key: NameKey::new(way, key),
            store,
            flood,
        }
    }

    /// Counts a guess, unless there were too many; says how long to wait before it is checked, so that all together are
    /// not faster than they may be.
    ///
    /// # Errors
    /// Locked, and then nothing is counted: knocking at a closed door does not keep it closed. Or the database's.
    pub async fn admit(&self, guess: Guess<'_>, now: DateTime<Utc>) -> Result<Duration, BrakeError> {
        let counted = self.counted(guess);
        let mut locked = None;
        let mut count = |buckets: &mut [Bucket], now: Duration| locked = counted.count(buckets, now);
        self.change(&counted, now, &mut count).await?;
        match locked {
            Some(opens_in) => Err(BrakeError::Locked(Locked {
                opens_in: whole_seconds(opens_in),
            })),
            None => Ok(self.flood.count(self.counts.total, now)),
        }
    }

    /// The answer was right: the count of this identity from here starts afresh, the others lose this one.
    pub async fn was_right(&self, guess: Guess<'_>, now: DateTime<Utc>) {
        self.take_back(guess, now, true).await;
    }

    /// Nobody could say whether it was right: all lose this one.
    pub async fn was_not_checked(&self, guess: Guess<'_>, now: DateTime<Utc>) {
        self.take_back(guess, now, false).await;
    }

    async fn take_back(&self, guess: Guess<'_>, now: DateTime<Utc>, right: bool) {
        let counted = self.counted(guess);
        let mut uncount = |buckets: &mut [Bucket], now: Duration| counted.take_back(buckets, right, now);
        if let Err(error) = self.change(&counted, now, &mut uncount).await {
            // One too many, which is forgotten as every other is.
            tracing::warn!(%error, "a guess that was none stays counted");
        }
        self.flood.take_back(self.counts.total, now);
    }

    fn counted(&self, guess: Guess<'_>) -> Counted {
        Counted::of(&self.counts, &self.key, guess, network(guess.address))
    }

    async fn change(
        &self,
        counted: &Counted,
        now: DateTime<Utc>,
        sums: &mut Sums<'_>,
    ) -> Result<(), StoreError> {
        let _turn = self.flood.turn().await;
        self.store.change(&counted.names(), now, sums).await
    }
}

impl Default for Flood {
    fn default() -> Self {
        Self {
            total: Mutex::default(),
            turns: Semaphore::new(AT_A_TIME),
        }
    }
}

impl Flood {
    /// How long this one waits: what there is beyond the total is as many as would wait longest.
    fn count(&self, total: Size, now: DateTime<Utc>) -> Duration {
        let (size, spare) = with_spare(total);
        let (mut bucket, now) = (self.total(), since_1970(now));
        let slowed = bucket.wait(size, spare + 1, now).unwrap_or_default();
        bucket.take(size, 1, now);
        slowed.min(LONGEST_WAIT)
    }

    fn take_back(&self, total: Size, now: DateTime<Utc>) {
        self.total().give_back(with_spare(total).0, 1, since_1970(now));
    }

    fn total(&self) -> MutexGuard<'_, Bucket> {
        self.total.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// None only if it were closed, which nobody does.
    async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }
}

/// A total that is passed, but by no more than is left of it after the longest wait: a flood that ended slows nobody.
fn with_spare(total: Size) -> (Size, u32) {
    let spare = LONGEST_WAIT.as_nanos() / total.each.as_nanos().max(1);
    let spare = u32::try_from(spare).unwrap_or(u32::MAX);
    let holds = total.holds.saturating_add(spare);
    (Size { holds, ..total }, spare)
}

fn since_1970(now: DateTime<Utc>) -> Duration {
    Duration::from_micros(u64::try_from(now.timestamp_micros()).unwrap_or_default())
}

/// Rounded up: whoever comes back then is not told to wait once more.
fn whole_seconds(time: Duration) -> TimeDelta {
    let seconds = time.as_nanos().div_ceil(1_000_000_000);
    TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::MAX / 1000))
}

/// A home has one IPv4 address, and 2^64 of IPv6.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & (u128::MAX << 64)).into()),
    }
}

#[cfg(test)]
mod tests;
