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

    /// What is known of it is shown at once, and read afresh all the same.
    pub(super) fn enter_booking(&mut self, id: BookingId, fx: &mut Effects) {
        if self.session.is_in() {
            if self.booking.as_ref().is_none_or(|(known, _)| *known != id) {
                self.booking = Some((id, self.known_booking(id)));
            }
            self.read_booking_if_wanted(id, fx);
        }
    }

    /// The same for the booking that is to be given up for another time, where one is.
    pub(super) fn enter_old(&mut self, id: Option<BookingId>, fx: &mut Effects) {
        let Some(id) = id.filter(|_| self.session.is_in()) else {
            return;
        };
        if self.old.as_ref().is_none_or(|(known, _)| *known != id) {
            self.old = Some((id, self.known_booking(id)));
        }
        self.read_booking_if_wanted(id, fx);
    }

    fn known_booking(&self, id: BookingId) -> Remote<AppointmentBooking> {
        Remote {
            value: self.booking(id).cloned(),
            ..Remote::default()
        }
    }

    fn read_booking_if_wanted(&mut self, id: BookingId, fx: &mut Effects) {
        if self
            .looked_at(id)
            .is_some_and(|known| known.wants_reading(self.now))
        {
            self.read_booking(id, fx);
        }
    }

    pub(super) fn read_booking(&mut self, id: BookingId, fx: &mut Effects) {
        let ticket = self.call(Call::ReadBooking(id), fx);
        let read = self.looked_at_mut().filter(|(known, _)| *known == id);
        read.for_each(|(_, booking)| booking.loads(ticket));
    }

    /// What is known of a booking that is looked at by itself.
    pub fn looked_at(&self, id: BookingId) -> Option<&Remote<AppointmentBooking>> {
        let mut all = self.booking.iter().chain(&self.old);
        all.find(|(known, _)| *known == id).map(|(_, booking)| booking)
    }

    pub(super) fn looked_at_mut(
        &mut self,
    ) -> impl Iterator<Item = &mut (BookingId, Remote<AppointmentBooking>)> {
        self.booking.iter_mut().chain(&mut self.old)
    }

    /// A booking of the member's, wherever it is known from.
    pub fn booking(&self, id: BookingId) -> Option<&AppointmentBooking> {
        let listed = self.bookings.value.iter().flatten();
        let by_itself = self.looked_at(id).and_then(|known| known.value.as_ref());
        by_itself.or_else(|| listed.into_iter().find(|b| b.booking_id == id))
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
        let now = self.now;
        let awaited = self.looked_at_mut();
        for (_, booking) in awaited.filter(|(known, booking)| *known == id && booking.awaits(ticket)) {
            booking.took(read.clone(), now);
        }
    }

    /// The list shows what is known newest of each of its bookings.
    pub(super) fn learn(&mut self, booking: &AppointmentBooking) {
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
