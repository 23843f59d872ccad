//! The studio that the demo is: its timetable, its people, and what was booked before anybody came.
//!
//! Everything is relative to today and the same on every machine. Nothing here is real: names, bank accounts and
//! numbers are made up, and no rule is decided here (that is `calendar`).

pub mod crowd;
pub mod members;
pub mod occupancy;
pub mod record;
pub mod services;
pub mod stories;
pub mod trainers;
pub mod week;

use crate::calendar::Timetable;
use chrono_tz::Tz;

/// The studio's timetable, in the zone it is told to be in.
#[must_use]
pub fn timetable(zone: Tz) -> Timetable {
    Timetable {
        zone,
        opening: week::opening(),
        closings: week::closings(),
        services: services::all(),
        trainers: trainers::all(),
        rooms: services::rooms(),
    }
}
