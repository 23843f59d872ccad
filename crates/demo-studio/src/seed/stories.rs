//! What the stories' members have booked before anybody came, relative to today.

use chrono::NaiveDate;
use perfectgym::{BookableAppointmentId, CustomerId};

use crate::calendar::local;

/// A booking that a story needs.
#[derive(Clone, Copy, Debug)]
pub struct Story {
    /// A name for good; the database tells by it which bookings it has.
    pub key: &'static str,
    /// Whose.
    pub customer: CustomerId,
    /// What.
    pub service: BookableAppointmentId,
    /// Days from today; the nearest day further on with a free time is taken.
    pub days: i64,
    /// Full hour of the wall clock from which on a free time is looked for.
    pub from_hour: u16,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a story's booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stands (or was attended).
    Stands,
    /// The member did not come.
    Missed,
    /// It was cancelled.
    Cancelled,
}

/// All of them.
pub const ALL: [Story; 9] = [
    // In the afternoon, so that the first time of a day never clashes with them.
    story("ben/1", 4, 1_220_000_201, 3, 16, Fate::Stands),
    story("ben/2", 4, 1_220_000_402, 5, 16, Fate::Stands),
    story("olga/tomorrow", 5, 1_220_000_401, 1, 12, Fate::Stands),
    story("henry/attended", 9, 1_220_000_101, -3, 8, Fate::Stands),
    story("henry/missed", 9, 1_220_000_303, -9, 12, Fate::Missed),
    story("henry/cancelled", 9, 1_220_000_103, 4, 11, Fate::Cancelled),
    story("henry/confirm", 9, 1_220_000_301, 2, 8, Fate::Stands),
    story("henry/far", 9, 1_220_000_202, 21, 9, Fate::Stands),
    story("henry/soon", 9, 1_220_000_402, 6, 10, Fate::Stands),
];

const fn story(key: &'static str, member: i64, service: i64, days: i64, from_hour: u16, fate: Fate) -> Story {
    Story {
        key,
        customer: CustomerId(1_200_000_000 + member),
        service: BookableAppointmentId(service),
        days,
        from_hour,
        fate,
    }
}

/// How many days a story's booking may move, when there is no time on the wanted one.
const PATIENCE: i64 = 10;

/// The days a story's booking may be on, the one it would like first.
pub fn days(story: &Story, today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let (wanted, step) = (story.days, if story.days < 0 { -1 } else { 1 });
    (0..=PATIENCE).map(move |further| local::shifted(today, wanted + further * step))
}
