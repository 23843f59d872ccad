//! The one place of this binary where time comes from. Everything else is handed a [`Clock`], or a time.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

/// Tells the time: the machine's, or one that a test sets.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<RwLock<DateTime<Utc>>>>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still until [`Clock::set`].
    pub fn standing_at(now: DateTime<Utc>) -> Self {
        Self(Some(Arc::new(RwLock::new(now))))
    }

    /// Sets a standing clock, and all its clones. The machine's is left as it is.
    pub fn set(&self, now: DateTime<Utc>) {
        if let Some(at) = &self.0 {
            *at.write().unwrap_or_else(PoisonError::into_inner) = now;
        }
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Some(at) => *at.read().unwrap_or_else(PoisonError::into_inner),
            None => Utc::now(),
        }
    }
}

/// Measures how long something took, for the log alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// Whole milliseconds, as a log wants them.
    pub(crate) fn millis(self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
