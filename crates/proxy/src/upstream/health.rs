//! What the last calls say of the upstream: whether it is known to be down, or to refuse the key.
//!
//! It is all endpoints together, and says what is so; [`super::breaker`] is one endpoint, and says when to ask again. What
//! counts as a failure is the same for both: [`UpstreamError::is_failing`].

use std::sync::atomic::{AtomicU32, Ordering};

use super::UpstreamError;

/// So many calls without an answer, one after the other, and it is down. One alone is bad luck.
const DOWN_AFTER: u32 = 3;
const REFUSES_KEY: u32 = u32::MAX;

/// Counts calls that got no answer since the last that did.
#[derive(Debug, Default)]
pub(super) struct Health(AtomicU32);

/// As far as anybody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing against it.
    Good,
    /// It has not answered for a while.
    Down,
    /// 401: nothing can be asked of it.
    KeyRefused,
}

impl Health {
    /// What a call came to.
    pub(super) fn note(&self, error: Option<&UpstreamError>) {
        match error {
            // Never sent, or too much was: says nothing of what it would do.
            Some(
                UpstreamError::OverBudget { .. }
                | UpstreamError::LeftAlone { .. }
                | UpstreamError::TooMany(_),
            ) => {}
            Some(UpstreamError::Forbidden(said)) if said.status == 401 => self.set(REFUSES_KEY),
            Some(error) if error.is_failing() => {
                let more = |failed: u32| {
                    Some(if failed == REFUSES_KEY {
                        1
                    } else {
                        (failed + 1).min(DOWN_AFTER)
                    })
                };
                let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
            }
            _ => self.set(0),
        }
    }

    fn set(&self, failed: u32) {
        self.0.store(failed, Ordering::Relaxed);
    }

    pub(super) fn known(&self) -> Known {
        match self.0.load(Ordering::Relaxed) {
            REFUSES_KEY => Known::KeyRefused,
            failed if failed >= DOWN_AFTER => Known::Down,
            _ => Known::Good,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upstream::Said;

    fn after(errors: &[Option<UpstreamError>]) -> Known {
        let health = Health::default();
        errors.iter().for_each(|error| health.note(error.as_ref()));
        health.known()
    }

    #[test]
    fn it_is_down_after_some_silence_and_good_after_one_answer() {
        let over_budget = || UpstreamError::OverBudget {
            retry_after: std::time::Duration::from_secs(1),
        };
        let lost = || Some(UpstreamError::NoAnswer("late".into()));
        let said = |status| Said {
            status,
            ..Said::default()
        };
        let refused = |status| Some(UpstreamError::Forbidden(said(status)));
        assert_eq!(after(&[lost(), lost()]), Known::Good);
        assert_eq!(after(&[lost(), lost(), lost(), lost()]), Known::Down);
        assert_eq!(after(&[lost(), lost(), lost(), Some(over_budget())]), Known::Down);
        assert_eq!(
            after(&[lost(), lost(), lost(), Some(UpstreamError::NotFound(said(404)))]),
            Known::Good
        );
        assert_eq!(after(&[lost(), None, lost(), lost()]), Known::Good);
        assert_eq!(after(&[refused(401)]), Known::KeyRefused);
        assert_eq!(after(&[refused(403)]), Known::Good);
        assert_eq!(after(&[refused(401), lost()]), Known::Good);
        assert_eq!(after(&[refused(401), None]), Known::Good);
    }
}
