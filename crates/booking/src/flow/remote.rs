//! Something that is read from afar, and how that is going.

use chrono::{DateTime, TimeDelta, Utc};

use super::Ticket;
use crate::Failure;

/// How long a reading counts as fresh.
const FRESH: TimeDelta = TimeDelta::seconds(60);

/// A value read from afar. What was read last stays while it is read again, and when that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote<T> {
    /// What was read last.
    pub value: Option<T>,
    /// When that was.
    pub read_at: Option<DateTime<Utc>>,
    /// As of when it is, where it stands in for what could not be had.
    pub as_of: Option<DateTime<Utc>>,
    /// What goes on now.
    pub phase: Phase,
}

/// What goes on with a [`Remote`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing.
    #[default]
    Idle,
    /// It is being read.
    Loading {
        /// By which call.
        ticket: Ticket,
        /// For more than eight seconds.
        slow: bool,
    },
    /// Reading it failed.
    Failed {
        /// Why.
        failure: Failure,
        /// When; after a while it is worth another try.
        at: DateTime<Utc>,
    },
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self {
            value: None,
            read_at: None,
            as_of: None,
            phase: Phase::Idle,
        }
    }
}

impl<T> Remote<T> {
    /// A value that is known without reading.
    pub fn known(value: T, read_at: DateTime<Utc>) -> Self {
        Self {
            value: Some(value),
            read_at: Some(read_at),
            as_of: None,
            phase: Phase::Idle,
        }
    }

    /// Whether it is being read.
    pub fn is_loading(&self) -> bool {
        matches!(self.phase, Phase::Loading { .. })
    }

    /// Whether reading it takes long.
    pub fn is_slow(&self) -> bool {
        matches!(self.phase, Phase::Loading { slow: true, .. })
    }

    /// Why reading it failed.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.phase {
            Phase::Failed { failure, .. } => Some(failure),
            _ => None,
        }
    }

    /// Whether it should be read: never was, or too long ago; is not being read, and has not just failed.
    pub fn wants_reading(&self, now: DateTime<Utc>) -> bool {
        !self.is_loading() && !self.has_just_failed(now) && self.read_at.is_none_or(|at| now - at > FRESH)
    }

    /// Whether it failed so short a time ago that by itself nobody reads it again.
    pub(super) fn has_just_failed(&self, now: DateTime<Utc>) -> bool {
        matches!(&self.phase, Phase::Failed { at, .. } if now - *at <= FRESH)
    }

    /// Forgets when it was read or failed, so that it is read again at the next occasion; what is shown stays. An answer
    /// that is under way was given before, so nobody awaits it any more.
    pub fn outdate(&mut self) {
        self.read_at = None;
        self.phase = Phase::Idle;
    }

    /// A failed reading becomes one that never was.
    pub(super) fn unfail(&mut self) {
        if self.failure().is_some() {
            self.outdate();
        }
    }

    /// Whether it is this call that reads it; the answer to an earlier one would put old news over new.
    pub(super) fn awaits(&self, call: Ticket) -> bool {
        matches!(self.phase, Phase::Loading { ticket, .. } if ticket == call)
    }

    pub(super) fn loads(&mut self, ticket: Ticket) {
        self.phase = Phase::Loading { ticket, slow: false };
    }

    pub(super) fn is_slow_by(&mut self, late: Ticket) {
        if let Phase::Loading { ticket, slow } = &mut self.phase {
            *slow |= *ticket == late;
        }
    }

    pub(super) fn took(&mut self, result: Result<T, Failure>, now: DateTime<Utc>) {
        match result {
            Ok(value) => *self = Self::known(value, now),
            Err(failure) => self.phase = Phase::Failed { failure, at: now },
        }
    }
}
