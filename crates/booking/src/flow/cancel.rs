//! Cancelling: asked once, sent once, and read back from the upstream before it is said to be cancelled.

use perfectgym::{AppointmentBooking, BookingId};

use super::{Answer, Call, Effect, Effects, News, State, Target};
use crate::bookings::Standing;
use crate::{Failure, FailureKind};

/// How far a cancellation has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cancel {
    /// None is under way.
    #[default]
    None,
    /// "Cancel it?" is on the screen.
    Asked(BookingId),
    /// Sent, and no answer yet.
    Sending(BookingId),
    /// Answered, or lost: what became of it is being read.
    ReadingBack(BookingId, Option<Failure>),
    /// The upstream says it is cancelled.
    Done(BookingId),
    /// It stands.
    Stands(BookingId, Option<Failure>),
    /// Nobody knows: the upstream could not be asked.
    Unclear(BookingId, Failure),
}

impl Cancel {
    /// Which booking it is about.
    pub fn booking(&self) -> Option<BookingId> {
        match self {
            Self::None => None,
            Self::Asked(id) | Self::Sending(id) | Self::Done(id) => Some(*id),
            Self::ReadingBack(id, _) | Self::Stands(id, _) | Self::Unclear(id, _) => Some(*id),
        }
    }

    /// Whether an answer is awaited.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Sending(_) | Self::ReadingBack(..))
    }
}

impl State {
    pub(super) fn cancel_asked(&mut self, id: BookingId) {
        if !self.cancel.is_busy() {
            self.cancel = Cancel::Asked(id);
        }
    }

    pub(super) fn cancel_kept(&mut self) {
        if !self.cancel.is_busy() {
            self.cancel = Cancel::None;
        }
    }

    pub(super) fn cancel_confirmed(&mut self, fx: &mut Effects) {
        let Cancel::Asked(id) = self.cancel else { return };
        if self.online {
            self.cancel = Cancel::Sending(id);
            self.call(Call::Cancel(id), fx);
        }
    }

    /// Whatever was answered, the booking itself says what became of it. Only where the session ended there is nobody to ask for.
    pub(super) fn cancel_answered(
        &mut self,
        id: BookingId,
        result: Result<Answer, Failure>,
        fx: &mut Effects,
    ) {
        if self.cancel != Cancel::Sending(id) {
            return;
        }
        self.read_back(id, result.err(), fx);
    }

    /// A reading that began before the cancellation would say that the booking stands.
    fn read_back(&mut self, id: BookingId, failure: Option<Failure>, fx: &mut Effects) {
        self.forget(|call| *call == Call::ReadBooking(id));
        self.cancel = Cancel::ReadingBack(id, failure);
        self.read_booking(id, fx);
    }

    /// What the upstream said before the cancellation tells nothing of what became of it.
    pub(super) fn read_back_afresh(
        &self,
        call: &Call,
        result: Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        match (call, &result) {
            (Call::ReadBooking(id), Ok(Answer::StandIn { .. })) if self.reads_back(*id) => {
                Err(Failure::of(FailureKind::UpstreamDown))
            }
            _ => result,
        }
    }

    /// Whether this reading tells what became of a cancellation.
    pub(super) fn reads_back(&self, id: BookingId) -> bool {
        matches!(self.cancel, Cancel::ReadingBack(asked, _) if asked == id)
    }

    /// What could not be found out before is looked up again; nothing is sent twice.
    pub(super) fn look_at_cancelled_again(&mut self, fx: &mut Effects) {
        if let Cancel::Unclear(id, failure) = self.cancel.clone() {
            self.read_back(id, Some(failure), fx);
        }
    }

    pub(super) fn cancel_read_back(
        &mut self,
        id: BookingId,
        read: &Result<AppointmentBooking, Failure>,
        fx: &mut Effects,
    ) {
        let Cancel::ReadingBack(asked, failure) = &self.cancel else {
            return;
        };
        if *asked != id {
            return;
        }
        self.cancel = match read {
            Ok(booking) if Standing::of(booking, self.now) == Standing::Cancelled => Cancel::Done(id),
            Ok(_) => Cancel::Stands(id, failure.clone()),
            Err(f) if f.kind == FailureKind::NotFound && failure.is_none() => Cancel::Done(id),
            Err(unread) => Cancel::Unclear(id, failure.clone().unwrap_or_else(|| unread.clone())),
        };
        let done = matches!(self.cancel, Cancel::Done(_));
        self.say(if done { News::Cancelled } else { News::NotCancelled });
        // The question is gone, and with it what had the focus.
        if self.route.is_about(id) {
            fx.push(Effect::Focus(Target::Booking));
        }
        if done {
            self.bookings_changed();
            self.arrive(fx);
        }
    }

    /// Booked or cancelled: what was read of bookings and times before, or is being read, is out of date.
    pub(super) fn bookings_changed(&mut self) {
        self.bookings.outdate();
        if let Some(times) = &mut self.times {
            times.outdate();
        }
    }
}
