//! What the studio offers. What a service overlooks, and why, is in docs/refusals.md.

mod diagnostics;
mod recovery;
mod therapy;
mod training;

use perfectgym::{BookableAppointmentId, InstructorId};

use crate::calendar::{Room, RoomId, Service, Staff, Terms};

const TRAINING: &str = "Personal training";
const DIAGNOSTICS: &str = "Tests & measurements";
const THERAPY: &str = "Therapy & massage";
const RECOVERY: &str = "Recovery";

/// The feature that every membership includes.
pub const MEMBER: &str = "member";
/// The feature that tests of the lab need.
pub const LAB: &str = "lab";
/// The contingent of training sessions.
pub const TRAININGS: &str = "training";
/// The contingent of massages.
pub const MASSAGES: &str = "massage";

const FLOOR_A: RoomId = RoomId(1);
const FLOOR_B: RoomId = RoomId(2);
const RING: RoomId = RoomId(3);
const STUDY: RoomId = RoomId(4);
const TREATMENT_1: RoomId = RoomId(5);
const TREATMENT_2: RoomId = RoomId(6);
pub(in crate::seed) const SCANNER: RoomId = RoomId(7);
pub(in crate::seed) const SAUNA: RoomId = RoomId(8);
pub(in crate::seed) const CHAMBER: RoomId = RoomId(9);
pub(in crate::seed) const TANK: RoomId = RoomId(10);

/// The studio's rooms and machines.
#[must_use]
pub fn rooms() -> Vec<Room> {
    let named = [
        (FLOOR_A, "Training floor A"),
        (FLOOR_B, "Training floor B"),
        (RING, "Boxing ring"),
        (STUDY, "Lab"),
        (TREATMENT_1, "Treatment room 1"),
        (TREATMENT_2, "Treatment room 2"),
        (SCANNER, "Scan cabin"),
        (SAUNA, "Sauna suite"),
        (CHAMBER, "Cryo chamber"),
        (TANK, "Floating tank"),
    ];
    named.into_iter().map(|(id, name)| Room { id, name }).collect()
}

/// All services, in the order of their ids.
#[must_use]
pub fn all() -> Vec<Service> {
    let mut services = training::training();
    services.extend(diagnostics::diagnostics());
    services.extend(therapy::therapy());
    services.extend(recovery::recovery());
    services.sort_by_key(|service| service.id);
    services
}

/// A service as most of them are: every half hour, a quarter of an hour to tidy up, an hour's notice, four weeks.
#[expect(
    clippy::too_many_arguments,
    reason = "the columns of a table, read as one line each"
)]
pub(super) fn base(
    id: i64,
    title: &'static str,
    minutes: i32,
    category: &'static str,
    picture: &'static str,
    description: &'static str,
    staff: Staff,
    rooms: &[RoomId],
) -> Service {
    Service {
        id: BookableAppointmentId(id),
        title,
        minutes,
        category: Some(category),
        description: Some(description),
        picture: Some(picture),
        step: 30,
        before: 0,
        after: 10,
        staff,
        rooms: rooms.to_vec(),
        hours: None,
        terms: Terms {
            notice: 60,
            horizon: 28,
        },
        contingent: None,
        requires: None,
        confirmed_by_studio: false,
        withdrawn: None,
        old_length: None,
        double_booked: None,
        overlooks: Vec::new(),
    }
}

fn one_of(trainers: &[InstructorId]) -> Staff {
    Staff::OneOf(trainers.to_vec())
}
