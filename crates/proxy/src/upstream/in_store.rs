//! The allowance of a fleet: a bucket an endpoint in the database that all proxies share, by its clock.
//!
//! For a database that is a file there is [`super::InMemory`]: a file is one machine's, as a rule one process's, and each
//! write to it waits for the disk.
//!
//! Where the database is away nobody can book, as no intent can be written. What can be shown without it is read with a
//! tenth of the budget, which begins with nothing: so up to ten proxies stay inside the limit, also in the minute in which
//! it went away or came back.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::allowance::{Allowance, Grant, Want};
use super::endpoint::Endpoint;
use super::rate::Rate;
use crate::bucket::Bucket;
use crate::clock::Clock;
use crate::store::{Buckets, StoreError};

/// How long the database may take: it is in the way of whoever waits for a call.
const PATIENCE: Duration = Duration::from_millis(300);
/// Others are told of a 429 behind everybody's back.
const TELLING: Duration = Duration::from_secs(5);
/// How often one that is away is asked whether it is back.
const ASK_AGAIN: Duration = Duration::from_secs(1);
/// It is asked no more often than calls come back in that time.
const AHEAD: Duration = Duration::from_millis(300);
/// The upstream's own minute.
const MINUTE: Duration = Duration::from_secs(60);

/// See the module.
pub struct InStore {
    buckets: Arc<dyn Buckets>,
    rate: Rate,
    clock: Clock,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    is_away: bool,
    /// By endpoint, while the database is away.
    alone: HashMap<Endpoint, Alone>,
    /// Until when a 429 holds, by endpoint and the database's clock: those that are known here.
    closed: HashMap<Endpoint, Duration>,
}

/// What there is without the database.
struct Alone {
    bucket: Bucket,
    ask_again: Duration,
}

impl InStore {
    /// Shares what is kept in that database. The clock counts only where that is a file.
    pub fn new(buckets: Arc<dyn Buckets>, rate: Rate, clock: Clock) -> Self {
        Self {
            buckets,
            rate,
            clock,
            kept: Mutex::default(),
        }
    }

    async fn ask(&self, endpoint: Endpoint, want: Want) -> Result<Grant, StoreError> {
        let (calls, closed) = (calls_of(endpoint), closed_of(endpoint));
        let (mut granted, mut closed_until, mut at) = (0, Duration::ZERO, Duration::ZERO);
        let mut sums = |buckets: &mut [Bucket], now: Duration| {
            if let [calls, closed] = buckets {
                granted = share(calls, self.rate, want, now);
                (closed_until, at) = (closed.full_at, now);
            }
        };
        let names = [calls.as_str(), closed.as_str()];
        self.buckets.change(&names, self.clock.now(), &mut sums).await?;
        Ok(Grant {
            calls: granted,
            closed_for: self.is_news(endpoint, closed_until, at),
        })
    }

    /// How long a 429 of another proxy's holds, the first time that it is seen. What comes of it here is as if it had been
    /// met here: a booking that is answered opens the endpoint again.
    fn is_news(&self, endpoint: Endpoint, until: Duration, now: Duration) -> Option<Duration> {
        let left = until.checked_sub(now).filter(|left| !left.is_zero())?;
        let known = self.kept().closed.insert(endpoint, until);
        (known != Some(until)).then(|| left.min(MINUTE))
    }

    async fn close(&self, endpoint: Endpoint, pause: Duration) -> Result<(), StoreError> {
        let mut until = Duration::ZERO;
        let mut sums = |buckets: &mut [Bucket], now: Duration| {
            for closed in buckets {
                closed.full_at = closed.full_at.max(now + pause.min(MINUTE));
                until = closed.full_at;
            }
        };
        let name = closed_of(endpoint);
        self.buckets.change(&[&name], self.clock.now(), &mut sums).await?;
        self.kept().closed.insert(endpoint, until);
        Ok(())
    }

    /// From what there is alone, unless it is time to ask the database again.
    fn alone(&self, endpoint: Endpoint, want: Want, now: Duration) -> Option<Grant> {
        let mut kept = self.kept();
        let alone = kept
            .alone
            .get_mut(&endpoint)
            .filter(|alone| now < alone.ask_again)?;
        Some(Grant {
            calls: alone.bucket.take(tenth(self.rate), want.all(), now),
            closed_for: None,
        })
    }

    /// The database did not answer.
    fn is_away(&self, endpoint: Endpoint, why: &str, now: Duration) {
        let mut kept = self.kept();
        if !std::mem::replace(&mut kept.is_away, true) {
            tracing::warn!(
                why,
                "the budget that the proxies share cannot be asked for; going on with a tenth of it"
            );
        }
        // One of a minute ago is of another time that the database was away.
        let going_on = kept
            .alone
            .get(&endpoint)
            .filter(|alone| now < alone.ask_again + MINUTE);
        let bucket = going_on.map_or_else(|| Bucket::empty(tenth(self.rate), now), |alone| alone.bucket);
        let ask_again = now + ASK_AGAIN;
        kept.alone.insert(endpoint, Alone { bucket, ask_again });
    }

    fn is_back(&self, endpoint: Endpoint) {
        let mut kept = self.kept();
        kept.alone.remove(&endpoint);
        if std::mem::take(&mut kept.is_away) {
            tracing::info!("the budget that the proxies share is asked for again");
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Allowance for InStore {
    async fn take(&self, endpoint: Endpoint, want: Want, now: Duration) -> Grant {
        if let Some(grant) = self.alone(endpoint, want, now) {
            return grant;
        }
        let why = match tokio::time::timeout(PATIENCE, self.ask(endpoint, want)).await {
            Ok(Ok(grant)) => {
                self.is_back(endpoint);
                return grant;
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it takes too long".to_owned(),
        };
        self.is_away(endpoint, &why, now);
        self.alone(endpoint, want, now).unwrap_or_default()
    }

    fn batch(&self) -> u32 {
        u32::try_from(self.rate.within(AHEAD)).unwrap_or(u32::MAX).max(1)
    }

    /// Lost where the database is away: each proxy then meets its own.
    async fn refused(&self, endpoint: Endpoint, pause: Duration) {
        let closed = tokio::time::timeout(TELLING, self.close(endpoint, pause)).await;
        if !matches!(closed, Ok(Ok(()))) {
            tracing::debug!(%endpoint, "other proxies were not told of a 429");
        }
    }
}

/// What one of several may take. Bookings that wait get what there is; a few calls are left for those at other proxies,
/// and of the others half: or whoever happens to ask first each time would get them all.
fn share(bucket: &mut Bucket, rate: Rate, want: Want, now: Duration) -> u32 {
    let bookings = bucket.take(rate, want.bookings, now);
    let others = bucket
        .left(rate, now)
        .saturating_sub(rate.at_once / 8)
        .div_ceil(2);
    bookings + bucket.take(rate, want.others.min(others), now)
}

fn tenth(rate: Rate) -> Rate {
    Rate {
        a_minute: (rate.a_minute / 10).max(1),
        at_once: (rate.at_once / 10).max(1),
    }
}

fn calls_of(endpoint: Endpoint) -> String {
    format!("calls {endpoint}")
}

fn closed_of(endpoint: Endpoint) -> String {
    format!("closed {endpoint}")
}

#[cfg(test)]
mod tests;
