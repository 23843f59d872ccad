//! What strangers have booked: the same for a day whenever and wherever it is asked.
//!
//! Not rows of a database but a function of the date, so that no day is ever empty because nobody seeded it.

use chrono::{Datelike, NaiveDate, Weekday};

use super::services::{CHAMBER, SAUNA, SCANNER, TANK};
use super::trainers::{JONAS, MALIK, MEI, PETRA, SOFIA, TOMASZ};
use crate::calendar::{Between, Busy, Resource, Timetable};

/// Hours that strangers leave alone, each week or each day, so that what docs/refusals.md promises can be met in any week.
const KEPT: [(Resource, Option<Weekday>, Between); 12] = [
    (
        Resource::Trainer(PETRA),
        Some(Weekday::Tue),
        Between::hours(9, 12),
    ),
    (
        Resource::Trainer(JONAS),
        Some(Weekday::Tue),
        Between::hours(9, 12),
    ),
    (
        Resource::Trainer(PETRA),
        Some(Weekday::Thu),
        Between::hours(9, 12),
    ),
    (
        Resource::Trainer(JONAS),
        Some(Weekday::Thu),
        Between::hours(9, 12),
    ),
    (
        Resource::Trainer(PETRA),
        Some(Weekday::Fri),
        Between::hours(9, 13),
    ),
    (
        Resource::Trainer(TOMASZ),
        Some(Weekday::Thu),
        Between::hours(13, 17),
    ),
    (Resource::Trainer(MEI), Some(Weekday::Tue), Between::hours(17, 22)),
    (Resource::Room(SAUNA), Some(Weekday::Tue), Between::hours(16, 22)),
    (Resource::Room(SAUNA), None, Between::hours(12, 15)),
    (Resource::Room(SCANNER), None, Between::hours(11, 15)),
    (Resource::Room(TANK), None, Between::hours(0, 2)),
    (Resource::Room(CHAMBER), Some(Weekday::Mon), Between::hours(7, 22)),
];

/// Of a hundred hours, how many a trainer is with somebody.
const TRAINERS_TAKEN: u64 = 28;
/// Of a hundred hours, how many a machine or room that needs nobody is in use.
const ROOMS_TAKEN: u64 = 22;

/// What strangers have taken on these days.
#[must_use]
pub fn strangers(timetable: &Timetable, days: &[NaiveDate]) -> Busy {
    let mut busy = Busy::default();
    for day in days {
        let hours: Vec<_> = (0..24)
            .map(|hour| (hour, Between::hours(hour, hour + 1).on(timetable.zone, *day)))
            .collect();
        for resource in resources(timetable) {
            for (_, span) in hours.iter().filter(|(hour, _)| is_taken(resource, *day, *hour)) {
                busy.take(resource, *span);
            }
        }
    }
    busy
}

/// Trainers, and the rooms that can be booked without one.
fn resources(timetable: &Timetable) -> Vec<Resource> {
    use crate::calendar::Staff::Nobody;
    let alone = timetable
        .services
        .iter()
        .filter(|service| matches!(service.staff, Nobody));
    let rooms = alone.flat_map(|service| service.rooms.iter().map(|room| Resource::Room(*room)));
    let trainers = timetable
        .trainers
        .iter()
        .map(|trainer| Resource::Trainer(trainer.id));
    trainers.chain(rooms).collect()
}

fn is_taken(resource: Resource, day: NaiveDate, hour: u16) -> bool {
    // The boxing league trains on Wednesdays: a day on which one service is full.
    let league = [Resource::Trainer(MALIK), Resource::Trainer(SOFIA)];
    if league.contains(&resource) && day.weekday() == Weekday::Wed {
        return true;
    }
    let (number, share) = match resource {
        Resource::Trainer(id) => (id.0, TRAINERS_TAKEN),
        Resource::Room(id) => (id.0, ROOMS_TAKEN),
    };
    let mixed = scatter(
        number.unsigned_abs()
            ^ scatter(u64::from(day.num_days_from_ce().unsigned_abs()) ^ scatter(hour.into())),
    );
    mixed % 100 < share && !is_kept(resource, day.weekday(), hour)
}

fn is_kept(resource: Resource, day: Weekday, hour: u16) -> bool {
    KEPT.iter().any(|(what, on, part)| {
        *what == resource && on.is_none_or(|on| on == day) && (part.from..part.until).contains(&(hour * 60))
    })
}

/// `SplitMix64`'s last step: neighbouring numbers become numbers that have nothing in common.
fn scatter(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
