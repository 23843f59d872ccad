//! Answers of the upstream that are kept: for a while as they are, then while a fresh one is fetched, and at last for when
//! none can be had. What many ask for at once is read once.
//!
//! Whoever knows that the world has changed says since when an answer is good for them ([`Need`]). Events are counted,
//! not timed, so that no clock decides what was before and what after.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};
use moka::sync::Cache;

use crate::clock::Clock;
use crate::upstream::UpstreamError;

/// What changed is read anew once a second at most: a studio where something is booked each moment is still asked for its
/// times only so often.
const READ_ANEW: Duration = Duration::from_secs(1);
/// For how many times its freshness an answer is shown while a fresh one is fetched.
const REVALIDATED: u32 = 2;
/// What an answer weighs besides its bytes.
const OVERHEAD: usize = 300;

/// How long answers are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    /// As they are. Zero: nothing is kept, and only what is asked for at the same time is read once.
    pub(crate) fresh: Duration,
    /// For when none can be had.
    pub(crate) stands_in: Duration,
    /// How many bytes of them, about.
    pub(crate) most: u64,
}

/// A moment in the order of what happened.
pub(crate) type Event = u64;

/// Counts what happens.
#[derive(Clone, Default)]
pub(crate) struct Events(Arc<AtomicU64>);

impl Events {
    /// Something happens.
    pub(crate) fn next(&self) -> Event {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }
}

/// What an answer has to be like.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Need {
    /// Asked for after this, whatever happens: a member never sees the world before their own booking.
    pub(crate) not_before: Event,
    /// Asked for after this if one can be had: others have changed the world.
    pub(crate) rather_after: Event,
    /// Had now or not at all: whoever asks knows another answer, which is better than an old one.
    pub(crate) or_another: bool,
}

/// An answer, and what is to be said of it.
#[derive(Debug)]
pub(crate) struct Seen<V> {
    pub(crate) value: Arc<V>,
    /// When it was read, where it is no longer fresh.
    pub(crate) as_of: Option<DateTime<Utc>>,
    /// Whether it stands in for one that could not be had.
    pub(crate) stands_in: bool,
}

impl<V> Seen<V> {
    /// One that was read just now, and is kept nowhere.
    pub(crate) fn just_now(value: V) -> Self {
        Self {
            value: Arc::new(value),
            as_of: None,
            stands_in: false,
        }
    }
}

impl<V> std::ops::Deref for Seen<V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.value
    }
}

/// What answers are kept by.
pub(crate) trait Key: Hash + Eq + Clone + Send + Sync + 'static {}

impl<K: Hash + Eq + Clone + Send + Sync + 'static> Key for K {}

/// Answers by key.
pub(crate) struct Kept<K, V> {
    shelf: Arc<Shelf<K, V>>,
    times: Times,
    clock: Clock,
    events: Events,
}

struct Shelf<K, V> {
    entries: Cache<K, Arc<Entry<V>>>,
    flights: Mutex<HashMap<K, Flight<V>>>,
}

struct Entry<V> {
    value: Arc<V>,
    asked: Event,
    read_at: DateTime<Utc>,
    weight: u32,
}

type Landed<V> = Result<Arc<Entry<V>>, Arc<UpstreamError>>;

/// A read under way.
struct Flight<V> {
    asked: Event,
    language: String,
    lands: Shared<BoxFuture<'static, Landed<V>>>,
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

    /// An answer, from wherever it is to be had. `read` gives it with its size in bytes; `language` is that of its
    /// errors.
    ///
    /// # Errors
    /// The upstream's, where nothing may stand in.
    pub(crate) async fn get<F>(
        &self,
        key: K,
        need: Need,
        language: &str,
        read: F,
    ) -> Result<Seen<V>, Arc<UpstreamError>>
    where
        F: Future<Output = Result<(V, usize), UpstreamError>> + Send + 'static,
    {
        let entry = self.shelf.entries.get(&key);
        let entry = entry.filter(|entry| entry.asked > need.not_before);
        let known = entry.and_then(|entry| Some((self.good_for(&entry, need)?, entry)));
        match known {
            Some((Use::AsItIs, entry)) => Ok(fresh(&entry)),
            Some((Use::WhileAFreshOneIsFetched, entry)) => {
                // It lands by itself, and whoever asks next has it.
                drop(self.flight(key, need, language, read));
                Ok(Seen {
                    stands_in: false,
                    ..old(&entry)
                })
            }
            other => match self.flight(key, need, language, read).await {
                Ok(entry) => Ok(fresh(&entry)),
                Err(error) if need.or_another && matches!(*error, UpstreamError::OverBudget { .. }) => {
                    Err(error)
                }
                Err(error) if error.leaves_the_last_answer() => {
                    other.map(|(_, entry)| old(&entry)).ok_or(error)
                }
                Err(error) => Err(error),
            },
        }
    }

    /// What is kept, if it is recent enough to be shown without reading it anew first.
    pub(crate) fn recent(&self, key: &K) -> Option<Seen<V>> {
        let entry = self.shelf.entries.get(key)?;
        match self.good_for(&entry, Need::default())? {
            Use::AsItIs | Use::WhileAFreshOneIsFetched => Some(fresh(&entry)),
            Use::WhereNoneCanBeHad => None,
        }
    }

    /// What is kept, however old it may be.
    pub(crate) fn last(&self, key: &K) -> Option<Seen<V>> {
        let entry = self.shelf.entries.get(key)?;
        self.good_for(&entry, Need::default()).map(|_| old(&entry))
    }

    /// `None` where it is too old for anything; so is one from the future, of a clock that went back.
    fn good_for(&self, entry: &Entry<V>, need: Need) -> Option<Use> {
        let age = (self.clock.now() - entry.read_at).to_std().ok()?;
        let changed = entry.asked <= need.rather_after && age >= READ_ANEW;
        if changed || age > self.times.fresh * (1 + REVALIDATED) {
            return (age < self.times.stands_in).then_some(Use::WhereNoneCanBeHad);
        }
        Some(if age < self.times.fresh {
            Use::AsItIs
        } else {
            Use::WhileAFreshOneIsFetched
        })
    }

    /// Joins the read that is under way, or begins one that no browser's going away ends.
    fn flight<F>(&self, key: K, need: Need, language: &str, read: F) -> BoxFuture<'static, Landed<V>>
    where
        F: Future<Output = Result<(V, usize), UpstreamError>> + Send + 'static,
    {
        let mut flights = self.shelf.flights();
        let under_way = flights.get(&key).filter(|flight| flight.asked > need.not_before);
        if let Some(flight) = under_way {
            return joined(flight.lands.clone(), flight.language == language).boxed();
        }
        let asked = self.events.next();
        let lands = self.begin(key.clone(), asked, read).shared();
        let flight = Flight {
            asked,
            language: language.to_owned(),
            lands: lands.clone(),
        };
        flights.insert(key, flight);
        lands.boxed()
    }

    fn begin<F>(&self, key: K, asked: Event, read: F) -> BoxFuture<'static, Landed<V>>
    where
        F: Future<Output = Result<(V, usize), UpstreamError>> + Send + 'static,
    {
        let mut landing = Landing {
            shelf: Arc::clone(&self.shelf),
            key,
            asked,
            kept: None,
        };
        let (clock, keeps) = (self.clock.clone(), !self.times.fresh.is_zero());
        let landed = tokio::spawn(async move {
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
        });
        let broke_off = |_| Err(Arc::new(UpstreamError::NoAnswer("reading broke off".into())));
        landed.map(move |landed| landed.unwrap_or_else(broke_off)).boxed()
    }
}

impl<K, V> Shelf<K, V> {
    fn flights(&self) -> MutexGuard<'_, HashMap<K, Flight<V>>> {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends a read, with what came of it, in one step, so that nobody finds neither; also where reading breaks off, or
/// nobody would ever read this again.
struct Landing<K: Key, V: Send + Sync + 'static> {
    shelf: Arc<Shelf<K, V>>,
    key: K,
    asked: Event,
    kept: Option<Arc<Entry<V>>>,
}

impl<K: Key, V: Send + Sync + 'static> Drop for Landing<K, V> {
    fn drop(&mut self) {
        let mut flights = self.shelf.flights();
        if let Some(entry) = self.kept.take() {
            let there = self.shelf.entries.get(&self.key);
            if there.is_none_or(|there| there.asked < entry.asked) {
                self.shelf.entries.insert(self.key.clone(), entry);
            }
        }
        if flights
            .get(&self.key)
            .is_some_and(|flight| flight.asked == self.asked)
        {
            flights.remove(&self.key);
        }
    }
}

/// A read that somebody else began. The upstream's words are in the language of whoever did.
async fn joined<V>(lands: Shared<BoxFuture<'static, Landed<V>>>, in_our_words: bool) -> Landed<V> {
    match lands.await {
        Err(error) if !in_our_words => Err(Arc::new(error.without_words())),
        landed => landed,
    }
}

fn fresh<V>(entry: &Entry<V>) -> Seen<V> {
    Seen {
        value: Arc::clone(&entry.value),
        as_of: None,
        stands_in: false,
    }
}

fn old<V>(entry: &Entry<V>) -> Seen<V> {
    Seen {
        as_of: Some(entry.read_at),
        stands_in: true,
        ..fresh(entry)
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    fn kept() -> (Clock, Events, Kept<u8, String>) {
        let clock = Clock::standing_at("2026-11-23T08:00:00Z".parse().unwrap());
        let events = Events::default();
        let times = Times {
            fresh: Duration::from_secs(5),
            stands_in: Duration::from_secs(600),
            most: 1 << 20,
        };
        let kept = Kept::new(times, &clock, &events);
        (clock, events, kept)
    }

    fn says(text: &str) -> impl Future<Output = Result<(String, usize), UpstreamError>> + use<> {
        let text = text.to_owned();
        async move { Ok((text, 1)) }
    }

    fn since(not_before: Event) -> Need {
        Need {
            not_before,
            ..Need::default()
        }
    }

    #[tokio::test]
    async fn a_read_that_began_before_a_change_lands_after_it_and_is_shown_to_nobody_who_knows() {
        let (_, events, kept) = kept();
        let (lands, slow) = oneshot::channel::<()>();
        let before = async move {
            let _ = slow.await;
            Ok(("before".to_owned(), 1))
        };
        let early = kept.flight(1, Need::default(), "en", before);
        let changed = events.next();
        let seen = kept.get(1, since(changed), "en", says("after")).await.unwrap();
        assert_eq!(*seen.value, "after");
        lands.send(()).unwrap();
        assert_eq!(
            *early.await.ok().unwrap().value,
            "before",
            "for whoever asked before"
        );
        let seen = kept
            .get(1, since(changed), "en", says("never asked"))
            .await
            .unwrap();
        assert_eq!(*seen.value, "after", "what is older replaces nothing");
    }

    #[tokio::test]
    async fn whoever_goes_away_ends_no_read_that_others_wait_for() {
        let (_, _, kept) = kept();
        let (lands, slow) = oneshot::channel::<()>();
        let read = async move {
            let _ = slow.await;
            Ok(("there".to_owned(), 1))
        };
        let first = kept.flight(1, Need::default(), "en", read);
        let second = kept.flight(1, Need::default(), "en", says("never asked"));
        drop(first);
        lands.send(()).unwrap();
        assert_eq!(*second.await.ok().unwrap().value, "there");
    }

    #[tokio::test]
    async fn a_read_that_breaks_off_is_a_failure_once_and_not_for_ever() {
        let (_, _, kept) = kept();
        let breaks = async { panic!("a fault of ours") };
        let failed = kept.get(1, Need::default(), "en", breaks).await;
        assert!(matches!(*failed.unwrap_err(), UpstreamError::NoAnswer(_)));
        assert_eq!(
            *kept
                .get(1, Need::default(), "en", says("fine"))
                .await
                .unwrap()
                .value,
            "fine"
        );
    }

    #[tokio::test]
    async fn the_upstreams_words_are_for_whoever_speaks_the_language_they_were_asked_for_in() {
        let (_, _, kept) = kept();
        let (lands, slow) = oneshot::channel::<()>();
        let read = async move {
            let _ = slow.await;
            let mut said = crate::upstream::Said::default();
            said.body.error_message = Some("Zu viel".to_owned());
            Err(UpstreamError::Refused(said))
        };
        let german = kept.flight(1, Need::default(), "de", read);
        let english = kept.flight(1, Need::default(), "en", says("never asked"));
        lands.send(()).unwrap();
        let words = |landed: Landed<String>| landed.err().unwrap().said().unwrap().body.error_message.clone();
        assert_eq!(words(german.await).as_deref(), Some("Zu viel"));
        assert_eq!(words(english.await), None);
    }
}
