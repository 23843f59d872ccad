//! What to offer instead of a time that cannot be booked. Decides nothing; screens ask.

use perfectgym::{AppointmentBooking, Slot};

use super::{Choice, Chosen, Outcome, State};
use crate::refusal::{Around, Refusal, alternatives, instead_of_gone, other_trainers};
use crate::slots::{is_with, overlap};

impl State {
    /// Times to offer instead of the one that was refused or has gone.
    pub fn alternatives(&self) -> Vec<Slot> {
        let Some(times) = &self.times else {
            return Vec::new();
        };
        let trainer = self.pick().and_then(|pick| pick.trainer);
        let mut known = times.slots();
        known.retain(|slot| is_with(slot, trainer));
        match &self.choice {
            Choice::Refused { slot, status, .. } => match Refusal::of(status) {
                Some(refusal) => alternatives(&refusal, &slot.slot, &known, &self.around()),
                None => Vec::new(),
            },
            Choice::Gone { key } => instead_of_gone(key, &known, &self.around()),
            _ => Vec::new(),
        }
    }

    /// The chosen time with somebody else.
    pub fn other_trainers(&self) -> Vec<Slot> {
        let (Some(times), Some(chosen)) = (&self.times, self.choice.chosen()) else {
            return Vec::new();
        };
        other_trainers(&chosen.slot, &times.slots(), &self.around())
    }

    /// What is chosen, or was and is to be told of elsewhere.
    pub fn in_question(&self) -> Option<&Chosen> {
        let set_aside = self.outcome.as_ref().and_then(Outcome::chosen);
        self.choice.chosen().or(set_aside)
    }

    /// The member's booking that the time in question clashes with, where My bookings knows it.
    pub fn clash(&self) -> Option<&AppointmentBooking> {
        let slot = &self.in_question()?.slot;
        let period = (slot.start_date_time.instant(), slot.end_date_time.instant());
        let other = |b: &&AppointmentBooking| {
            overlap(period, (b.start_date_time.instant(), b.end_date_time.instant()))
        };
        self.busy().into_iter().find(other)
    }

    fn around(&self) -> Around<'_> {
        let period = |b: &&AppointmentBooking| (b.start_date_time.instant(), b.end_date_time.instant());
        Around {
            now: self.now,
            busy: self.busy().iter().map(period).collect(),
            refused: self.times.as_ref().map_or(&[], |times| times.refused.as_slice()),
        }
    }
}
