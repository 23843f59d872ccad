//! Where the right to call comes from: the studio's limit, which is one for all processes that share the key.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::bucket::{Bucket, Rate};
use super::endpoint::Endpoint;

/// Gives out calls to endpoints. One process has [`InMemory`]; a fleet shares one that keeps a [`Bucket`] an endpoint
/// in its database.
///
/// What is taken is used within [`super::purse::LASTS`] or lost, so a source's [`Rate`] leaves room for that much:
/// `at_once + a_minute * (60 s + LASTS) / 60 s` is at most the upstream's thousand.
#[async_trait]
pub trait Allowance: Send + Sync {
    /// Takes up to `want` calls to an endpoint, and says how many may be made; never waits for more.
    ///
    /// `now` is this process's, counted from its start. A source that several machines share goes by a clock that they
    /// share as well, such as the database's. One that cannot be asked decides for itself what that means; 0 stops all
    /// calls, bookings too.
    async fn take(&self, endpoint: Endpoint, want: u32, now: Duration) -> u32;

    /// How many to take beyond what is wanted right now, where asking costs a round trip.
    fn batch(&self) -> u32 {
        0
    }
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
    async fn take(&self, endpoint: Endpoint, want: u32, now: Duration) -> u32 {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.entry(endpoint).or_default().take(self.rate, want, now)
    }

    fn batch(&self) -> u32 {
        u32::try_from(self.rate.within(AHEAD)).unwrap_or(u32::MAX)
    }
}
