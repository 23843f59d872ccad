//! An attempt to book: sent once, for a time whose verdict is known, and followed until it is known what became of it.
//!
//! Must NOT send it again for an answer that was lost: somebody looks, nobody resends.

use perfectgym::AppointmentBooking;

use super::choice::{Choice, Chosen};
use super::{Answer, Effect, Effects, News, Outcome, Remote, State, Target, Ticket};
use crate::bookings::Standing;
use crate::route::Pick;
use crate::slots::SlotKey;
use crate::{AttemptState, AttemptView, Failure, FailureKind, Route};

/// So often it is looked what became of an attempt, for about two minutes; then its member is told, and goes on.
pub(super) const MOST_LOOKS: u32 = 10;

impl State {
    /// A tap that comes when its screen has been left already is not meant for what was chosen there.
    pub(super) fn is_on_screen(&self, slot: &Chosen) -> bool {
        let named = |pick: &Pick| pick.slot.as_ref().is_some_and(|key| slot.is(pick, key));
        self.pick().is_some_and(named)
    }

    /// Whether Book can be pressed: the time can be booked, and a booking that is to be moved to it is known to stand.
    pub fn is_ready_to_book(&self) -> bool {
        matches!(&self.choice, Choice::Ready { slot } if self.may_be_sent(slot))
    }

    /// Book, once: a second tap finds a booking under way and changes nothing.
    pub(super) fn book(&mut self, fx: &mut Effects) {
        let Choice::Ready { slot } = &self.choice else {
            return;
        };
        if !self.online || !self.is_on_screen(slot) || !self.is_ready_to_book() {
            return;
        }
        let mut slot = slot.clone();
        slot.title = self.service_title(slot.service).map(str::to_owned);
        let attempt = self.call(slot.call(), fx);
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
            Ok(Answer::Booking(booking)) if slot.instead.is_none() => {
                self.is_booked(ticket, &slot, booking, false, fx);
            }
            Ok(Answer::Move(view)) => self.move_is(ticket, slot, view, 0, fx),
            Ok(_) => self.uncertain(slot, ticket, 0, fx),
            Err(failure) => self.not_answered(slot, ticket, failure, fx),
        }
    }

    fn not_answered(&mut self, slot: Chosen, attempt: Ticket, failure: Failure, fx: &mut Effects) {
        use FailureKind::{Conflict, NotFound, Offline, Refused, SignedOut, Timeout, Uncertain, Unknown};
        match failure.kind {
            SignedOut if self.is_of_this_screen(&slot) => {
                self.shows_what_became_of(&slot, fx);
                self.keeps_focus_at(&slot, fx);
                self.choice = Choice::Picked { slot };
            }
            Refused | Conflict | NotFound => self.ends(attempt, Outcome::refused(slot, Some(failure)), fx),
            Offline | Timeout | Uncertain | FailureKind::Unreadable | Unknown(_) => {
                self.shows_what_became_of(&slot, fx);
                self.uncertain(slot, attempt, 0, fx);
            }
            _ => {
                let failure = Some(failure);
                self.ends(attempt, Outcome::NotBooked { slot, failure }, fx);
            }
        }
    }

    /// Whoever went Back from the time while it was being booked would not see what became of it.
    pub(super) fn shows_what_became_of(&mut self, slot: &Chosen, fx: &mut Effects) {
        let key = SlotKey::of(&slot.slot);
        let here = self.is_of_this_screen(slot);
        if let Route::Times(pick) = &mut self.route
            && here
            && pick.slot.as_ref() != Some(&key)
        {
            pick.slot = Some(key);
            fx.push(Effect::Replace(self.route.clone()));
        }
    }

    /// The button that booked is gone; what is said instead is beside it.
    pub(super) fn keeps_focus_at(&self, slot: &Chosen, fx: &mut Effects) {
        if self.is_of_this_screen(slot) {
            fx.push(Effect::Focus(Target::Choice));
        }
    }

    /// Somebody looks; nobody resends.
    pub(super) fn uncertain(&mut self, slot: Chosen, attempt: Ticket, looks: u32, fx: &mut Effects) {
        if looks >= MOST_LOOKS {
            return self.ends(attempt, Outcome::GivenUp { slot, attempt }, fx);
        }
        if looks == 0 {
            self.say(News::Checking);
            self.keeps_focus_at(&slot, fx);
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

    /// Also where it was given up before: what could not be found out then may be known by now.
    pub(super) fn look_now(&mut self, fx: &mut Effects) {
        let look = match (&mut self.choice, &self.outcome) {
            (
                Choice::Uncertain {
                    slot,
                    attempt,
                    given_up,
                    ..
                },
                _,
            ) => {
                *given_up = false;
                slot.look(*attempt)
            }
            (_, Some(Outcome::GivenUp { slot, attempt })) => slot.look(*attempt),
            _ => return,
        };
        if !self.is_in_flight(&look) {
            self.call(look, fx);
        }
    }

    /// The time of an attempt that is looked after, here or set aside, and how often it was looked.
    fn looked_after(&self, about: Ticket) -> Option<(Chosen, u32)> {
        match (&self.choice, &self.outcome) {
            (
                Choice::Uncertain {
                    slot, attempt, looks, ..
                },
                _,
            ) if *attempt == about => Some((slot.clone(), *looks)),
            (_, Some(Outcome::GivenUp { slot, attempt })) if *attempt == about => {
                Some((slot.clone(), MOST_LOOKS))
            }
            _ => None,
        }
    }

    pub(super) fn settled(&mut self, about: Ticket, result: Result<Answer, Failure>, fx: &mut Effects) {
        let Some((slot, looks)) = self.looked_after(about) else {
            return;
        };
        let AttemptView {
            state,
            booking,
            failure,
        } = match result {
            Ok(Answer::Attempt(view)) if slot.instead.is_none() => view,
            Ok(Answer::Move(view)) => return self.move_is(about, slot, view, looks, fx),
            // Nobody is told without a session; signing in looks again.
            Err(failure) if failure.kind == FailureKind::SignedOut => AttemptView {
                state: AttemptState::Unsettleable,
                booking: None,
                failure: Some(failure),
            },
            _ => return self.uncertain(slot, about, looks, fx),
        };
        match (state, booking) {
            (AttemptState::Booked, Some(booking)) => self.is_booked(about, &slot, booking, false, fx),
            (AttemptState::NotBooked, _) => self.ends(about, Outcome::NotBooked { slot, failure }, fx),
            (AttemptState::Refused, _) => self.ends(about, Outcome::refused(slot, failure), fx),
            (AttemptState::Unsettleable, _) => {
                self.ends(about, Outcome::GivenUp { slot, attempt: about }, fx);
            }
            (AttemptState::Booked | AttemptState::Uncertain, _) => self.uncertain(slot, about, looks, fx),
        }
    }

    /// The member sees it at once where they waited for it; elsewhere they are told, and stay. `both_stand`: so does
    /// the booking that it was to take the place of.
    pub(super) fn is_booked(
        &mut self,
        attempt: Ticket,
        slot: &Chosen,
        booking: AppointmentBooking,
        both_stand: bool,
        fx: &mut Effects,
    ) {
        let id = booking.booking_id;
        let standing = Standing::of(&booking, self.now);
        let is_chosen = self.choice.attempt() == Some(attempt);
        let waited = is_chosen && self.is_of_this_screen(slot);
        if is_chosen {
            self.choice = Choice::None;
        }
        let end = Outcome::made(slot, id, standing, both_stand);
        self.say(end.news());
        self.bookings_changed();
        if waited {
            self.booking = Some((id, Remote::known(booking, self.now)));
            let route = Route::Booked {
                id,
                instead: slot.instead,
            };
            fx.push(Effect::Replace(route.clone()));
            self.show(route, fx);
        } else {
            self.outcome = Some(end);
            self.arrive(fx);
        }
    }
}
