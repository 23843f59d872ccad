//! What comes back evenly: a bucket that fills (GCRA). Calls to the upstream are taken out of one, and tries at signing in
//! of others. Pure: the time is an argument.
//!
//! Not the limiters of `governor`: a try that was right is given back, what is taken may be less than what is wanted, and a
//! database keeps one as a single number.

use std::time::Duration;

/// How fast a bucket fills, and how much it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// How long one takes to come back.
    pub each: Duration,
    /// How many there are at once, after a pause.
    pub holds: u32,
}

impl Size {
    /// How long an empty one takes to fill.
    fn deep(self) -> Duration {
        self.each.saturating_mul(self.holds)
    }
}

/// One bucket. All there is to it is when it will be full again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// When it is full, counted from wherever `now` is counted from.
    pub full_at: Duration,
}

impl Bucket {
    /// One that has nothing in it.
    pub fn empty(size: impl Into<Size>, now: Duration) -> Self {
        Self {
            full_at: now + size.into().deep(),
        }
    }

    /// How many are in it.
    pub fn left(self, size: impl Into<Size>, now: Duration) -> u32 {
        let size = size.into();
        let room = (now + size.deep()).saturating_sub(self.full_at.max(now));
        let left = room.as_nanos() / size.each.as_nanos().max(1);
        u32::try_from(left).unwrap_or(u32::MAX)
    }

    /// Takes up to `want`, and says how many there were.
    pub fn take(&mut self, size: impl Into<Size>, want: u32, now: Duration) -> u32 {
        let size = size.into();
        self.after_a_clock_went_back(size, now);
        let granted = want.min(self.left(size, now));
        if granted > 0 {
            self.full_at = self.full_at.max(now) + size.each * granted;
        }
        granted
    }

    /// How long until so many are in it; `None` where they are.
    pub fn wait(&mut self, size: impl Into<Size>, want: u32, now: Duration) -> Option<Duration> {
        let size = size.into();
        self.after_a_clock_went_back(size, now);
        let has = (now + size.deep()).saturating_sub(self.full_at.max(now));
        let missing = size.each.saturating_mul(want).saturating_sub(has);
        (!missing.is_zero()).then_some(missing)
    }

    /// Puts back what was taken and not used.
    pub fn give_back(&mut self, size: impl Into<Size>, many: u32, now: Duration) {
        let size = size.into();
        self.after_a_clock_went_back(size, now);
        self.full_at = self.full_at.saturating_sub(size.each * many);
    }

    /// A clock that went back makes the bucket empty at worst: it is never longer from full than it is deep.
    fn after_a_clock_went_back(&mut self, size: Size, now: Duration) {
        self.full_at = self.full_at.min(now + size.deep());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: Duration = Duration::from_secs(1);
    const TEN: Size = Size { each: S, holds: 10 };

    #[test]
    fn what_was_taken_comes_back_evenly() {
        let mut bucket = Bucket::default();
        assert_eq!(bucket.take(TEN, 25, S), 10);
        assert_eq!(bucket.take(TEN, 1, S), 0);
        assert_eq!(bucket.take(TEN, 5, S * 4), 3);
        assert_eq!(bucket.take(TEN, 99, S * 1000), 10, "and no more than it holds");
        assert_eq!(Bucket::empty(TEN, S).take(TEN, 99, S * 3), 2);
    }

    #[test]
    fn whoever_waits_is_told_how_long_and_what_is_given_back_is_there_again() {
        let mut bucket = Bucket::default();
        assert_eq!(bucket.wait(TEN, 10, S), None);
        bucket.take(TEN, 10, S);
        assert_eq!(bucket.wait(TEN, 3, S), Some(S * 3));
        assert_eq!(bucket.wait(TEN, 3, S * 3), Some(S));
        bucket.give_back(TEN, 2, S * 3);
        assert_eq!(bucket.wait(TEN, 3, S * 3), None);
        bucket.give_back(TEN, 99, S * 3);
        assert_eq!(bucket.take(TEN, 99, S * 3), 10, "it is never more than full");
    }

    #[test]
    fn a_clock_that_goes_back_closes_nothing_for_longer_than_filling_takes() {
        let mut bucket = Bucket::default();
        bucket.take(TEN, 10, S * 100_000);
        assert_eq!(bucket.wait(TEN, 1, S), Some(S));
        assert_eq!(bucket.take(TEN, 1, S), 0);
        assert_eq!(bucket.take(TEN, 10, S * 11), 10);
    }
}
