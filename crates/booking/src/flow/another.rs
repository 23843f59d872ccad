//! Another time of a booking that stands, or what is over once more: the same service's times. Which service that is has to
//! be asked first, as the upstream's bookings do not say it.

use perfectgym::BookingId;

use super::state::unexpected;
use super::{Answer, Call, Effect, Effects, News, State, Target};
use crate::bookings::Standing;
use crate::route::Pick;
use crate::{Failure, FailureKind, MadeOf, Route};

/// How far asking for another time of a booking has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Another {
    /// Nobody asks.
    #[default]
    None,
    /// Which service it is of is being read.
    Asking(BookingId),
    /// Nobody knows which service it is of.
    OfUnknown(BookingId),
    /// It could not be read.
    Failed(BookingId, Failure),
}

impl Another {
    /// Whether this booking's service is being read.
    pub fn asks(&self, booking: BookingId) -> bool {
        *self == Self::Asking(booking)
    }
}

impl State {
    pub(super) fn another_asked(&mut self, id: BookingId, fx: &mut Effects) {
        if !matches!(self.another, Another::Asking(_)) {
            self.another = Another::Asking(id);
            self.call(Call::ReadMadeOf(id), fx);
        }
    }

    /// With its screen, what was asked on it.
    pub(super) fn another_dropped(&mut self) {
        self.another = Another::None;
        self.forget(|call| matches!(call, Call::ReadMadeOf(_)));
    }

    pub(super) fn ask_for_another_again(&mut self, fx: &mut Effects) {
        if let Another::Failed(id, _) = self.another {
            self.another_asked(id, fx);
        }
    }

    pub(super) fn made_of_read(&mut self, id: BookingId, result: Result<Answer, Failure>, fx: &mut Effects) {
        if !self.another.asks(id) {
            return;
        }
        let read = result.and_then(|answer| match answer {
            Answer::MadeOf(of) => Ok(of),
            other => unexpected(other),
        });
        match read {
            Ok(of) => self.look_for_another(id, of, fx),
            Err(failure) => self.has_no_other(id, failure, fx),
        }
    }

    /// What stands is moved; what is over is booked once more.
    fn look_for_another(&mut self, id: BookingId, of: MadeOf, fx: &mut Effects) {
        let stands = self
            .booking(id)
            .is_some_and(|booking| Standing::of(booking, self.now).can_be_cancelled());
        let service = of.bookable_appointment_id;
        self.another = Another::None;
        self.go(
            Route::Times(if stands {
                Pick::instead_of(id, service)
            } else {
                Pick::of(service)
            }),
            fx,
        );
    }

    fn has_no_other(&mut self, id: BookingId, failure: Failure, fx: &mut Effects) {
        let unknown = failure.kind == FailureKind::NotFound;
        self.say(if unknown { News::OfUnknown } else { News::Failed });
        self.another = if unknown {
            Another::OfUnknown(id)
        } else {
            Another::Failed(id, failure)
        };
        fx.push(Effect::Focus(Target::Booking));
    }
}
