//! A breaker: closed until something goes wrong too often, then open for a while, then open for one call that tries.
//! Pure: the time is an argument.

use std::time::Duration;

/// How long others wait while one tries.
const WHILE_ONE_TRIES: Duration = Duration::from_secs(1);

/// When a breaker opens, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// After how many failures in a row.
    pub after: u32,
    /// How long at first; twice as long each time that a try fails.
    pub first: Duration,
    /// How long at most.
    pub longest: Duration,
    /// After how long a try of which nothing was heard counts for nothing.
    pub try_lasts: Duration,
}

/// One breaker.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: u32,
    rests: u32,
    open: Option<Open>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    since: Duration,
    until: Duration,
    trying: bool,
}

impl Breaker {
    /// How long nobody is let through; `None` where whoever asks is.
    pub(super) fn opens_in(&self, now: Duration) -> Option<Duration> {
        let open = self.open.filter(|open| now < open.until)?;
        let left = open.until - now;
        Some(if open.trying {
            left.min(WHILE_ONE_TRIES)
        } else {
            left
        })
    }

    /// Lets a call through, or says how long not. The first after a rest is the one that tries.
    pub(super) fn admit(&mut self, rest: Rest, now: Duration) -> Result<(), Duration> {
        if let Some(left) = self.opens_in(now) {
            return Err(left);
        }
        if let Some(open) = &mut self.open {
            open.trying = true;
            open.until = now + rest.try_lasts;
        }
        Ok(())
    }

    /// A call that began at `begun` was answered. What was sent before it opened says nothing of what is so now.
    pub(super) fn answered(&mut self, begun: Duration) {
        if self.open.is_none_or(|open| begun >= open.since) {
            *self = Self::default();
        }
    }

    /// A call that began at `begun` failed.
    pub(super) fn failed(&mut self, rest: Rest, begun: Duration, now: Duration) {
        self.failures = self.failures.saturating_add(1);
        let is_news = match self.open {
            None => self.failures >= rest.after,
            Some(open) => open.trying && begun >= open.since,
        };
        if is_news {
            let pause = rest.first.saturating_mul(1_u32 << self.rests.min(16));
            self.rests = self.rests.saturating_add(1);
            self.open_for(pause.min(rest.longest), now);
        }
    }

    /// Opens for as long as the upstream itself said.
    pub(super) fn open_for(&mut self, pause: Duration, now: Duration) {
        self.open = Some(Open {
            since: now,
            until: now + pause,
            trying: false,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: Duration = Duration::from_secs(1);
    const REST: Rest = Rest {
        after: 3,
        first: Duration::from_secs(2),
        longest: Duration::from_secs(5),
        try_lasts: Duration::from_secs(10),
    };

    fn broken(at: Duration) -> Breaker {
        let mut breaker = Breaker::default();
        for _ in 0..3 {
            breaker.admit(REST, at).unwrap();
            breaker.failed(REST, at, at);
        }
        breaker
    }

    #[test]
    fn it_opens_after_a_run_of_failures_and_not_after_as_many_with_answers_between() {
        assert_eq!(broken(S).admit(REST, S), Err(S * 2));
        let mut breaker = Breaker::default();
        for _ in 0..9 {
            breaker.failed(REST, S, S);
            breaker.failed(REST, S, S);
            breaker.answered(S);
        }
        assert_eq!(breaker.admit(REST, S), Ok(()));
    }

    #[test]
    fn after_a_rest_one_tries_and_the_others_wait_for_what_comes_of_it() {
        let mut breaker = broken(S);
        assert_eq!(breaker.admit(REST, S * 3), Ok(()));
        assert_eq!(breaker.admit(REST, S * 3), Err(S));
        breaker.answered(S * 3);
        assert_eq!(breaker.admit(REST, S * 4), Ok(()));
        breaker.failed(REST, S * 4, S * 4);
        assert_eq!(
            breaker.admit(REST, S * 4),
            Ok(()),
            "and it is as patient as before"
        );
    }

    #[test]
    fn each_failed_try_makes_the_rest_longer_up_to_the_longest() {
        let (mut breaker, mut at, mut rests) = (broken(S), S, Vec::new());
        for _ in 0..3 {
            let rest = breaker.opens_in(at).unwrap();
            rests.push(rest.as_secs());
            at += rest;
            breaker.admit(REST, at).unwrap();
            breaker.failed(REST, at, at);
        }
        assert_eq!(rests, [2, 4, 5]);
    }

    #[test]
    fn a_try_that_nobody_hears_of_again_keeps_nobody_out_for_ever() {
        let mut breaker = broken(S);
        breaker.admit(REST, S * 3).unwrap();
        assert_eq!(breaker.admit(REST, S * 13), Ok(()));
    }

    #[test]
    fn what_was_sent_before_it_opened_neither_closes_it_nor_makes_the_rest_longer() {
        let mut breaker = broken(S * 9);
        breaker.answered(S);
        breaker.failed(REST, S, S * 9);
        assert_eq!(breaker.opens_in(S * 9), Some(S * 2));
    }
}
