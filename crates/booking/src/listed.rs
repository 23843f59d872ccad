//! What app and proxy say of an answer beyond the contract.

use chrono::{DateTime, TimeDelta, Utc};

/// Younger than this is as good as new: it may be shown while a newer one is on its way.
const NEW: TimeDelta = TimeDelta::minutes(2);

/// The header of a list from which something was left out because nobody could read it: how many. A list without it is
/// whole.
pub const UNREADABLE: &str = "frontdesk-unreadable";

/// The header of an answer that stands in for one that could not be had: when it was read from the upstream, in Unix
/// seconds. An answer without it is as fresh as its cache says.
pub const AS_OF: &str = "frontdesk-as-of";

/// Whether a person should be told when it was read. One from the future is of a clock that was set back, and of an age that
/// nobody knows.
pub fn is_worth_saying(as_of: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (now - as_of).abs() >= NEW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_said_from_two_minutes_on_whichever_way_the_clock_went() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let said = |seconds| is_worth_saying(now - TimeDelta::seconds(seconds), now);
        assert_eq!([0, 119, 120, 3600].map(said), [false, false, true, true]);
        assert_eq!([-5, -3600].map(said), [false, true]);
    }
}
