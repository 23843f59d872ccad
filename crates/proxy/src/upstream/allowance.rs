//! Where the right to call comes from: the studio's limit, which is one for all processes that share the key.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::endpoint::Endpoint;
use super::rate::Rate;
use crate::bucket::Bucket;

/// How many calls are wanted, and by whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Want {
    /// Bookings that wait right now.
    pub bookings: u32,
    /// Readers, and what is kept in hand.
    pub others: u32,
}

impl Want {
    /// Everybody's.
    pub fn all(self) -> u32 {
        self.bookings.saturating_add(self.others)
    }
}

/// What was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// Calls that may be made.
    pub calls: u32,
    /// Another proxy was answered with a 429 that nobody here knew of: for how long it holds. Said once.
    pub closed_for: Option<Duration>,
}

/// Gives out calls to endpoints. One process has [`InMemory`]; a fleet shares one that keeps a [`Bucket`] an endpoint
/// in its database: [`super::InStore`].
///
/// What is taken is used within [`super::purse::LASTS`] or lost, so a source's [`Rate`] leaves room for that much:
/// `at_once + a_minute * (60 s + LASTS) / 60 s` is at most the upstream's thousand.
#[async_trait]
pub trait Allowance: Send + Sync {
    /// Takes up to what is wanted, and says how many calls may be made; never waits for more.
    ///
    /// `now` is this process's, counted from its start. A source that several machines share goes by a clock that they
    /// share as well, such as the database's. One that cannot be asked decides for itself what that means; 0 stops all
    /// calls, bookings too.
    async fn take(&self, endpoint: Endpoint, want: Want, now: Duration) -> Grant;

    /// How many to take beyond what is wanted right now, where asking costs a round trip.
    fn batch(&self) -> u32 {
        0
    }

    /// An endpoint answered with a 429, for so long: those who share the limit should know.
    async fn refused(&self, _endpoint: Endpoint, _pause: Duration) {}
}

/// What a process that is alone takes at once: nobody else would have it, and a limit of a thousand has none of it.
const AHEAD: Duration = Duration::from_millis(10);

/// The allowance of a process that is alone with its key.
pub struct InMemory {
    rate: Rate,
    buckets: Mutex<HashMap<Endpoint, Bucket>>,
}

impl InMemory {
    /// Full buckets.
    pub fn new(rate: Rate) -> Self {
        Self {
            rate,
            buckets: Mutex::default(),
        }
    }
}

#[async_trait]
impl Allowance for InMemory {
    async fn take(&self, endpoint: Endpoint, want: Want, now: Duration) -> Grant {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        Grant {
            calls: buckets
                .entry(endpoint)
                .or_default()
                .take(self.rate, want.all(), now),
            closed_for: None,
        }
    }

    fn batch(&self) -> u32 {
        u32::try_from(self.rate.within(AHEAD)).unwrap_or(u32::MAX)
    }
}
