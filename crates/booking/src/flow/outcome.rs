//! The end of an attempt to book. Whoever waits for it on its screen sees it there; for whoever went on it is kept until
//! they have seen it.

use perfectgym::{BookingId, ValidationStatus};

use super::attempt::MOST_LOOKS;
use super::{Choice, Chosen, Effect, Effects, News, State, Target, Ticket};
use crate::bookings::Standing;
use crate::route::Pick;
use crate::slots::SlotKey;
use crate::{Failure, FailureKind, Route};

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is a booking.
    Booked {
        /// Which.
        id: BookingId,
        /// What it is; not every answer to a booking says that it is booked.
        standing: Standing,
    },
    /// There is a booking, of a time that was to take the place of another's.
    Moved {
        /// Which.
        id: BookingId,
        /// What it is.
        standing: Standing,
        /// The one that it was to take the place of.
        old: BookingId,
        /// Which stands as well.
        both_stand: bool,
    },
    /// The upstream refused.
    Refused {
        /// What.
        slot: Chosen,
        /// Why.
        status: ValidationStatus,
        /// The upstream's own words.
        failure: Option<Failure>,
    },
    /// Nothing was booked.
    NotBooked {
        /// What.
        slot: Chosen,
        /// Why, where that is known.
        failure: Option<Failure>,
    },
    /// Whether it was booked could not be found out.
    GivenUp {
        /// What.
        slot: Chosen,
        /// The call that may have booked.
        attempt: Ticket,
    },
}

impl Outcome {
    /// What was to be booked, where it was not.
    pub fn chosen(&self) -> Option<&Chosen> {
        match self {
            Self::Booked { .. } | Self::Moved { .. } => None,
            Self::Refused { slot, .. } | Self::NotBooked { slot, .. } | Self::GivenUp { slot, .. } => {
                Some(slot)
            }
        }
    }

    /// The screen that shows it.
    pub fn route(&self) -> Route {
        match self {
            Self::Booked { id, .. } => Route::Booking(*id),
            Self::Moved { id, old, .. } => Route::Booked {
                id: *id,
                instead: Some(*old),
            },
            Self::Refused { slot, .. } | Self::NotBooked { slot, .. } | Self::GivenUp { slot, .. } => {
                slot.route()
            }
        }
    }

    /// A booking that was made of what was chosen.
    pub(super) fn made(of: &Chosen, id: BookingId, standing: Standing, both_stand: bool) -> Self {
        match of.instead {
            None => Self::Booked { id, standing },
            Some(old) => Self::Moved {
                id,
                standing,
                old,
                both_stand,
            },
        }
    }

    /// What is said of it when it is known.
    pub(super) fn news(&self) -> News {
        match self {
            Self::Booked { id, standing } => News::Booked {
                id: *id,
                standing: *standing,
            },
            Self::Moved { both_stand: true, .. } => News::BothStand,
            Self::Moved { standing, .. } => News::Moved { standing: *standing },
            Self::Refused { status, .. } => News::Refused(status.clone()),
            Self::NotBooked { .. } => News::NotBooked,
            Self::GivenUp { .. } => News::GivenUp,
        }
    }

    pub(super) fn refused(slot: Chosen, failure: Option<Failure>) -> Self {
        let status = reason(failure.as_ref());
        Self::Refused {
            slot,
            status,
            failure,
        }
    }

    fn is_shown_by(&self, route: &Route) -> bool {
        match (self, route) {
            (Self::Booked { id, .. }, Route::Booked { id: shown, .. } | Route::Booking(shown)) => id == shown,
            (Self::Moved { id, old, .. }, Route::Booked { id: shown, instead }) => {
                id == shown && *instead == Some(*old)
            }
            (Self::Booked { .. }, Route::Bookings) => true,
            _ => false,
        }
    }
}

/// Why a booking was refused, where the answer names a verdict; one that says "available" explains nothing. Somebody else
/// was there first where two wanted it at once.
fn reason(failure: Option<&Failure>) -> ValidationStatus {
    let named = failure.and_then(|failure| failure.refusal.clone());
    let unnamed = || match failure.map(|failure| &failure.kind) {
        Some(FailureKind::Conflict) => ValidationStatus::ResourceNotAvailable,
        _ => ValidationStatus::NotAvailable,
    };
    named
        .filter(|status| *status != ValidationStatus::Available)
        .unwrap_or_else(unnamed)
}

impl State {
    /// Whether the screen is the one on which that time was chosen, whatever else was picked on it since.
    pub(super) fn is_of_this_screen(&self, slot: &Chosen) -> bool {
        self.pick()
            .is_some_and(|pick| pick.service == slot.service && pick.instead == slot.instead)
    }

    /// An attempt is over, and there is no booking that anybody knows of.
    pub(super) fn ends(&mut self, attempt: Ticket, end: Outcome, fx: &mut Effects) {
        if self.outcome.as_ref() == Some(&end) {
            return;
        }
        let is_chosen = self.choice.attempt() == Some(attempt);
        self.say(end.news());
        match end.chosen().cloned() {
            Some(slot) if is_chosen && self.is_of_this_screen(&slot) => {
                self.shows_what_became_of(&slot, fx);
                self.becomes(end, fx);
                self.did_not_move(&slot, fx);
                fx.push(Effect::Focus(Target::Choice));
            }
            of => {
                if is_chosen {
                    self.choice = Choice::None;
                }
                self.outcome = Some(end);
                of.iter().for_each(|slot| self.did_not_move(slot, fx));
                self.arrive(fx);
            }
        }
    }

    /// The end of an attempt is on its screen.
    fn becomes(&mut self, end: Outcome, fx: &mut Effects) {
        match end {
            Outcome::Refused {
                slot,
                status,
                failure,
            } => self.refuse(slot, status, failure, fx),
            Outcome::NotBooked { slot, failure } => self.choice = Choice::NotBooked { slot, failure },
            Outcome::GivenUp { slot, attempt } => {
                self.choice = Choice::Uncertain {
                    slot,
                    attempt,
                    looks: MOST_LOOKS,
                    given_up: true,
                };
            }
            Outcome::Booked { .. } | Outcome::Moved { .. } => {}
        }
    }

    /// Whoever comes to the time of an attempt that is over finds what became of it; what was given up is looked at anew.
    pub(super) fn takes_up_outcome(&mut self, pick: &Pick, key: &SlotKey, fx: &mut Effects) -> bool {
        let is_it = |end: &mut Outcome| end.chosen().is_some_and(|slot| slot.is(pick, key));
        let Some(end) = self.outcome.take_if(is_it) else {
            return false;
        };
        let given_up = matches!(end, Outcome::GivenUp { .. });
        self.becomes(end, fx);
        if given_up {
            self.look_now(fx);
        }
        true
    }

    /// An attempt of which nobody knows what became of it is not forgotten with its screen.
    pub(super) fn set_aside_what_is_open(&mut self) {
        if let Choice::Uncertain {
            slot,
            attempt,
            given_up: true,
            ..
        } = &self.choice
            && !self.is_on_screen(slot)
        {
            let (slot, attempt) = (slot.clone(), *attempt);
            self.choice = Choice::None;
            self.outcome = Some(Outcome::GivenUp { slot, attempt });
        }
    }

    /// The button that closed it goes with it.
    pub(super) fn outcome_seen(&mut self, fx: &mut Effects) {
        self.outcome = None;
        fx.push(Effect::Focus(Target::Heading));
    }

    pub(super) fn see_outcome(&mut self) {
        let seen = |end: &Outcome| end.is_shown_by(&self.route);
        if self.outcome.as_ref().is_some_and(seen) {
            self.outcome = None;
        }
    }
}
