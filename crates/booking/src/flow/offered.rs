//! What to offer instead of a time that cannot be booked. Decides nothing; screens ask.

use chrono::{DateTime, Utc};
use perfectgym::{AppointmentBooking, Slot};

use super::{Choice, State};
use crate::refusal::{ALTERNATIVES, Refusal, alternatives, other_trainers};
use crate::slots::{is_with, nearest, overlap};

impl State {
    /// Times to offer instead of the one that was refused or has gone.
    pub fn alternatives(&self) -> Vec<Slot> {
        let Some(times) = &self.times else {
            return Vec::new();
        };
        let trainer = self.pick().and_then(|pick| pick.trainer);
        let slots = times.slots();
        let known = slots.iter().copied().filter(|slot| is_with(slot, trainer));
        match &self.choice {
            Choice::Refused { slot, status } => Refusal::of(status)
                .map(|refusal| alternatives(&refusal, &slot.slot, known, &self.busy_periods()))
                .unwrap_or_default(),
            Choice::Gone { key } => match key.starts() {
                Some(at) => nearest(known, at.instant(), ALTERNATIVES, |_| true),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The chosen time with somebody else.
    pub fn other_trainers(&self) -> Vec<Slot> {
        let (Some(times), Some(chosen)) = (&self.times, self.choice.chosen()) else {
            return Vec::new();
        };
        other_trainers(&chosen.slot, times.slots())
    }

    /// The member's booking that the chosen time clashes with, where My bookings knows it.
    pub fn clash(&self) -> Option<&AppointmentBooking> {
        let slot = &self.choice.chosen()?.slot;
        let period = (slot.start_date_time.instant(), slot.end_date_time.instant());
        let other = |b: &&AppointmentBooking| {
            overlap(period, (b.start_date_time.instant(), b.end_date_time.instant()))
        };
        self.busy().into_iter().find(other)
    }

    fn busy_periods(&self) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        self.busy()
            .iter()
            .map(|b| (b.start_date_time.instant(), b.end_date_time.instant()))
            .collect()
    }
}
