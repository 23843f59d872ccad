//! The limit of a thousand calls a minute for each endpoint; who exceeds it is refused for the next minute.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::quirks::OperationName;

/// Calls a minute.
const LIMIT: u32 = 1_000;

/// Counts calls by endpoint.
#[derive(Debug, Default)]
pub(crate) struct Rate(Mutex<HashMap<OperationName, Minute>>);

#[derive(Debug)]
struct Minute {
    ends: DateTime<Utc>,
    calls: u32,
    refused: bool,
}

impl Rate {
    /// Counts a call, and says whether it is still allowed.
    pub(crate) fn allows(&self, operation: OperationName, now: DateTime<Utc>) -> bool {
        let mut minutes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = minutes.entry(operation).or_insert_with(|| Minute::from(now));
        if now >= minute.ends {
            *minute = Minute::from(now);
        }
        minute.count(now)
    }
}

impl Minute {
    fn from(now: DateTime<Utc>) -> Self {
        Self {
            ends: now + TimeDelta::minutes(1),
            calls: 0,
            refused: false,
        }
    }

    fn count(&mut self, now: DateTime<Utc>) -> bool {
        self.calls = self.calls.saturating_add(1);
        if self.calls > LIMIT && !self.refused {
            self.refused = true;
            self.ends = now + TimeDelta::minutes(1);
        }
        !self.refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thousand_and_first_call_closes_one_endpoint_for_a_minute() {
        let (rate, now) = (Rate::default(), DateTime::UNIX_EPOCH);
        assert!((0..1_000).all(|_| rate.allows(OperationName::Book, now)));
        assert!(!rate.allows(OperationName::Book, now));
        assert!(rate.allows(OperationName::ListSlots, now));
        assert!(!rate.allows(OperationName::Book, now + TimeDelta::seconds(59)));
        assert!(rate.allows(OperationName::Book, now + TimeDelta::seconds(60)));
    }
}
