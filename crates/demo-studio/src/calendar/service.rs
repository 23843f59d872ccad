//! What a studio offers, who does it, and where.

use chrono::{Datelike, NaiveDate, Weekday};
use perfectgym::{BookableAppointmentId, InstructorId, ValidationStatus};

use super::{Between, Hours};

/// A room or a piece of equipment that serves one appointment at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomId(pub i64);

/// A room with its name.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Its number.
    pub id: RoomId,
    /// What the staff call it.
    pub name: &'static str,
}

/// Somebody whom members can book.
#[derive(Clone, Debug)]
pub struct Trainer {
    /// The upstream's instructor id.
    pub id: InstructorId,
    /// First name, as the staff list has it.
    pub first_name: &'static str,
    /// Last name, as the staff list has it.
    pub last_name: &'static str,
    /// The only name a member should see, where there is one.
    pub public_name: Option<&'static str>,
    /// When they work.
    pub hours: Hours,
}

/// Who it takes.
#[derive(Clone, Debug)]
pub enum Staff {
    /// Nobody: a room or a machine is enough.
    Nobody,
    /// One of these; each who is free makes a slot of their own.
    OneOf(Vec<InstructorId>),
    /// All of these together.
    Team(Vec<InstructorId>),
}

/// How early and how late it can be booked, counted from now to its start.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Minutes between booking and start, at least.
    pub notice: i64,
    /// Days between booking and start, at most.
    pub horizon: i64,
}

/// On one weekday the slot list is still made with the length that the service used to have.
#[derive(Clone, Copy, Debug)]
pub struct OldLength {
    /// The weekday.
    pub on: Weekday,
    /// Minutes it used to take.
    pub minutes: i32,
}

/// Every week somebody else uses the room, and the list does not know.
#[derive(Clone, Copy, Debug)]
pub struct DoubleBooked {
    /// The weekday.
    pub on: Weekday,
    /// The hours.
    pub part: Between,
}

/// A bookable appointment, with the rules that make its slots.
#[derive(Clone, Debug)]
pub struct Service {
    /// The upstream's id.
    pub id: BookableAppointmentId,
    /// What it is called.
    pub title: &'static str,
    /// Minutes from start to end.
    pub minutes: i32,
    /// One of the studio's categories.
    pub category: Option<&'static str>,
    /// What a member should know.
    pub description: Option<&'static str>,
    /// The picture's name, without folder and ending.
    pub picture: Option<&'static str>,
    /// Minutes between possible starts, counted from the beginning of the hours.
    pub step: u16,
    /// Minutes that trainer and room are needed before the start.
    pub before: i32,
    /// Minutes that trainer and room are needed after the end.
    pub after: i32,
    /// Who it takes.
    pub staff: Staff,
    /// Rooms it can be in; none are needed if empty.
    pub rooms: Vec<RoomId>,
    /// Hours of its own, instead of the studio's and of its closings.
    pub hours: Option<Hours>,
    /// How early and how late.
    pub terms: Terms,
    /// The kind of contingent that a booking uses up.
    pub contingent: Option<&'static str>,
    /// What the membership has to include.
    pub requires: Option<&'static str>,
    /// A booking stands only once the studio has confirmed it.
    pub confirmed_by_studio: bool,
    /// Not offered on this weekday, though the list does not know.
    pub withdrawn: Option<Weekday>,
    /// See [`OldLength`].
    pub old_length: Option<OldLength>,
    /// See [`DoubleBooked`].
    pub double_booked: Option<DoubleBooked>,
    /// Objections that the slot list overlooks and validate makes: how a refusal can be met by taps.
    pub overlooks: Vec<ValidationStatus>,
}

impl Service {
    /// Minutes with which the slot list of that day is made.
    #[must_use]
    pub fn listed_minutes(&self, day: NaiveDate) -> i32 {
        self.old_length
            .filter(|old| old.falls_on(day))
            .map_or(self.minutes, |old| old.minutes)
    }
}

impl OldLength {
    /// Whether the list of that day is made with it.
    #[must_use]
    pub fn falls_on(&self, day: NaiveDate) -> bool {
        day.weekday() == self.on
    }
}
