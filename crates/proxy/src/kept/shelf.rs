//! Where answers lie, and the reads that will bring some: changed together, so that nobody finds neither.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use futures_util::future::{BoxFuture, Shared};
use moka::sync::Cache;

use super::need::{AsOf, Dated, Event, Seen};
use crate::upstream::UpstreamError;

/// What answers are kept by.
pub(crate) trait Key: Hash + Eq + Clone + Send + Sync + 'static {}

impl<K: Hash + Eq + Clone + Send + Sync + 'static> Key for K {}

pub(super) struct Shelf<K, V> {
    pub(super) entries: Cache<K, Arc<Entry<V>>>,
    pub(super) flights: Mutex<HashMap<K, Flight<V>>>,
}

pub(super) struct Entry<V> {
    pub(super) value: Arc<V>,
    /// When it was asked for, among all that happened.
    pub(super) asked: Event,
    pub(super) read_at: DateTime<Utc>,
    pub(super) weight: u32,
}

/// What came of a read.
pub(super) type Landed<V> = Result<Arc<Entry<V>>, Arc<UpstreamError>>;

/// A read under way.
pub(super) struct Flight<V> {
    pub(super) asked: Event,
    pub(super) language: String,
    pub(super) lands: Shared<BoxFuture<'static, Landed<V>>>,
}

impl<K, V> Shelf<K, V> {
    pub(super) fn flights(&self) -> MutexGuard<'_, HashMap<K, Flight<V>>> {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Key, V: Send + Sync + 'static> Shelf<K, V> {
    /// Lays an answer down, unless there is one that was asked for later. For whoever holds the flights.
    pub(super) fn put(&self, key: K, entry: Arc<Entry<V>>) {
        let there = self.entries.get(&key);
        if there.is_none_or(|there| there.asked < entry.asked) {
            self.entries.insert(key, entry);
        }
    }
}

/// Ends a read, with what came of it, in one step, so that nobody finds neither; also where reading breaks off, or
/// nobody would ever read this again.
pub(super) struct Landing<K: Key, V: Send + Sync + 'static> {
    pub(super) shelf: Arc<Shelf<K, V>>,
    pub(super) key: K,
    pub(super) asked: Event,
    pub(super) kept: Option<Arc<Entry<V>>>,
}

impl<K: Key, V: Send + Sync + 'static> Drop for Landing<K, V> {
    fn drop(&mut self) {
        let mut flights = self.shelf.flights();
        if let Some(entry) = self.kept.take() {
            self.shelf.put(self.key.clone(), entry);
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
pub(super) async fn joined<V>(lands: Shared<BoxFuture<'static, Landed<V>>>, in_our_words: bool) -> Landed<V> {
    match lands.await {
        Err(error) if !in_our_words => Err(Arc::new(error.without_words())),
        landed => landed,
    }
}

pub(super) fn fresh<V>(entry: &Entry<V>) -> Seen<V> {
    Seen {
        value: Arc::clone(&entry.value),
        as_of: None,
    }
}

pub(super) fn dated<V>(entry: &Entry<V>) -> Dated<V> {
    Dated {
        value: Arc::clone(&entry.value),
        read_at: entry.read_at,
    }
}

/// One that stands in at that time for what could not be had.
pub(super) fn old<V>(entry: &Entry<V>, now: DateTime<Utc>) -> Seen<V> {
    let as_of = AsOf {
        read_at: entry.read_at,
        age: (now - entry.read_at).to_std().unwrap_or_default(),
        read_anew: false,
    };
    Seen {
        as_of: Some(as_of),
        ..fresh(entry)
    }
}

/// Likewise, while a fresh one is being read.
pub(super) fn read_anew<V>(entry: &Entry<V>, now: DateTime<Utc>) -> Seen<V> {
    let as_of = old(entry, now).as_of.map(|as_of| AsOf {
        read_anew: true,
        ..as_of
    });
    Seen {
        as_of,
        ..fresh(entry)
    }
}
