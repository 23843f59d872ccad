//! A stretch of time: two instants, the second not included.

use chrono::{DateTime, TimeDelta, Utc};

/// From an instant up to, and not including, another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first instant that belongs to it.
    pub from: DateTime<Utc>,
    /// The first instant that no longer does.
    pub until: DateTime<Utc>,
}

impl Span {
    /// The span that begins at `from` and lasts so many minutes of real time, whatever clocks do meanwhile.
    #[must_use]
    pub fn lasting(from: DateTime<Utc>, minutes: i32) -> Self {
        Self {
            from,
            until: from + TimeDelta::minutes(minutes.into()),
        }
    }

    /// Whether some instant belongs to both. Spans that only touch do not overlap.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.until && other.from < self.until
    }

    /// Whether all of `other` lies in here.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.from <= other.from && other.until <= self.until
    }

    /// The same span with minutes added at both ends.
    #[must_use]
    pub fn widened(&self, before: i32, after: i32) -> Self {
        Self {
            from: self.from - TimeDelta::minutes(before.into()),
            until: self.until + TimeDelta::minutes(after.into()),
        }
    }

    /// How long it lasts.
    #[must_use]
    pub fn length(&self) -> TimeDelta {
        self.until - self.from
    }
}
