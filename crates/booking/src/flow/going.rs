//! Going from screen to screen, and what each needs on arrival.

use super::{Call, Cancel, Choice, Effect, Effects, News, Session, State, Target};
use crate::Route;

impl State {
    /// The page may have been drawn long ago and be wrong about nothing but time.
    pub(super) fn started(&mut self, fx: &mut Effects) {
        self.start_days_afresh_after_midnight();
        self.call(Call::ReadSession, fx);
        self.arrive(fx);
    }

    /// A link of ours.
    pub(super) fn go(&mut self, route: Route, fx: &mut Effects) {
        let route = match route {
            Route::SignIn(next) if self.session.is_in() => *next,
            other => other,
        };
        if route == self.route {
            return;
        }
        let link_goes = route == Route::home() && self.is_cleared_by_going_home();
        fx.push(Effect::Push(route.clone()));
        self.show(route, fx);
        if link_goes {
            fx.push(Effect::Focus(Target::Heading));
        }
    }

    /// Back and Forward: the browser has the address already.
    pub(super) fn went(&mut self, route: Route, fx: &mut Effects) {
        self.enter(route, false, fx);
    }

    pub(super) fn show(&mut self, route: Route, fx: &mut Effects) {
        self.enter(route, true, fx);
    }

    fn enter(&mut self, route: Route, from_its_top: bool, fx: &mut Effects) {
        let new_screen = !self.route.same_screen(&route);
        self.see_outcome();
        self.catalogue.more_asked = false;
        self.route = route;
        self.see_outcome();
        if new_screen {
            self.set_aside_what_is_open();
            self.cancel_kept();
            self.another_dropped();
            self.sign_in.failure = None;
            self.unfail();
            if let Some(times) = &mut self.times {
                times.forget_refusals();
            }
            if from_its_top {
                fx.push(Effect::ScrollTop);
            }
            fx.push(Effect::Focus(Target::Heading));
        }
        self.arrive(fx);
    }

    /// Reads what the present screen lacks. Safe to do again at any time.
    pub(super) fn arrive(&mut self, fx: &mut Effects) {
        if self.route.is_for_members() && self.session == Session::Out {
            let through = self.route.clone().through_sign_in();
            fx.push(Effect::Replace(through.clone()));
            self.show(through, fx);
            return;
        }
        match self.route.clone() {
            Route::Catalogue(shelf) => self.enter_catalogue(&shelf, fx),
            Route::Times(pick) => self.enter_times(&pick, fx),
            Route::Bookings => self.enter_bookings(fx),
            Route::Booking(id) => self.enter_booking(id, fx),
            Route::Booked { id, instead } => {
                self.enter_booking(id, fx);
                self.enter_old(instead, fx);
            }
            Route::SignIn(next) if self.session.is_in() => {
                fx.push(Effect::Replace((*next).clone()));
                self.show(*next, fx);
            }
            Route::SignIn(_) | Route::NotFound(_) => {}
        }
    }

    pub(super) fn network(&mut self, online: bool, fx: &mut Effects) {
        if self.online == online {
            return;
        }
        self.online = online;
        self.say(if online { News::Online } else { News::Offline });
        if online {
            self.pay_sign_out(fx);
            self.retry(fx);
        }
    }

    /// What is on the screen may be out of date: it is read again, silently.
    pub(super) fn returned(&mut self, fx: &mut Effects) {
        if self.online {
            self.pay_sign_out(fx);
            self.start_days_afresh_after_midnight();
            self.ask_again_who_it_is(fx);
            self.arrive(fx);
        }
    }

    /// The button that was pressed is gone with what it was about.
    pub(super) fn try_again(&mut self, fx: &mut Effects) {
        let chosen = self.choice.chosen().is_some_and(|slot| self.is_on_screen(slot));
        let target = match (&self.choice, &self.cancel, &self.route) {
            (Choice::Unchecked { .. } | Choice::NotBooked { .. } | Choice::Uncertain { .. }, ..)
                if chosen =>
            {
                Target::Choice
            }
            (_, Cancel::Unclear(id, _), shown) if shown.is_about(*id) => Target::Booking,
            _ => Target::Heading,
        };
        self.retry(fx);
        fx.push(Effect::Focus(target));
    }

    /// Failed readings become unread ones, and the screen reads what it lacks.
    fn retry(&mut self, fx: &mut Effects) {
        self.unfail();
        if let Choice::Unchecked { slot, .. } | Choice::NotBooked { slot, .. } = &self.choice
            && self.is_on_screen(slot)
        {
            let slot = slot.clone();
            self.check(slot, fx);
        }
        self.ask_again_who_it_is(fx);
        self.look_now(fx);
        self.look_at_cancelled_again(fx);
        self.ask_for_another_again(fx);
        self.arrive(fx);
    }

    fn unfail(&mut self) {
        self.loading_told = false;
        self.catalogue.load.unfail();
        self.bookings.unfail();
        self.looked_at_mut().for_each(|(_, booking)| booking.unfail());
        if let Some(times) = &mut self.times {
            times.unfail();
        }
    }
}
