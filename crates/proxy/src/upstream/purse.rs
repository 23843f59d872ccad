//! Calls that were taken from the allowance and not made yet. Pure.

use std::collections::VecDeque;
use std::time::Duration;

/// How long a call that was taken may be made: one that was kept for minutes would be made in a minute that has its
/// thousand without it.
pub const LASTS: Duration = Duration::from_secs(5);

/// Calls in hand, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Purse(VecDeque<(Duration, u32)>);

impl Purse {
    /// Puts in what was taken at `now`.
    pub(super) fn put(&mut self, calls: u32, now: Duration) {
        if calls > 0 {
            self.0.push_back((now + LASTS, calls));
        }
    }

    /// How many are in it.
    pub(super) fn count(&mut self, now: Duration) -> usize {
        while self.0.front().is_some_and(|(ends, _)| *ends <= now) {
            self.0.pop_front();
        }
        self.0.iter().map(|(_, calls)| *calls as usize).sum()
    }

    /// Spends the oldest, if there is one.
    pub(super) fn spend(&mut self, now: Duration) -> bool {
        if self.count(now) == 0 {
            return false;
        }
        if let Some((_, calls)) = self.0.front_mut() {
            *calls -= 1;
        }
        if self.0.front().is_some_and(|(_, calls)| *calls == 0) {
            self.0.pop_front();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_too_long_is_lost_and_the_oldest_goes_first() {
        let (mut purse, s) = (Purse::default(), Duration::from_secs(1));
        purse.put(2, s);
        purse.put(3, s * 3);
        assert!(purse.spend(s * 4));
        assert_eq!(purse.count(s * 4), 4);
        assert_eq!(purse.count(s * 6), 3, "what was taken first has gone");
        assert_eq!(purse.count(s * 8), 0);
        assert!(!purse.spend(s * 8));
    }
}
