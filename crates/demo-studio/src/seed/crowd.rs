//! A crowd: as many made-up members as one likes, and services that have room for them all. Off unless asked for; for
//! trying what only many members at once can bring about.

use chrono::{Days, NaiveDate};
use perfectgym::{BookableAppointmentId, CustomerId, InstructorId};

use super::members::{Member, Plan};
use super::services::base;
use crate::calendar::{Hours, Service, Staff, Timetable, Trainer};

/// Takes everybody: no room, no trainer, day and night, so that a member's own bookings are all that can stand against one.
pub const OPEN_FLOOR: BookableAppointmentId = BookableAppointmentId(1_220_000_901);
/// The same, shorter.
pub const COOL_DOWN: BookableAppointmentId = BookableAppointmentId(1_220_000_902);
/// With one of a few trainers, so that members get in each other's way.
pub const COACHING: BookableAppointmentId = BookableAppointmentId(1_220_000_903);

const FIRST_ID: i64 = 1_250_000_000;
const FIRST_COACH: i64 = 1_210_000_901;
const COACHES: [&str; 3] = ["Ada", "Bo", "Cem"];

const FIRST_NAMES: [&str; 8] = ["Alex", "Robin", "Kim", "Sam", "Mika", "Toni", "Noa", "Jona"];
const LAST_NAMES: [&str; 5] = ["Acker", "Bach", "Dorn", "Feld", "Hain"];

/// The first so many of the crowd, numbered from `C-00001`; each is the same whenever and wherever it is made.
#[must_use]
pub fn members(how_many: u32) -> Vec<Member> {
    (1..=how_many).map(member).collect()
}

fn member(number: u32) -> Member {
    Member {
        id: CustomerId(FIRST_ID + i64::from(number)),
        customer_number: format!("C-{number:05}").into(),
        date_of_birth: born(number),
        first_name: one_of(&FIRST_NAMES, number),
        last_name: one_of(&LAST_NAMES, number),
        email: format!("c{number:05}@example.org").into(),
        language: if number.is_multiple_of(2) { "de" } else { "en" },
        story_en: "One of the crowd.",
        story_de: "Eine Person von vielen.",
        plan: Plan::Everything,
    }
}

/// Days apart, so that nobody signs in as their neighbour by a number's slip.
fn born(number: u32) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(1955, 1, 1).unwrap_or_default();
    first
        .checked_add_days(Days::new(u64::from(number) * 37 % 18_000))
        .unwrap_or(first)
}

fn one_of(names: &[&'static str], number: u32) -> &'static str {
    let at = usize::try_from(number).unwrap_or_default() % names.len().max(1);
    names.get(at).copied().unwrap_or_default()
}

/// Adds the crowd's services to a timetable, if there is a crowd.
pub(crate) fn make_room(timetable: &mut Timetable, crowd: u32) {
    if crowd == 0 {
        return;
    }
    timetable.trainers.extend(coaches());
    timetable.services.extend(services());
    timetable.services.sort_by_key(|service| service.id);
}

fn coaches() -> impl Iterator<Item = Trainer> {
    (FIRST_COACH..).zip(COACHES).map(|(id, name)| Trainer {
        id: InstructorId(id),
        first_name: name,
        last_name: "Coach",
        public_name: Some(name),
        hours: Hours::round_the_clock(),
    })
}

fn services() -> [Service; 3] {
    let coaches = coaches().map(|coach| coach.id).collect();
    [
        service(OPEN_FLOOR, "Open floor", 60, Staff::Nobody),
        service(COOL_DOWN, "Cool-down", 30, Staff::Nobody),
        service(COACHING, "Coaching", 60, Staff::OneOf(coaches)),
    ]
}

fn service(id: BookableAppointmentId, title: &'static str, minutes: i32, staff: Staff) -> Service {
    let text = "For as many as come.";
    Service {
        picture: None,
        step: 60,
        after: 0,
        hours: Some(Hours::round_the_clock()),
        ..base(id.0, title, minutes, "Crowd", "", text, staff, &[])
    }
}
