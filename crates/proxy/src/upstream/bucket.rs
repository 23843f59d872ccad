//! How many calls a minute: a bucket that fills evenly (GCRA). Pure: the time is an argument.

use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// How fast a bucket fills, and how much it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Calls a minute, evenly.
    pub a_minute: u32,
    /// Calls at once, after a pause.
    pub at_once: u32,
}

impl Rate {
    /// How long one call takes to come back.
    pub fn each(self) -> Duration {
        MINUTE / self.a_minute.max(1)
    }

    /// How many calls come back in that time.
    pub(super) fn within(self, time: Duration) -> usize {
        let calls = time.as_nanos() / self.each().as_nanos().max(1);
        usize::try_from(calls).unwrap_or(usize::MAX)
    }
}

/// One bucket. All there is to it is when it will be full again, so that a database keeps one as a single number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// When it is full, counted from wherever `now` is counted from.
    pub full_at: Duration,
}

impl Bucket {
    /// Takes up to `want` calls, and says how many there were.
    ///
    /// A clock that went back makes the bucket empty at worst: it is never longer from full than it is deep.
    pub fn take(&mut self, rate: Rate, want: u32, now: Duration) -> u32 {
        let (each, deep) = (rate.each(), rate.each() * rate.at_once);
        let full_at = self.full_at.clamp(now, now + deep);
        let left = (now + deep - full_at).as_nanos() / each.as_nanos().max(1);
        let granted = want.min(u32::try_from(left).unwrap_or(u32::MAX));
        self.full_at = full_at + each * granted;
        granted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        a_minute: 60,
        at_once: 10,
    };
    const S: Duration = Duration::from_secs(1);

    #[test]
    fn what_was_taken_comes_back_evenly() {
        let mut bucket = Bucket::default();
        assert_eq!(bucket.take(RATE, 25, S), 10);
        assert_eq!(bucket.take(RATE, 1, S), 0);
        assert_eq!(bucket.take(RATE, 5, S * 4), 3);
        assert_eq!(bucket.take(RATE, 99, S * 1000), 10, "and no more than it holds");
    }

    #[test]
    fn no_minute_has_more_than_a_minutes_calls_and_what_is_taken_at_once() {
        let (mut bucket, rate) = (
            Bucket::default(),
            Rate {
                a_minute: 840,
                at_once: 80,
            },
        );
        let taken: Vec<u32> = (0..600)
            .map(|tenth| bucket.take(rate, 1000, S * tenth / 10))
            .collect();
        assert!(taken.iter().sum::<u32>() <= 920, "{}", taken.iter().sum::<u32>());
    }

    #[test]
    fn a_clock_that_goes_back_closes_nothing_for_longer_than_filling_takes() {
        let mut bucket = Bucket::default();
        bucket.take(RATE, 10, S * 100_000);
        assert_eq!(bucket.take(RATE, 1, S), 0);
        assert_eq!(bucket.take(RATE, 10, S * 11), 10);
    }
}
