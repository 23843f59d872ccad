//! The studio's zone, without a zone database: the proxy has one and sends the shifts that matter.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use perfectgym::Moment;
use serde::{Deserialize, Serialize};

/// The offsets from UTC that a studio's zone has from when on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioZone {
    /// IANA name, such as `Europe/Berlin`.
    pub name: String,
    /// From which second since 1970 on, how many seconds east of UTC; in ascending order, the first one holds before it too.
    pub shifts: Vec<(i64, i32)>,
}

impl StudioZone {
    /// UTC, for a studio whose zone nobody knows.
    pub fn utc() -> Self {
        Self {
            name: "UTC".into(),
            shifts: vec![(0, 0)],
        }
    }

    /// Seconds east of UTC at an instant.
    pub fn offset_at(&self, instant: DateTime<Utc>) -> i32 {
        let before = self
            .shifts
            .iter()
            .rev()
            .find(|(from, _)| *from <= instant.timestamp());
        before.or(self.shifts.first()).map_or(0, |(_, offset)| *offset)
    }

    /// Date and time at the studio.
    pub fn local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        let offset = TimeDelta::seconds(self.offset_at(instant).into());
        instant
            .naive_utc()
            .checked_add_signed(offset)
            .unwrap_or_else(|| instant.naive_utc())
    }

    /// Date and time of a moment as the studio's clock shows them: by the moment's own offset where its text has one,
    /// and by this zone for `Z`, which says nothing of local time.
    pub fn local_of(&self, moment: &Moment) -> NaiveDateTime {
        moment.local().unwrap_or_else(|| self.local(moment.instant()))
    }

    /// The studio's day at an instant.
    pub fn day(&self, instant: DateTime<Utc>) -> NaiveDate {
        self.local(instant).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> StudioZone {
        // 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC.
        StudioZone {
            name: "Europe/Berlin".into(),
            shifts: vec![
                (1_761_440_400, 3600),
                (1_774_746_000, 7200),
                (1_792_890_000, 3600),
            ],
        }
    }

    #[test]
    fn a_utc_text_is_shown_in_studio_time_on_both_sides_of_a_shift() {
        let local = |text| berlin().local_of(&Moment::parse(text).unwrap()).to_string();
        assert_eq!(local("2026-10-25T00:30:00Z"), "2026-10-25 02:30:00");
        assert_eq!(local("2026-10-25T01:30:00Z"), "2026-10-25 02:30:00");
        assert_eq!(local("2026-03-29T01:00:00Z"), "2026-03-29 03:00:00");
    }

    #[test]
    fn a_text_with_an_offset_keeps_its_own() {
        let moment = Moment::parse("2026-12-02T17:30:00.000-05:00[America/New_York]").unwrap();
        assert_eq!(berlin().local_of(&moment).to_string(), "2026-12-02 17:30:00");
    }
}
