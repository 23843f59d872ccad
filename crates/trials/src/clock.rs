//! The one place that reads clocks.

use chrono::{DateTime, Utc};
use tokio::time::Instant;

/// A moment to measure from, or to put before or after another.
#[must_use]
pub fn now() -> Instant {
    Instant::now()
}

/// What day it is.
#[must_use]
pub fn today() -> DateTime<Utc> {
    Utc::now()
}
