//! Hours of a week on the wall clock, and the days on which a studio is closed.

use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;

use super::{Span, local};

/// Part of a day on the wall clock, in minutes since midnight; 1440 is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    /// First minute.
    pub from: u16,
    /// The minute at which it ends.
    pub until: u16,
}

impl Between {
    /// From one full hour to another.
    #[must_use]
    pub const fn hours(from: u16, until: u16) -> Self {
        Self {
            from: from * 60,
            until: until * 60,
        }
    }

    /// The instants it covers on that day.
    #[must_use]
    pub fn on(&self, zone: Tz, day: NaiveDate) -> Span {
        local::between(zone, day, self.from, self.until)
    }
}

/// Opening or working hours: parts of each day of the week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours(Vec<(Weekday, Between)>);

impl Hours {
    /// The same part of each of these days.
    #[must_use]
    pub fn on_days(days: &[Weekday], part: Between) -> Self {
        Self(days.iter().map(|day| (*day, part)).collect())
    }

    /// Day and night, all week.
    #[must_use]
    pub fn round_the_clock() -> Self {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        Self::on_days(&[Mon, Tue, Wed, Thu, Fri, Sat, Sun], Between::hours(0, 24))
    }

    /// These hours and others.
    #[must_use]
    pub fn and(mut self, days: &[Weekday], part: Between) -> Self {
        self.0.extend(days.iter().map(|day| (*day, part)));
        self
    }

    /// The parts of that day.
    pub fn parts(&self, day: NaiveDate) -> impl Iterator<Item = Between> + '_ {
        let weekday = day.weekday();
        self.0
            .iter()
            .filter(move |(on, _)| *on == weekday)
            .map(|(_, part)| *part)
    }

    /// The instants that these hours cover on that day.
    pub fn spans(&self, zone: Tz, day: NaiveDate) -> impl Iterator<Item = Span> + '_ {
        self.parts(day).map(move |part| part.on(zone, day))
    }

    /// Whether a span lies within one part of its day.
    #[must_use]
    pub fn cover(&self, zone: Tz, span: &Span) -> bool {
        let day = local::day_of(zone, span.from);
        self.spans(zone, day).any(|part| part.contains(span))
    }
}

/// When a closing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosingDay {
    /// On this day of each year, such as a public holiday.
    EachYear {
        /// 1..=12
        month: u32,
        /// 1..=31
        day: u32,
    },
    /// Every week.
    Each(Weekday),
    /// Once.
    On(NaiveDate),
}

/// Hours on which the studio is closed though its week says open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// On which days.
    pub day: ClosingDay,
    /// In which part of them.
    pub part: Between,
    /// Announced after slot lists had been made: a list may still offer it, validate never does.
    pub late: bool,
}

impl Closing {
    /// Whether it happens on that day.
    #[must_use]
    pub fn falls_on(&self, date: NaiveDate) -> bool {
        match self.day {
            ClosingDay::EachYear { month, day } => date.month() == month && date.day() == day,
            ClosingDay::Each(weekday) => date.weekday() == weekday,
            ClosingDay::On(once) => date == once,
        }
    }

    /// Whether it shuts some of the span.
    #[must_use]
    pub fn shuts(&self, zone: Tz, span: &Span) -> bool {
        let day = local::day_of(zone, span.from);
        self.falls_on(day) && self.part.on(zone, day).overlaps(span)
    }
}
