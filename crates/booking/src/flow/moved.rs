//! Moving a booking to another time: the new one is booked and then the old one given up. Two steps, of which the second may
//! fail: what then stands is told as it is, and nobody calls it moved.

use perfectgym::{AppointmentBooking, BookingId, BookingStatus};

use super::{Call, Chosen, Effects, Outcome, State, Ticket};
use crate::bookings::Standing;
use crate::{Failure, FailureKind, MoveQuestion, MoveState, MoveView, Route};

/// What is known of the booking that a time is looked for instead of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead<'a> {
    /// Nothing yet.
    Unknown,
    /// It stands, and can be moved.
    Stands(&'a AppointmentBooking),
    /// It is over, cancelled, or not there.
    Over,
    /// It could not be read.
    Unread(&'a Failure),
}

/// What a booking and the one that it was to take the place of have come to, as the upstream has them now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved<'a> {
    /// The new one stands, and the old one is given up.
    Done(&'a AppointmentBooking),
    /// Both stand.
    BothStand(&'a AppointmentBooking),
    /// The old one stands, and the new one is cancelled.
    Undone(&'a AppointmentBooking),
}

impl Chosen {
    /// What is sent to have it.
    pub(super) fn call(&self) -> Call {
        let wish = self.wish();
        match self.instead {
            Some(booking) => Call::Move { booking, wish },
            None => Call::Book { wish },
        }
    }

    /// What is asked where the answer to that was lost.
    pub(super) fn look(&self, attempt: Ticket) -> Call {
        let wish = self.wish();
        match self.instead {
            Some(booking_id) => Call::SettleMove {
                attempt,
                of: MoveQuestion { booking_id, wish },
            },
            None => Call::Settle { attempt, wish },
        }
    }
}

impl State {
    /// The booking that the shown times are looked for instead of, where they are.
    pub fn instead(&self) -> Option<Instead<'_>> {
        self.pick()?.instead.map(|id| self.is_instead_of(id))
    }

    fn is_instead_of(&self, id: BookingId) -> Instead<'_> {
        let Some(known) = self.looked_at(id) else {
            return Instead::Unknown;
        };
        match (&known.value, known.failure()) {
            (Some(booking), _) if Standing::of(booking, self.now).can_be_cancelled() => {
                Instead::Stands(booking)
            }
            (Some(_), _) => Instead::Over,
            (None, Some(failure)) if failure.kind == FailureKind::NotFound => Instead::Over,
            (None, Some(failure)) => Instead::Unread(failure),
            (None, None) => Instead::Unknown,
        }
    }

    /// What was chosen instead of a booking is sent only where that one is known to stand.
    pub(super) fn may_be_sent(&self, slot: &Chosen) -> bool {
        slot.instead
            .is_none_or(|id| matches!(self.is_instead_of(id), Instead::Stands(_)))
    }

    pub(super) fn move_is(
        &mut self,
        attempt: Ticket,
        slot: Chosen,
        view: MoveView,
        looks: u32,
        fx: &mut Effects,
    ) {
        let Some(old) = slot.instead else {
            return self.uncertain(slot, attempt, looks, fx);
        };
        match (view.state, view.booking) {
            (MoveState::Moved, Some(booking)) => {
                self.is_given_up(old);
                self.is_booked(attempt, &slot, booking, false, fx);
            }
            (MoveState::BothStand, Some(booking)) => {
                self.is_read_again(old);
                self.is_booked(attempt, &slot, booking, true, fx);
            }
            (MoveState::NotMoved, _) => {
                let end = Outcome::not_moved(slot, view.failure);
                self.ends(attempt, end, fx);
            }
            (MoveState::Unsettleable, _) => self.ends(attempt, Outcome::GivenUp { slot, attempt }, fx),
            _ => self.uncertain(slot, attempt, looks, fx),
        }
    }

    /// The proxy has seen it cancelled. It is read again all the same.
    fn is_given_up(&mut self, old: BookingId) {
        if let Some(mut booking) = self.booking(old).cloned() {
            booking.booking_status = BookingStatus::Canceled;
            self.learn(&booking);
            let known = self.looked_at_mut().filter(|(id, _)| *id == old);
            known.for_each(|(_, known)| known.value = Some(booking.clone()));
        }
        self.is_read_again(old);
    }

    fn is_read_again(&mut self, old: BookingId) {
        let known = self.looked_at_mut().filter(|(id, _)| *id == old);
        known.for_each(|(_, known)| known.outdate());
    }

    /// A move that came to nothing may have done so because of the old one, which somebody may have moved or cancelled
    /// elsewhere: it is read again, and until then nothing is said of it.
    pub(super) fn did_not_move(&mut self, slot: &Chosen, fx: &mut Effects) {
        let Some(old) = slot.instead else { return };
        self.is_read_again(old);
        if self.is_of_this_screen(slot) {
            self.read_booking(old, fx);
        }
    }

    /// The booking that the shown times are looked for instead of, where it stands as far as anybody knows since.
    pub fn old_stays(&self) -> Option<&AppointmentBooking> {
        let id = self.pick()?.instead?;
        self.looked_at(id)?.read_at?;
        match self.is_instead_of(id) {
            Instead::Stands(old) => Some(old),
            _ => None,
        }
    }

    /// What a move has come to, on the screen of the booking that was made for it.
    pub fn moved(&self) -> Option<Moved<'_>> {
        let Route::Booked {
            id,
            instead: Some(instead),
        } = self.route
        else {
            return None;
        };
        let (new, old) = (self.booking(id)?, self.booking(instead)?);
        let of = |booking| Standing::of(booking, self.now);
        match (of(new), of(old)) {
            (Standing::Cancelled, old_is) => old_is.can_be_cancelled().then_some(Moved::Undone(old)),
            (_, Standing::Cancelled) => Some(Moved::Done(old)),
            (_, old_is) => old_is.can_be_cancelled().then_some(Moved::BothStand(old)),
        }
    }
}

impl Outcome {
    /// A move that did not go further than asking for the new time.
    fn not_moved(slot: Chosen, failure: Option<Failure>) -> Self {
        use FailureKind::{Conflict, NotFound, Refused};
        match failure.as_ref().map(|failure| &failure.kind) {
            Some(Refused | Conflict | NotFound) => Self::refused(slot, failure),
            _ => Self::NotBooked { slot, failure },
        }
    }
}
