//! What is asked of an answer, and what is said of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};

/// How long answers are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    /// What figures call them.
    pub(crate) name: &'static str,
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
    /// Where it is no longer fresh.
    pub(crate) as_of: Option<AsOf>,
}

/// An answer, and when it was read.
#[derive(Debug)]
pub(crate) struct Dated<V> {
    pub(crate) value: Arc<V>,
    pub(crate) read_at: DateTime<Utc>,
}

/// What is to be said of an answer of before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AsOf {
    /// When it was read.
    pub(crate) read_at: DateTime<Utc>,
    /// How long ago that was.
    pub(crate) age: Duration,
    /// Whether a fresh one is being read. Else it stands in for one that could not be had.
    pub(crate) read_anew: bool,
}

impl<V> Seen<V> {
    /// One that was read just now, and is kept nowhere.
    pub(crate) fn just_now(value: V) -> Self {
        Self {
            value: Arc::new(value),
            as_of: None,
        }
    }

    /// Whether it is here for one that could not be had.
    pub(crate) fn stands_in(&self) -> bool {
        self.as_of.is_some_and(|as_of| !as_of.read_anew)
    }
}

impl<V> std::ops::Deref for Seen<V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.value
    }
}
