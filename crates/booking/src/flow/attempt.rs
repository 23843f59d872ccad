//! An attempt to book: sent once, for a time whose verdict is known, and followed until it is known what became of it.
//!
//! Must NOT send [`Call::Book`] again for an answer that was lost: somebody looks, nobody resends.

use perfectgym::{AppointmentBooking, ValidationStatus};

use super::choice::{Choice, Chosen};
use super::{Answer, Call, Effect, Effects, News, Remote, State, Ticket};
use crate::slots::SlotKey;
use crate::{AttemptState, AttemptView, Failure, FailureKind, Route};

impl State {
    /// A tap that comes when its screen has been left already is not meant for what was chosen there.
    fn is_on_screen(&self, slot: &Chosen) -> bool {
        let key = SlotKey::of(&slot.slot);
        self.pick()
            .is_some_and(|pick| pick.service == slot.service && pick.slot == Some(key))
    }

    /// Book, once: a second tap finds a booking under way and changes nothing.
    pub(super) fn book(&mut self, fx: &mut Effects) {
        let Choice::Ready { slot } = &self.choice else {
            return;
        };
        if !self.online || !self.is_on_screen(slot) {
            return;
        }
        let slot = slot.clone();
        let attempt = self.call(Call::Book { wish: slot.wish() }, fx);
        self.choice = Choice::Booking { slot, attempt };
    }

    pub(super) fn booked(&mut self, ticket: Ticket, result: Result<Answer, Failure>, fx: &mut Effects) {
        let Choice::Booking { slot, attempt } = &self.choice else {
            return;
        };
        if *attempt != ticket {
            return;
        }
        let slot = slot.clone();
        match result {
            Ok(Answer::Booking(booking)) => self.is_booked(booking, fx),
            Ok(_) => self.uncertain(slot, ticket, 0, fx),
            Err(failure) => self.not_answered(slot, ticket, failure, fx),
        }
    }

    fn not_answered(&mut self, slot: Chosen, attempt: Ticket, failure: Failure, fx: &mut Effects) {
        use FailureKind::{Conflict, Offline, Refused, SignedOut, Timeout, Uncertain, Unknown, Unreadable};
        self.shows_what_became_of(&slot, fx);
        match failure.kind {
            SignedOut => self.choice = Choice::Picked { slot },
            Refused | Conflict => self.refuse(slot, reason(Some(failure)), fx),
            Offline | Timeout | Uncertain | Unreadable | Unknown(_) => self.uncertain(slot, attempt, 0, fx),
            _ => self.not_booked(slot, Some(failure)),
        }
    }

    /// Whoever went Back from the time while it was being booked would not see what became of it.
    fn shows_what_became_of(&mut self, slot: &Chosen, fx: &mut Effects) {
        let key = SlotKey::of(&slot.slot);
        let Route::Times(pick) = &mut self.route else {
            return;
        };
        if pick.service == slot.service && pick.slot.as_ref() != Some(&key) {
            pick.slot = Some(key);
            fx.push(Effect::Replace(self.route.clone()));
        }
    }

    fn not_booked(&mut self, slot: Chosen, failure: Option<Failure>) {
        self.choice = Choice::NotBooked { slot, failure };
        self.say(News::NotBooked);
    }

    /// Somebody looks; nobody resends.
    fn uncertain(&mut self, slot: Chosen, attempt: Ticket, looks: u32, fx: &mut Effects) {
        if looks == 0 {
            self.say(News::Checking);
        }
        let pause = 1000_u32.saturating_mul(1 << looks.min(4)).min(15_000);
        let wait = self.ticket();
        self.next_look = Some(wait);
        fx.push(Effect::Wait(wait, pause));
        self.choice = Choice::Uncertain {
            slot,
            attempt,
            looks: looks + 1,
            given_up: false,
        };
    }

    /// Only the last wait counts: whoever tries again in between does not make two rounds of looking of one.
    pub(super) fn look_again(&mut self, wait: Ticket, fx: &mut Effects) {
        if self.next_look == Some(wait) {
            self.look_now(fx);
        }
    }

    pub(super) fn look_now(&mut self, fx: &mut Effects) {
        let Choice::Uncertain {
            attempt, given_up, ..
        } = &mut self.choice
        else {
            return;
        };
        *given_up = false;
        let look = Call::Settle { attempt: *attempt };
        if !self.in_flight.values().any(|call| *call == look) {
            self.call(look, fx);
        }
    }

    pub(super) fn settled(&mut self, about: Ticket, result: Result<Answer, Failure>, fx: &mut Effects) {
        let Choice::Uncertain {
            slot, attempt, looks, ..
        } = &self.choice
        else {
            return;
        };
        if *attempt != about {
            return;
        }
        let (slot, attempt, looks) = (slot.clone(), *attempt, *looks);
        let AttemptView {
            state,
            booking,
            failure,
        } = match result {
            Ok(Answer::Attempt(view)) => view,
            // Nobody is told without a session; signing in looks again.
            Err(failure) if failure.kind == FailureKind::SignedOut => AttemptView {
                state: AttemptState::Unsettleable,
                booking: None,
                failure: Some(failure),
            },
            _ => return self.uncertain(slot, attempt, looks, fx),
        };
        if state != AttemptState::Booked {
            self.shows_what_became_of(&slot, fx);
        }
        match (state, booking) {
            (AttemptState::Booked, Some(booking)) => self.is_booked(booking, fx),
            (AttemptState::NotBooked, _) => self.not_booked(slot, failure),
            (AttemptState::Refused, _) => self.refuse(slot, reason(failure), fx),
            (AttemptState::Unsettleable, _) => {
                self.choice = Choice::Uncertain {
                    slot,
                    attempt,
                    looks,
                    given_up: true,
                };
                self.say(News::Failed);
            }
            (AttemptState::Booked | AttemptState::Uncertain, _) => self.uncertain(slot, attempt, looks, fx),
        }
    }

    /// The member sees it at once where they waited for it; elsewhere they are told, and stay.
    fn is_booked(&mut self, booking: AppointmentBooking, fx: &mut Effects) {
        let id = booking.booking_id;
        let waited = match (&self.choice, &self.route) {
            (choice, Route::Times(pick)) => choice.chosen().is_some_and(|c| c.service == pick.service),
            _ => false,
        };
        self.choice = Choice::None;
        self.say(News::Booked(id));
        self.bookings_changed();
        if waited {
            self.booking = Some((id, Remote::known(booking, self.now)));
            fx.push(Effect::Replace(Route::Booked(id)));
            self.show(Route::Booked(id), fx);
        } else {
            self.arrive(fx);
        }
    }
}

/// Why a booking was refused, where the answer names a verdict; one that says "available" explains nothing.
fn reason(failure: Option<Failure>) -> ValidationStatus {
    failure
        .and_then(|f| f.refusal)
        .filter(|status| *status != ValidationStatus::Available)
        .unwrap_or(ValidationStatus::NotAvailable)
}
