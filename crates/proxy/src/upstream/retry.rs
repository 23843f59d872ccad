//! When a read is sent again: exponential backoff with full jitter, so that many do not come back at once. Pure.

use std::time::Duration;

use chrono::DateTime;

/// How often a read is sent at most.
pub(super) const TRIES: u32 = 3;
const FIRST: Duration = Duration::from_millis(300);
const LONGEST: Duration = Duration::from_secs(3);
/// An upstream that asks for more patience than this is not believed.
const MOST_ASKED: u32 = 300;

/// The pause after so many tries that failed. `chance` is from 0 to 1; `asked` is what the upstream asked for.
pub(super) fn pause(tried: u32, asked: Option<Duration>, chance: f64) -> Duration {
    let most = FIRST
        .saturating_mul(1_u32 << tried.saturating_sub(1).min(8))
        .min(LONGEST);
    asked.unwrap_or_default() + most.mul_f64(chance.clamp(0.0, 1.0))
}

/// The seconds of a `Retry-After`: a number, or a date, which is compared with the answer's own `Date`.
pub(super) fn asked_for(retry_after: Option<&str>, date: Option<&str>) -> Option<u32> {
    let text = retry_after?.trim();
    let seconds = text.parse().ok().or_else(|| until(text, date?))?;
    Some(u32::min(seconds, MOST_ASKED))
}

fn until(then: &str, date: &str) -> Option<u32> {
    let at = |text: &str| DateTime::parse_from_rfc2822(text).ok();
    let left = (at(then)? - at(date)?).num_seconds();
    u32::try_from(left.max(0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_are_spread_over_all_of_their_length() {
        let ms = Duration::from_millis;
        assert_eq!(
            [1, 2, 3, 9].map(|tried| pause(tried, None, 1.0)),
            [ms(300), ms(600), ms(1200), ms(3000)]
        );
        assert_eq!(pause(2, None, 0.0), ms(0));
        assert_eq!(pause(2, None, 0.5), ms(300));
        assert_eq!(
            pause(1, Some(ms(2000)), 0.5),
            ms(2150),
            "never sooner than was asked for"
        );
    }

    #[test]
    fn a_retry_after_is_read_in_both_of_its_forms() {
        assert_eq!(asked_for(Some("7"), None), Some(7));
        let (then, date) = (
            "Wed, 25 Nov 2026 08:00:30 GMT",
            Some("Wed, 25 Nov 2026 08:00:00 GMT"),
        );
        assert_eq!(asked_for(Some(then), date), Some(30));
        assert_eq!(asked_for(date, Some(then)), Some(0), "one that has passed");
        assert_eq!(asked_for(Some(then), None), None);
        assert_eq!(asked_for(Some("soon"), date), None);
        assert_eq!(asked_for(Some("-5"), date), None);
        assert_eq!(asked_for(Some("999999"), None), Some(300));
    }
}
