//! Leaky buckets: what is counted leaks at a steady rate, as in GCRA. Not the limiters of `governor`: a guess that was
//! right, or that nobody could check, has to be taken back, and whoever waits be told for how long, uncounted.

use std::collections::HashMap;
use std::hash::Hash;

use chrono::{DateTime, TimeDelta, Utc};

/// More than this many at once, and the emptiest are forgotten.
const MOST: usize = 50_000;

/// Many buckets of one size, each with a name.
pub(super) struct Buckets<K> {
    holds: f64,
    leaks_one_in: TimeDelta,
    levels: HashMap<K, (f64, DateTime<Utc>)>,
}

impl<K: Hash + Eq> Buckets<K> {
    pub(super) fn new(holds: u32, leaks_one_in: TimeDelta) -> Self {
        Self {
            holds: holds.into(),
            leaks_one_in,
            levels: HashMap::new(),
        }
    }

    fn level(&self, of: &K, now: DateTime<Utc>) -> f64 {
        self.levels
            .get(of)
            .map_or(0.0, |entry| leaked(*entry, self.leaks_one_in, now))
    }

    /// How long until there is room for one more. What was counted by a clock that has been set back since counts as of
    /// now, or a lock would last until that clock's time comes round again.
    pub(super) fn wait(&mut self, of: &K, now: DateTime<Utc>) -> Option<TimeDelta> {
        if let Some((_, at)) = self.levels.get_mut(of) {
            *at = now.min(*at);
        }
        let over = self.level(of, now) - (self.holds - 1.0);
        let seconds = (over * self.leaks_one_in.as_seconds_f64()).ceil();
        #[expect(clippy::cast_possible_truncation, reason = "a few hours of seconds at most")]
        (over > 1e-9).then(|| TimeDelta::seconds((seconds as i64).max(1)))
    }

    pub(super) fn fill(&mut self, of: K, now: DateTime<Utc>) {
        self.make_room(now);
        let level = self.level(&of, now) + 1.0;
        self.levels.insert(of, (level, now));
    }

    pub(super) fn take_back(&mut self, of: &K, now: DateTime<Utc>) {
        let level = self.level(of, now) - 1.0;
        if let Some(entry) = self.levels.get_mut(of) {
            *entry = (level.max(0.0), now);
        }
    }

    pub(super) fn empty(&mut self, of: &K) {
        self.levels.remove(of);
    }

    /// First those that have leaked dry, then, under attack, every one that is not locked yet. A quarter at least, so that
    /// not every guess of a flood looks through all of them.
    fn make_room(&mut self, now: DateTime<Utc>) {
        if self.levels.len() < MOST {
            return;
        }
        let leak = self.leaks_one_in;
        for limit in [0.0, 1.0, self.holds - 1.0] {
            self.levels.retain(|_, entry| leaked(*entry, leak, now) > limit);
            if self.levels.len() < MOST - MOST / 4 {
                return;
            }
        }
        self.levels.clear();
    }
}

fn leaked((level, at): (f64, DateTime<Utc>), leaks_one_in: TimeDelta, now: DateTime<Utc>) -> f64 {
    let passed = (now - at).max(TimeDelta::zero());
    (level - passed.as_seconds_f64() / leaks_one_in.as_seconds_f64()).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_names_takes_no_more_room_and_opens_no_lock() {
        let mut buckets = Buckets::new(2, TimeDelta::minutes(1));
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        for _ in 0..2 {
            buckets.fill(u32::MAX, now);
        }
        for name in 0..200_000 {
            buckets.fill(name, now);
            assert!(buckets.levels.len() <= MOST);
        }
        assert!(buckets.wait(&u32::MAX, now).is_some());
    }

    #[test]
    fn a_clock_that_is_set_back_lengthens_no_lock() {
        let mut buckets = Buckets::new(1, TimeDelta::minutes(1));
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        buckets.fill((), now);
        let before = now - TimeDelta::days(1);
        assert_eq!(buckets.wait(&(), before), Some(TimeDelta::minutes(1)));
        assert_eq!(buckets.wait(&(), before + TimeDelta::minutes(1)), None);
    }
}
