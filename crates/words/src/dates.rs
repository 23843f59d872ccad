//! Days and times in words. By hand, as `Intl` is in the browser only and chrono's formatter is large.
//!
//! Everything here is the studio's local time: who calls has done the zones.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

/// How one language writes days, times, durations and names.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names of the fields are all there is to say")]
pub struct Dates {
    /// From Monday on.
    pub weekdays: [&'static str; 7],
    /// From Monday on.
    pub weekdays_short: [&'static str; 7],
    pub months: [&'static str; 12],
    pub months_short: [&'static str; 12],
    pub today: &'static str,
    pub tomorrow: &'static str,
    /// After the number of the day: "." in German.
    pub after_day: &'static str,
    /// After a long weekday.
    pub after_weekday: &'static str,
    pub minute: &'static str,
    pub minutes: &'static str,
    /// Between the last two names.
    pub and: &'static str,
}

impl Dates {
    /// "Tuesday".
    pub fn weekday(&self, day: NaiveDate) -> &'static str {
        name(&self.weekdays, day.weekday().num_days_from_monday())
    }

    /// "Tue".
    pub fn weekday_short(&self, day: NaiveDate) -> &'static str {
        name(&self.weekdays_short, day.weekday().num_days_from_monday())
    }

    /// "December".
    pub fn month(&self, day: NaiveDate) -> &'static str {
        name(&self.months, day.month0())
    }

    /// "Dec".
    pub fn month_short(&self, day: NaiveDate) -> &'static str {
        name(&self.months_short, day.month0())
    }

    /// "December 2026", or "November – December 2026" for days of two months.
    pub fn month_span(&self, first: NaiveDate, last: NaiveDate) -> String {
        let year = last.year().to_string();
        if (first.year(), first.month()) == (last.year(), last.month()) {
            return [self.month(last), " ", &year].concat();
        }
        let first_year = first.year().to_string();
        let between = if first.year() == last.year() {
            ["", ""]
        } else {
            [" ", &first_year]
        };
        [
            self.month(first),
            between[0],
            between[1],
            " – ",
            self.month(last),
            " ",
            &year,
        ]
        .concat()
    }

    /// "Tue 2 Dec"; with its year where that is not today's.
    pub fn day_short(&self, day: NaiveDate, today: NaiveDate) -> String {
        let number = day.day().to_string();
        let year = year(day, today);
        [
            self.weekday_short(day),
            " ",
            &number,
            self.after_day,
            " ",
            self.month_short(day),
            &year,
        ]
        .concat()
    }

    /// "Tuesday 2 December"; with its year where that is not today's.
    pub fn day_long(&self, day: NaiveDate, today: NaiveDate) -> String {
        let number = day.day().to_string();
        let year = year(day, today);
        let weekday = [self.weekday(day), self.after_weekday].concat();
        [
            &weekday,
            " ",
            &number,
            self.after_day,
            " ",
            self.month(day),
            &year,
        ]
        .concat()
    }

    /// "Today" or "Tomorrow", where it is one of them.
    pub fn relative(&self, day: NaiveDate, today: NaiveDate) -> Option<&'static str> {
        match (day - today).num_days() {
            0 => Some(self.today),
            1 => Some(self.tomorrow),
            _ => None,
        }
    }

    /// "Today", "Tomorrow", or [`Dates::day_short`].
    pub fn day_near(&self, day: NaiveDate, today: NaiveDate) -> String {
        self.relative(day, today)
            .map_or_else(|| self.day_short(day, today), str::to_owned)
    }

    /// "Tue 2 Dec, 17:30".
    pub fn start(&self, start: NaiveDateTime, today: NaiveDate) -> String {
        [&self.day_short(start.date(), today), ", ", &time(start)].concat()
    }

    /// "Tue 2 Dec, 17:30–18:15".
    pub fn when(&self, start: NaiveDateTime, end: NaiveDateTime, today: NaiveDate) -> String {
        [&self.day_short(start.date(), today), ", ", &period(start, end)].concat()
    }

    /// "45 min".
    pub fn duration(&self, minutes: i64) -> String {
        [&minutes.to_string(), "\u{a0}min"].concat()
    }

    /// "45 minutes", for who listens.
    pub fn duration_long(&self, minutes: i64) -> String {
        let unit = if minutes == 1 { self.minute } else { self.minutes };
        [&minutes.to_string(), " ", unit].concat()
    }

    /// "Anna", "Anna and Ben", "Anna, Ben and Cem".
    pub fn names<S: AsRef<str>>(&self, names: &[S]) -> String {
        let mut text = String::new();
        for (i, name) in names.iter().enumerate() {
            if i > 0 {
                text.push_str(if i + 1 == names.len() { self.and } else { ", " });
            }
            text.push_str(name.as_ref());
        }
        text
    }
}

/// "17:30", on a clock of 24 hours.
pub fn time(at: NaiveDateTime) -> String {
    let mut text = String::with_capacity(5);
    push_two(&mut text, at.hour());
    text.push(':');
    push_two(&mut text, at.minute());
    text
}

/// "17:30–18:15".
pub fn period(start: NaiveDateTime, end: NaiveDateTime) -> String {
    [&time(start), "–", &time(end)].concat()
}

fn push_two(text: &mut String, number: u32) {
    if number < 10 {
        text.push('0');
    }
    text.push_str(&number.to_string());
}

fn year(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() {
        return String::new();
    }
    [" ", &day.year().to_string()].concat()
}

fn name(names: &[&'static str], index: u32) -> &'static str {
    names.get(index as usize).copied().unwrap_or_default()
}

/// The place that an IANA zone is named after: "America/New_York" is "New York".
pub(crate) fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}
