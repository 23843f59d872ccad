//! My bookings, and one of them.

use perfectgym::{AppointmentBooking, BookingId};

use super::state::unexpected;
use super::{Answer, Call, Effects, Remote, State, Ticket};
use crate::Failure;
use crate::bookings::Standing;

impl State {
    pub(super) fn enter_bookings(&mut self, fx: &mut Effects) {
        if self.session.is_in() && self.bookings.wants_reading(self.now) {
            let ticket = self.call(Call::ReadBookings, fx);
            self.bookings.loads(ticket);
        }
    }

    pub(super) fn bookings_read(&mut self, result: Result<Answer, Failure>, fx: &mut Effects) {
        let read = result.and_then(|answer| match answer {
            Answer::Bookings(bookings) => Ok(bookings),
            other => unexpected(other),
        });
        if let Ok(bookings) = &read {
            self.unreadable_bookings = bookings.unreadable;
        }
        self.bookings.took(read.map(|bookings| bookings.items), self.now);
        if self.bookings.failure().is_none() {
            self.arrive(fx);
        }
    }

    /// What My bookings knows of it is shown at once, and read afresh all the same.
    pub(super) fn enter_booking(&mut self, id: BookingId, fx: &mut Effects) {
        if !self.session.is_in() {
            return;
        }
        if self.booking.as_ref().is_none_or(|(known, _)| *known != id) {
            let listed = self
                .bookings
                .value
                .iter()
                .flatten()
                .find(|b| b.booking_id == id)
                .cloned();
            self.booking = Some((
                id,
                Remote {
                    value: listed,
                    ..Remote::default()
                },
            ));
        }
        let wants = |r: &Remote<AppointmentBooking>| r.wants_reading(self.now);
        if self.booking.as_ref().is_some_and(|(_, remote)| wants(remote)) {
            self.read_booking(id, fx);
        }
    }

    pub(super) fn read_booking(&mut self, id: BookingId, fx: &mut Effects) {
        let ticket = self.call(Call::ReadBooking(id), fx);
        if let Some((known, remote)) = &mut self.booking
            && *known == id
        {
            remote.loads(ticket);
        }
    }

    pub(super) fn booking_read(
        &mut self,
        ticket: Ticket,
        id: BookingId,
        result: Result<Answer, Failure>,
        fx: &mut Effects,
    ) {
        let read = result.and_then(|answer| match answer {
            Answer::Booking(booking) => Ok(booking),
            other => unexpected(other),
        });
        if let Ok(booking) = &read {
            self.learn(booking);
        }
        self.cancel_read_back(id, &read, fx);
        if let Some((known, remote)) = &mut self.booking
            && *known == id
            && remote.awaits(ticket)
        {
            remote.took(read, self.now);
        }
    }

    /// The list shows what is known newest of each of its bookings.
    fn learn(&mut self, booking: &AppointmentBooking) {
        let listed = self.bookings.value.iter_mut().flatten();
        for known in listed.filter(|known| known.booking_id == booking.booking_id) {
            *known = booking.clone();
        }
    }

    /// The member's own periods that a new booking must not clash with, as far as My bookings knows: what is to come, and
    /// what is under way.
    pub fn busy(&self) -> Vec<&AppointmentBooking> {
        let all = self.bookings.value.iter().flatten();
        let stands = |b: &&AppointmentBooking| Standing::of(b, self.now) != Standing::Cancelled;
        all.filter(stands)
            .filter(|b| b.end_date_time.instant() > self.now)
            .collect()
    }
}
