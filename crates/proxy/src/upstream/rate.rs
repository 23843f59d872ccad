//! How many calls a minute.

use std::time::Duration;

use crate::bucket::Size;

const MINUTE: Duration = Duration::from_secs(60);

/// How many calls there are.
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

impl From<Rate> for Size {
    fn from(rate: Rate) -> Self {
        Self {
            each: rate.each(),
            holds: rate.at_once,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bucket::Bucket;

    #[test]
    fn no_minute_has_more_than_a_minutes_calls_and_what_is_taken_at_once() {
        let (mut bucket, rate) = (
            Bucket::default(),
            Rate {
                a_minute: 840,
                at_once: 80,
            },
        );
        let tenths = (0..600).map(|tenth| Duration::from_millis(tenth * 100));
        let taken: u32 = tenths.map(|now| bucket.take(rate, 1000, now)).sum();
        assert!((840..=920).contains(&taken), "{taken}");
    }
}
