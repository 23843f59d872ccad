//! What app and proxy say of an answer beyond the contract.

use chrono::{DateTime, Utc};

/// The header of a list from which something was left out because nobody could read it: how many. A list without it is
/// whole.
pub const UNREADABLE: &str = "frontdesk-unreadable";

/// The header of an answer of before: when it was read from the upstream, in Unix seconds. How many seconds ago that was
/// stands in [`AGE`], so that nobody's clock has to agree with the proxy's. An answer without it is as fresh as its cache
/// says.
pub const AS_OF: &str = "frontdesk-as-of";

/// The header of HTTP's own that says how old an answer is, in seconds.
pub const AGE: &str = "age";

/// The header of an answer of before for which a fresh one is being read: the upstream answers, as far as anybody knows.
/// An answer of before without it stands in for one that could not be had.
pub const READ_ANEW: &str = "frontdesk-read-anew";

/// From which age on it is worth saying of an answer, in seconds. What is younger is about as fresh as any.
const WORTH_SAYING: u64 = 120;

/// As of when an answer is, where it stands in for one that could not be had and is so old that whoever looks at it has
/// to know. Its arguments are the headers [`AS_OF`], [`AGE`] and [`READ_ANEW`].
pub fn stands_in(as_of: Option<&str>, age: Option<&str>, read_anew: Option<&str>) -> Option<DateTime<Utc>> {
    let young = age
        .and_then(|seconds| seconds.parse().ok())
        .is_some_and(|seconds| !is_worth_saying(seconds));
    if young || read_anew.is_some() {
        return None;
    }
    DateTime::from_timestamp(as_of?.parse().ok()?, 0)
}

/// Whether an answer of before is so old, in seconds, that whoever looks at it has to know.
pub fn is_worth_saying(age: u64) -> bool {
    age >= WORTH_SAYING
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEN: Option<&str> = Some("1764000000");

    #[test]
    fn an_old_answer_is_said_to_be_one_where_no_other_could_be_had() {
        let then = DateTime::from_timestamp(1_764_000_000, 0);
        for age in [Some("120"), Some("36000"), Some("long"), None] {
            assert_eq!(stands_in(THEN, age, None), then, "{age:?}");
        }
    }

    #[test]
    fn nothing_is_said_of_what_is_read_anew_or_is_hardly_old_or_says_nothing_that_can_be_read() {
        for (as_of, age, read_anew) in [
            (THEN, Some("7"), Some("1")),
            (THEN, Some("7200"), Some("1")),
            (THEN, Some("119"), None),
            (THEN, Some("0"), None),
            (None, Some("600"), None),
            (Some("yesterday"), Some("600"), None),
            (Some("99999999999999999999"), None, None),
        ] {
            assert_eq!(stands_in(as_of, age, read_anew), None, "{as_of:?} {age:?}");
        }
    }
}
