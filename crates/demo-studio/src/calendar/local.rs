//! From the wall clock to instants, through both changes of the clock.
//!
//! A wall-clock time may name no instant (in spring an hour is skipped) or two (in autumn one is repeated). The
//! start of an appointment has to be an instant the clock really shows; the edge of opening hours need not.

use chrono::{
    DateTime, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

use std::ops::RangeInclusive;

use super::Span;

/// Years that can be asked for. A window or a story may reach into the next, which still has four digits.
pub const YEARS: RangeInclusive<i32> = 1900..=9998;

/// The day of the wall clock at an instant.
#[must_use]
pub fn day_of(zone: Tz, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// Every instant at which the wall clock shows `at`: none in the skipped hour, two in the repeated one.
#[must_use]
pub fn instants(zone: Tz, at: NaiveDateTime) -> Vec<DateTime<Utc>> {
    match zone.from_local_datetime(&at) {
        MappedLocalTime::Single(one) => vec![one.to_utc()],
        MappedLocalTime::Ambiguous(first, second) => vec![first.to_utc(), second.to_utc()],
        MappedLocalTime::None => Vec::new(),
    }
}

/// The first instant at which the wall clock shows `minute` (0..=1440) of that day, or, where that time is
/// skipped, the first instant after the gap.
#[must_use]
pub fn edge(zone: Tz, day: NaiveDate, minute: u16) -> DateTime<Utc> {
    let wanted = wall(day, minute);
    // Gaps are an hour nearly everywhere and never longer than a day (Samoa skipped one).
    (0..=96)
        .filter_map(|quarter| wanted.checked_add_signed(TimeDelta::minutes(quarter * 15)))
        .find_map(|at| instants(zone, at).into_iter().next())
        .unwrap_or_else(|| wanted.and_utc())
}

/// From one minute of the day to another, as instants.
#[must_use]
pub fn between(zone: Tz, day: NaiveDate, from: u16, until: u16) -> Span {
    Span {
        from: edge(zone, day, from),
        until: edge(zone, day, until),
    }
}

/// The wall-clock time of a minute of the day; minute 1440 is the next day's midnight. Stops at the calendar's end.
#[must_use]
pub fn wall(day: NaiveDate, minute: u16) -> NaiveDateTime {
    let wanted = day
        .and_time(NaiveTime::MIN)
        .checked_add_signed(TimeDelta::minutes(minute.into()));
    wanted.unwrap_or(NaiveDateTime::MAX)
}

/// So many days later (or earlier), stopping at the calendar's end.
#[must_use]
pub fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    let moved = if days < 0 {
        day.checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        day.checked_add_days(Days::new(days.unsigned_abs()))
    };
    moved.unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Berlin;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn half_past_two_is_skipped_in_march_and_comes_twice_in_october() {
        assert!(instants(Berlin, wall(day("2027-03-28"), 150)).is_empty());
        let twice = instants(Berlin, wall(day("2027-10-31"), 150));
        let shown: Vec<_> = twice
            .iter()
            .map(|at| at.with_timezone(&Berlin).to_rfc3339())
            .collect();
        assert_eq!(shown, ["2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"]);
    }

    #[test]
    fn an_edge_in_the_gap_is_where_the_gap_ends() {
        let shown = edge(Berlin, day("2027-03-28"), 150)
            .with_timezone(&Berlin)
            .to_rfc3339();
        assert_eq!(shown, "2027-03-28T03:00:00+02:00");
    }

    #[test]
    fn the_calendars_ends_have_edges_too() {
        for day in [NaiveDate::MIN, NaiveDate::MAX] {
            let whole = between(Berlin, day, 0, 1440);
            assert!(whole.from <= whole.until, "{whole:?}");
            assert_eq!(shifted(day, if day == NaiveDate::MIN { -1 } else { 1 }), day);
        }
    }

    #[test]
    fn the_day_of_the_change_has_23_or_25_hours() {
        let hours = |text| between(Berlin, day(text), 0, 1440).length().num_hours();
        assert_eq!(
            (hours("2027-03-28"), hours("2027-10-31"), hours("2027-06-01")),
            (23, 25, 24)
        );
    }
}
