//! Answers of the upstream that are kept: for a while as they are, then while a fresh one is fetched, and at last for when
//! none can be had. What many ask for at once is read once.
//!
//! Whoever knows that the world has changed says since when an answer is good for them ([`Need`]). Events are counted,
//! not timed, so that no clock decides what was before and what after.

mod need;
mod shelf;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use moka::sync::Cache;

use crate::clock::Clock;
use crate::measure::{self, Found};
use crate::request_id;
use crate::upstream::UpstreamError;

pub(crate) use need::{AsOf, Dated, Event, Events, Need, Seen, Times};
use shelf::{Entry, Flight, Key, Landed, Landing, Shelf, dated, fresh, joined, old, read_anew};

/// What changed is read anew once a second at most: a studio where something is booked each moment is still asked for its
/// times only so often.
const READ_ANEW: Duration = Duration::from_secs(1);
/// For how many times its freshness an answer is shown while a fresh one is fetched.
const REVALIDATED: u32 = 2;
/// What an answer weighs besides its bytes.
const OVERHEAD: usize = 300;

/// Answers by key.
pub(crate) struct Kept<K, V> {
    shelf: Arc<Shelf<K, V>>,
    times: Times,
    clock: Clock,
    events: Events,
}

/// A read that somebody waits for: their own, or one that was under way.
struct Boarded<V> {
    how: Found,
    lands: BoxFuture<'static, Landed<V>>,
}

/// What an entry is good for.
enum Use {
    AsItIs,
    WhileAFreshOneIsFetched,
    WhereNoneCanBeHad,
}

impl<K: Key, V: Send + Sync + 'static> Kept<K, V> {
    pub(crate) fn new(times: Times, clock: &Clock, events: &Events) -> Self {
        let entries = Cache::builder()
            .weigher(|_: &K, entry: &Arc<Entry<V>>| entry.weight)
            .max_capacity(times.most)
            .time_to_live(times.stands_in)
            .build();
        let shelf = Shelf {
            entries,
            flights: Mutex::default(),
        };
        Self {
            shelf: Arc::new(shelf),
            times,
            clock: clock.clone(),
            events: events.clone(),
        }
    }

    /// An answer, from wherever it is to be had. `read` begins to read it, where that is needed, and gives it with its
    /// size in bytes; `language` is that of its errors.
    ///
    /// # Errors
    /// The upstream's, where nothing may stand in.
    pub(crate) async fn get<F>(
        &self,
        key: K,
        need: Need,
        language: &str,
        read: impl FnOnce() -> F,
    ) -> Result<Seen<V>, Arc<UpstreamError>>
    where
        F: Future<Output = Result<(V, usize), UpstreamError>> + Send + 'static,
    {
        let entry = self.shelf.entries.get(&key);
        let entry = entry.filter(|entry| entry.asked > need.not_before);
        let known = entry.and_then(|entry| Some((self.good_for(&entry, need)?, entry)));
        match known {
            Some((Use::AsItIs, entry)) => {
                measure::kept(self.times.name, Found::Hit);
                Ok(fresh(&entry))
            }
            Some((Use::WhileAFreshOneIsFetched, entry)) => {
                // It lands by itself, and whoever asks next has it.
                drop(self.flight(key, need, language, read));
                measure::kept(self.times.name, Found::Stale);
                Ok(read_anew(&entry, self.clock.now()))
            }
            other => {
                let flight = self.flight(key, need, language, read);
                measure::kept(self.times.name, flight.how);
                match (flight.lands.await, other) {
                    (Ok(entry), _) => Ok(fresh(&entry)),
                    (Err(error), Some((_, entry))) if may_stand_in(need, &error) => {
                        measure::kept(self.times.name, Found::StandIn);
                        Ok(old(&entry, self.clock.now()))
                    }
                    (Err(error), _) => Err(error),
                }
            }
        }
    }

    /// An answer that was read within that time, and when. Nothing older stands in, and nobody is shown the one of before
    /// while a fresh one is read.
    ///
    /// # Errors
    /// The upstream's.
    pub(crate) async fn no_older<F>(
        &self,
        key: K,
        need: Need,
        within: Duration,
        language: &str,
        read: impl FnOnce() -> F,
    ) -> Result<Dated<V>, Arc<UpstreamError>>
    where
        F: Future<Output = Result<(V, usize), UpstreamError>> + Send + 'static,
    {
        if let Some(known) = self.within(&key, need, within) {
            return Ok(known);
        }
        let flight = self.flight(key, need, language, read);
        measure::kept(self.times.name, flight.how);
        flight.lands.await.map(|entry| dated(&entry))
    }

    /// What is kept, if it was read within that time, and when.
    pub(crate) fn within(&self, key: &K, need: Need, time: Duration) -> Option<Dated<V>> {
        let entry = self.shelf.entries.get(key)?;
        let age = (self.clock.now() - entry.read_at).to_std().ok()?;
        let as_needed = entry.asked > need.not_before && !self.is_changed(&entry, need, age);
        let known = (as_needed && age <= time).then(|| dated(&entry))?;
        measure::kept(self.times.name, Found::Hit);
        Some(known)
    }

    /// Gives what lies under a key to those as well who ask by another, unless they have what was asked for later.
    pub(crate) fn also(&self, key: &K, as_well: K) {
        let flights = self.shelf.flights();
        if let Some(entry) = self.shelf.entries.get(key) {
            self.shelf.put(as_well, entry);
        }
        drop(flights);
    }

    /// What is kept, if it is recent enough to be shown without reading it anew first.
    pub(crate) fn recent(&self, key: &K) -> Option<Seen<V>> {
        let entry = self.shelf.entries.get(key);
        let known = entry.and_then(|entry| Some((self.good_for(&entry, Need::default())?, entry)));
        let (found, recent) = match known {
            Some((Use::AsItIs, entry)) => (Found::Hit, Some(fresh(&entry))),
            Some((Use::WhileAFreshOneIsFetched, entry)) => (Found::Stale, Some(fresh(&entry))),
            Some((Use::WhereNoneCanBeHad, _)) | None => (Found::Miss, None),
        };
        measure::kept(self.times.name, found);
        recent
    }

    /// What is kept, however old it may be.
    pub(crate) fn last(&self, key: &K) -> Option<Seen<V>> {
        let entry = self.shelf.entries.get(key)?;
        self.good_for(&entry, Need::default())
            .map(|_| old(&entry, self.clock.now()))
    }

    /// `None` where it is too old for anything; so is one from the future, of a clock that went back.
    fn good_for(&self, entry: &Entry<V>, need: Need) -> Option<Use> {
        let age = (self.clock.now() - entry.read_at).to_std().ok()?;
        if self.is_changed(entry, need, age) || age > self.times.fresh * (1 + REVALIDATED) {
            return (age < self.times.stands_in).then_some(Use::WhereNoneCanBeHad);
        }
        Some(if age < self.times.fresh {
            Use::AsItIs
        } else {
            Use::WhileAFreshOneIsFetched
        })
    }

    /// Whether the world is known to be another since, and it is time to look.
    fn is_changed(&self, entry: &Entry<V>, need: Need, age: Duration) -> bool {
        entry.asked <= need.rather_after && age >= READ_ANEW
    }

    /// Joins the read that is under way, or begins one that no browser's going away ends.
    fn flight<F>(&self, key: K, need: Need, language: &str, read: impl FnOnce() -> F) -> Boarded<V>
    where
        F: Future<Output = Result<(V, usize), UpstreamError>> + Send + 'static,
    {
        let mut flights = self.shelf.flights();
        let under_way = flights.get(&key).filter(|flight| flight.asked > need.not_before);
        if let Some(flight) = under_way {
            let lands = joined(flight.lands.clone(), flight.language == language).boxed();
            return Boarded {
                how: Found::Wait,
                lands,
            };
        }
        let asked = self.events.next();
        let lands = self.begin(key.clone(), asked, read()).shared();
        let flight = Flight {
            asked,
            language: language.to_owned(),
            lands: lands.clone(),
        };
        flights.insert(key, flight);
        Boarded {
            how: Found::Miss,
            lands: lands.boxed(),
        }
    }

    fn begin<F>(&self, key: K, asked: Event, read: F) -> BoxFuture<'static, Landed<V>>
    where
        F: Future<Output = Result<(V, usize), UpstreamError>> + Send + 'static,
    {
        let (shelf, clock) = (Arc::clone(&self.shelf), self.clock.clone());
        let keeps = !self.times.fresh.is_zero();
        let task = async move {
            // Made in here: whoever called holds what it takes to end a read.
            let mut landing = Landing {
                shelf,
                key,
                asked,
                kept: None,
            };
            let (value, bytes) = read.await.map_err(Arc::new)?;
            let entry = Arc::new(Entry {
                value: Arc::new(value),
                asked,
                read_at: clock.now(),
                weight: u32::try_from(bytes + OVERHEAD).unwrap_or(u32::MAX),
            });
            landing.kept = keeps.then(|| Arc::clone(&entry));
            drop(landing);
            Ok(entry)
        };
        // Of the request that began it, in the log too.
        let landed = tokio::spawn(request_id::carried(task));
        let broke_off = |_| Err(Arc::new(UpstreamError::NoAnswer("reading broke off".into())));
        landed.map(move |landed| landed.unwrap_or_else(broke_off)).boxed()
    }
}

/// Whether an older answer may be given instead: not to whoever knows another one, where it is a matter of the budget.
fn may_stand_in(need: Need, error: &UpstreamError) -> bool {
    let rather_another = need.or_another && matches!(error, UpstreamError::OverBudget { .. });
    !rather_another && error.leaves_the_last_answer()
}

#[cfg(test)]
mod tests;
