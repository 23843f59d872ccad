//! Attempts as rows.

use booking::{AttemptKey, Failure};
use chrono::DateTime;

use super::super::{Attempt, Outcome, State, StoreError};
use super::database::Row;

/// What [`read`] reads.
pub(super) const COLUMNS: &str = "wish, title, state, follows, answer, changed_at";
/// The states of which there can be one at a time for a wish: as the index of the migrations has them.
pub(super) const OPEN: &str = "'INTENT', 'SENT', 'UNCERTAIN'";

/// From when on what is open is looked at again, as time alone will have it: the older it is, the less often (an hour
/// after eight), so that what never is settled costs the upstream next to nothing.
pub(super) const DUE: &str = "COALESCE(looked_at + (looked_at - changed_at) / 8, 0)";

/// What an outcome is written as.
pub(super) struct Columns {
    pub(super) answer: Option<String>,
    pub(super) booking: Option<i64>,
}

impl Columns {
    pub(super) fn of(outcome: &Outcome) -> Result<Self, StoreError> {
        let (answer, booking) = match outcome {
            Outcome::Booked(booking) => (Some(serde_json::to_string(booking)?), Some(booking.booking_id.0)),
            Outcome::Refused(failure) => (Some(refusal(failure)?), None),
            _ => (None, None),
        };
        Ok(Self { answer, booking })
    }
}

/// Without the upstream's own sentence, which may name whatever it likes.
pub(super) fn refusal(failure: &Failure) -> Result<String, StoreError> {
    let kept = Failure {
        message: None,
        upstream_message: None,
        ..failure.clone()
    };
    Ok(serde_json::to_string(&kept)?)
}

pub(super) fn key_of(row: &Row, column: &'static str) -> Result<AttemptKey, StoreError> {
    AttemptKey::new(&row.text(column)?).map_err(|_| StoreError::Column(column))
}

pub(super) fn read(row: &Row) -> Result<Attempt, StoreError> {
    let (wish, answer) = (row.text("wish")?, row.text("answer")?);
    let state = State::of(&row.text("state")?).ok_or(StoreError::Column("state"))?;
    let outcome = match state {
        State::Booked => Outcome::Booked(serde_json::from_str(&answer)?),
        State::Refused => Outcome::Refused(serde_json::from_str(&answer)?),
        State::Follows => Outcome::Follows(key_of(row, "follows")?),
        State::NotBooked => Outcome::NotBooked,
        State::Void => Outcome::Void,
        State::Intent => Outcome::Intent,
        State::Sent => Outcome::Sent,
        State::Uncertain => Outcome::Uncertain,
    };
    let wish = if wish.is_empty() {
        None
    } else {
        Some(serde_json::from_str(&wish)?)
    };
    let changed_at = DateTime::from_timestamp(row.int("changed_at")?, 0).unwrap_or_default();
    Ok(Attempt {
        wish,
        title: row.maybe_text("title")?,
        outcome,
        changed_at,
    })
}
