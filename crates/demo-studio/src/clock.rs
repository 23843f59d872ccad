//! The one place that reads the clock. Tests, and the demo's own address for them, set it.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time; all clones tell the same.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<Mutex<Option<DateTime<Utc>>>>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still.
    #[must_use]
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(Some(at))))
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.held().unwrap_or_else(Utc::now)
    }

    /// Stops the clock at an instant, or, with `None`, lets it be the machine's again.
    pub fn set(&self, at: Option<DateTime<Utc>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Stops the clock that much later than it is now.
    pub fn advance(&self, by: TimeDelta) {
        self.set(self.now().checked_add_signed(by));
    }

    fn held(&self) -> Option<DateTime<Utc>> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
