//! The chosen time: validated when it is chosen, and never said to be what it is not. Booking it is `attempt`.
//!
//! The legal moves, everything else changes nothing:
//!
//! ```text
//! None      -> Picked (signed out) | Checking
//! Picked    -> Checking (once signed in)
//! Checking  -> Ready | Refused | Unchecked
//! Ready     -> Booking
//! Booking   -> None (booked or moved, or over while its member is elsewhere) | Refused | NotBooked | Uncertain | Picked (session ended)
//!              | Checking (it was tapped before its member signed in anew)
//! Uncertain -> None (the same) | Refused | NotBooked | Uncertain
//! Unchecked, NotBooked -> Checking (try again)
//! any but these two -> Refused | NotBooked | Uncertain (what was set aside as an `Outcome` is looked at)
//! any but Booking and Uncertain -> Gone (the time has vanished) | None (dropped) | another time | Picked (session ended)
//! ```

use perfectgym::{BookableAppointmentId, BookingId, BookingWish, Slot, ValidationStatus};

use super::state::unexpected;
use super::{Answer, Call, Effect, Effects, Listed, News, State, Target, Ticket};
use crate::refusal::Refusal;
use crate::route::Pick;
use crate::slots::SlotKey;
use crate::{Failure, FailureKind, Route};

/// A slot of a bookable appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Of what.
    pub service: BookableAppointmentId,
    /// The time.
    pub slot: Slot,
    /// What it is called, where that was known when it was chosen.
    pub title: Option<String>,
    /// The booking that is to be moved to it; `None` where it is one more.
    pub instead: Option<BookingId>,
}

impl Chosen {
    /// What is sent for it.
    pub fn wish(&self) -> BookingWish {
        BookingWish::new(self.service, &self.slot)
    }

    /// Where its screen is.
    pub fn route(&self) -> Route {
        Route::Times(Pick {
            slot: Some(SlotKey::of(&self.slot)),
            instead: self.instead,
            ..Pick::of(self.service)
        })
    }

    /// Whether it was chosen where something is picked, and with this time.
    pub(super) fn is(&self, pick: &Pick, key: &SlotKey) -> bool {
        self.service == pick.service && self.instead == pick.instead && &SlotKey::of(&self.slot) == key
    }
}

/// How far the chosen time has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// No time is chosen.
    #[default]
    None,
    /// Chosen, and who chose is not known yet.
    Picked {
        /// What.
        slot: Chosen,
    },
    /// The upstream is asked whether it can be booked.
    Checking {
        /// What.
        slot: Chosen,
    },
    /// It can be booked.
    Ready {
        /// What.
        slot: Chosen,
    },
    /// It cannot be booked.
    Refused {
        /// What.
        slot: Chosen,
        /// Why.
        status: ValidationStatus,
        /// The upstream's own words, where it refused to book.
        failure: Option<Failure>,
    },
    /// Whether it can be booked could not be found out.
    Unchecked {
        /// What.
        slot: Chosen,
        /// Why not.
        failure: Failure,
    },
    /// Booking was sent, once.
    Booking {
        /// What.
        slot: Chosen,
        /// The call that books.
        attempt: Ticket,
    },
    /// The answer was lost, and it is being found out whether it is booked.
    Uncertain {
        /// What.
        slot: Chosen,
        /// The call that may have booked.
        attempt: Ticket,
        /// How often it was looked so far.
        looks: u32,
        /// It cannot be found out from here.
        given_up: bool,
    },
    /// Nothing was booked.
    NotBooked {
        /// What.
        slot: Chosen,
        /// Why, where that is known.
        failure: Option<Failure>,
    },
    /// The time that the address names is not there any more.
    Gone {
        /// Its identity.
        key: SlotKey,
    },
}

impl Choice {
    /// What is chosen.
    pub fn chosen(&self) -> Option<&Chosen> {
        match self {
            Self::None | Self::Gone { .. } => None,
            Self::Picked { slot }
            | Self::Checking { slot }
            | Self::Ready { slot }
            | Self::Refused { slot, .. }
            | Self::Unchecked { slot, .. }
            | Self::Booking { slot, .. }
            | Self::Uncertain { slot, .. }
            | Self::NotBooked { slot, .. } => Some(slot),
        }
    }

    /// Whether a booking may be under way, so that no other time can be chosen.
    pub fn is_committed(&self) -> bool {
        matches!(
            self,
            Self::Booking { .. } | Self::Uncertain { given_up: false, .. }
        )
    }

    /// The call that books, or may have booked.
    pub(super) fn attempt(&self) -> Option<Ticket> {
        match self {
            Self::Booking { attempt, .. } | Self::Uncertain { attempt, .. } => Some(*attempt),
            _ => None,
        }
    }

    fn is_of(&self, pick: &Pick, key: &SlotKey) -> bool {
        match self {
            Self::Gone { key: gone } => gone == key,
            other => other.chosen().is_some_and(|chosen| chosen.is(pick, key)),
        }
    }

    /// A time that vanishes from the list takes these with it; a refused one says so already.
    fn needs_its_time(&self) -> bool {
        matches!(
            self,
            Self::Picked { .. } | Self::Checking { .. } | Self::Ready { .. } | Self::Unchecked { .. }
        )
    }
}

impl State {
    /// Brings the choice in line with the address and the times that are known.
    pub(super) fn reconcile(&mut self, fx: &mut Effects) {
        let Some(pick) = self.pick().cloned() else { return };
        if self.choice.is_committed() {
            return;
        }
        match &pick.slot {
            None => {
                self.set_aside_what_is_open();
                self.choice = Choice::None;
            }
            Some(key) => self.reconcile_with(&pick, key, fx),
        }
    }

    fn reconcile_with(&mut self, pick: &Pick, key: &SlotKey, fx: &mut Effects) {
        if self.takes_up_outcome(pick, key, fx) {
            return;
        }
        let same = self.choice.is_of(pick, key);
        if !same {
            self.set_aside_what_is_open();
        }
        let found = self.times.as_ref().and_then(|times| times.find(key)).cloned();
        match found {
            Some(slot) if !same || matches!(self.choice, Choice::Gone { .. }) => {
                let title = self.service_title(pick.service).map(str::to_owned);
                let chosen = Chosen {
                    service: pick.service,
                    slot,
                    title,
                    instead: pick.instead,
                };
                self.check(chosen, fx);
            }
            Some(_) => self.check_once_signed_in(fx),
            None if same && !self.choice.needs_its_time() => {}
            None if self.page_is_read(key) => self.gone(key.clone(), fx),
            None => {}
        }
    }

    fn check_once_signed_in(&mut self, fx: &mut Effects) {
        if let (Choice::Picked { slot }, true) = (&self.choice, self.session.is_in()) {
            let slot = slot.clone();
            self.check(slot, fx);
        }
    }

    /// Whether the page that would have the time is known, and up to date.
    fn page_is_read(&self, key: &SlotKey) -> bool {
        let Some(times) = &self.times else { return false };
        let page = times.page(times.page_with(key, &self.zone));
        page.is_some_and(|page| page.value.is_some() && page.read_at.is_some())
    }

    fn gone(&mut self, key: SlotKey, fx: &mut Effects) {
        let Some(pick) = self.pick().cloned() else { return };
        let Some(times) = &mut self.times else { return };
        let known = self.choice.chosen().filter(|chosen| chosen.is(&pick, &key));
        let was_chosen = known.is_some();
        let slot = known.map(|chosen| chosen.slot.clone()).or_else(|| key.slot());
        if let Some(slot) = slot {
            // What has begun is on no list any more, and nobody took it.
            let begun = slot.start_date_time.instant() <= self.now;
            times.loses(slot, begun.then_some(Refusal::Past));
        }
        times.refused.push(key.clone());
        // What was chosen may have had the focus, and is struck out now. An address alone had nothing.
        if was_chosen {
            fx.push(Effect::Focus(Target::Choice));
        }
        self.choice = Choice::Gone { key };
        self.say(News::TimeGone);
        self.read_pages(&pick, fx);
    }

    pub(super) fn time_picked(&mut self, key: SlotKey, fx: &mut Effects) {
        let found = self.times.as_ref().and_then(|times| times.find(&key)).is_some();
        let (false, true, Route::Times(pick)) = (self.choice.is_committed(), found, &mut self.route) else {
            return;
        };
        let first = pick.slot.is_none();
        let day = key.starts().map(|start| self.zone.local_of(&start).date());
        pick.day = day.or(pick.day);
        pick.slot = Some(key);
        let (route, pick) = (self.route.clone(), self.pick().cloned());
        // The first choice is a step that Back takes back; changing it is not another one.
        fx.push(if first {
            Effect::Push(route)
        } else {
            Effect::Replace(route)
        });
        if let Some(pick) = pick {
            self.enter_times(&pick, fx);
        }
    }

    /// Of those who give a time, the first one who still has it.
    pub(super) fn listed_picked(&mut self, id: &str, fx: &mut Effects) {
        let Some((times, pick)) = self.times.as_ref().zip(self.pick()) else {
            return;
        };
        let day = times.shown_day(pick, &self.zone);
        let listed = times.listed(day, pick.trainer, &self.zone);
        let picked = listed.iter().find(|listed| listed.id() == id);
        if let Some(key) = picked.and_then(Listed::first_free) {
            self.time_picked(key, fx);
        }
    }

    /// The button that was pressed goes with the time it was offered for; its place is where the verdict will be.
    pub(super) fn alternative_picked(&mut self, key: SlotKey, fx: &mut Effects) {
        self.time_picked(key, fx);
        fx.push(Effect::Focus(Target::Choice));
    }

    pub(super) fn time_dropped(&mut self, fx: &mut Effects) {
        if !self.choice.is_committed() {
            self.choice = Choice::None;
            self.repick(|pick| pick.slot = None, fx);
            // The button that dropped it goes with it.
            fx.push(Effect::Focus(Target::Times));
        }
    }

    /// Asks for the upstream's verdict, once it is known for whom.
    pub(super) fn check(&mut self, slot: Chosen, fx: &mut Effects) {
        self.forget(|call| matches!(call, Call::Validate(_)));
        if !self.session.is_in() {
            self.choice = Choice::Picked { slot };
            return;
        }
        self.call(Call::Validate(slot.wish()), fx);
        self.choice = Choice::Checking { slot };
    }

    pub(super) fn validated(
        &mut self,
        wish: &BookingWish,
        result: Result<Answer, Failure>,
        fx: &mut Effects,
    ) {
        let Choice::Checking { slot } = &self.choice else {
            return;
        };
        if &slot.wish() != wish {
            return;
        }
        let slot = slot.clone();
        let verdict = result.and_then(|answer| match answer {
            Answer::Verdict(status) => Ok(status),
            other => unexpected(other),
        });
        match verdict {
            Ok(ValidationStatus::Available) => {
                self.found_again(&slot);
                self.choice = Choice::Ready { slot };
                self.say(News::CanBeBooked);
            }
            Ok(status) => {
                self.say(News::Refused(status.clone()));
                self.keeps_focus_at(&slot, fx);
                self.refuse(slot, status, None, fx);
            }
            Err(failure) if failure.kind == FailureKind::SignedOut => self.choice = Choice::Picked { slot },
            Err(failure) => {
                self.choice = Choice::Unchecked { slot, failure };
                self.say(News::Failed);
            }
        }
    }

    /// A time that was lost and can be booked after all is no longer struck out.
    fn found_again(&mut self, slot: &Chosen) {
        let key = SlotKey::of(&slot.slot);
        let Some(times) = &mut self.times else { return };
        times.refused.retain(|refused| *refused != key);
        if times
            .lost
            .as_ref()
            .is_some_and(|lost| SlotKey::of(&lost.slot) == key)
        {
            times.lost = None;
        }
    }

    pub(super) fn refuse(
        &mut self,
        slot: Chosen,
        status: ValidationStatus,
        failure: Option<Failure>,
        fx: &mut Effects,
    ) {
        let refusal = Refusal::of(&status);
        if let Some(times) = self.times.as_mut().filter(|times| times.service == slot.service) {
            times.refused.push(SlotKey::of(&slot.slot));
        }
        if refusal.as_ref().is_some_and(Refusal::outdates_times) {
            self.lose(&slot, refusal.clone(), fx);
        }
        if refusal == Some(Refusal::OtherBooking) && self.bookings.wants_reading(self.now) {
            let ticket = self.call(Call::ReadBookings, fx);
            self.bookings.loads(ticket);
        }
        self.choice = Choice::Refused {
            slot,
            status,
            failure,
        };
    }

    /// What the screen shows is no longer true: the time is struck out and its page read afresh.
    fn lose(&mut self, slot: &Chosen, why: Option<Refusal>, fx: &mut Effects) {
        let Some(times) = self.times.as_mut().filter(|times| times.service == slot.service) else {
            return;
        };
        let key = SlotKey::of(&slot.slot);
        let page = times.page_with(&key, &self.zone);
        let about_too = why == Some(Refusal::PeriodChanged);
        times.loses(slot.slot.clone(), why);
        if about_too {
            times.about.outdate();
            self.read_about(slot.service, fx);
        }
        self.read_page(page, fx);
    }

    /// A verdict was given for whoever was signed in, and has to be asked for again by whoever is next.
    pub(super) fn unjudge(&mut self) {
        if self.choice.is_committed() || matches!(self.choice, Choice::Uncertain { .. }) {
            return;
        }
        if let Some(slot) = self.choice.chosen().cloned() {
            self.forget(|call| matches!(call, Call::Validate(_)));
            self.choice = Choice::Picked { slot };
        }
    }
}
