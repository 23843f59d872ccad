//! Verdicts that somebody should read about in the log, each once: words of a later version, and faults of our own.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use perfectgym::ValidationStatus;

/// An upstream that makes up a new word each time fills no memory.
const MOST: usize = 100;

/// What was logged before.
#[derive(Default)]
pub(crate) struct OddWords(Mutex<HashSet<String>>);

impl OddWords {
    /// Logs a verdict that is odd and new. A member meets both as a polite refusal.
    pub(crate) fn note(&self, verdict: &ValidationStatus) {
        let why = match verdict {
            ValidationStatus::Unknown(_) => "the upstream gave a verdict that this version does not know",
            ValidationStatus::EndDateTimeNotAfterStartDateTime => {
                "our fault: a time was sent that ends before it starts"
            }
            _ => return,
        };
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() < MOST && seen.insert(verdict.as_str().to_owned()) {
            tracing::warn!(verdict = verdict.as_str(), "{why}");
        }
    }
}
