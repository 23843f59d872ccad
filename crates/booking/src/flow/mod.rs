//! The booking flow: one pure state machine. `(state, event, now) -> state, effects`.
//!
//! A screen sends an [`Event`], [`update`] changes the [`State`] and names the [`Effect`]s, and whoever runs those
//! answers with events again. Two taps, late answers and Back in mid-flight are events like others: a call is known by
//! its [`Ticket`], and an answer whose ticket is no longer awaited changes nothing.
//!
//! Deliberately absent: clocks, randomness, sentences, and anything that knows how a call is made.

mod another;
mod attempt;
mod bookings;
mod cancel;
mod catalogue;
mod choice;
mod effect;
mod event;
mod going;
mod host;
mod looking;
mod moved;
mod offered;
mod outcome;
mod remote;
mod session;
mod state;
mod times;

pub use another::Another;
pub use cancel::Cancel;
pub use catalogue::Catalogue;
pub use choice::{Choice, Chosen};
pub use effect::{Answer, Call, Effect, Target, Ticket};
pub use event::Event;
pub use host::Host;
pub use moved::{Instead, Moved};
pub use outcome::Outcome;
pub use remote::{Phase, Remote};
pub use session::{Session, SignInForm};
pub use state::{News, Reading, Said, State};
pub use times::{DayView, Listed, Lost, Mark, Times};

use chrono::{DateTime, Utc};

use crate::{Failure, FailureKind};

/// What happens next. `now` is the device's clock at the event.
pub fn update(state: &mut State, event: Event, now: DateTime<Utc>) -> Vec<Effect> {
    state.now = now;
    let mut effects = Vec::new();
    state.on(event, &mut effects);
    effects
}

/// Where an update gathers what is to be done.
type Effects = Vec<Effect>;

/// An answer, and as of when it is where it stands in for one that could not be had.
fn unwrapped(result: Result<Answer, Failure>) -> (Result<Answer, Failure>, Option<DateTime<Utc>>) {
    match result {
        Ok(Answer::StandIn { as_of, answer }) => (Ok(*answer), Some(as_of)),
        other => (other, None),
    }
}

impl State {
    fn on(&mut self, event: Event, fx: &mut Effects) {
        match event {
            Event::Started => self.started(fx),
            Event::Went(route) => self.went(route, fx),
            Event::Go(route) => self.go(route, fx),
            Event::Answered { ticket, result } => self.answered(ticket, result, fx),
            Event::Slow(ticket) => self.slow(ticket),
            Event::Due(ticket) => {
                self.look_again(ticket, fx);
                self.say_loading(ticket);
            }
            Event::Online(online) => self.network(online, fx),
            Event::Returned => self.returned(fx),
            Event::TryAgain => self.try_again(fx),
            Event::Searched(words) => self.searched(words, fx),
            Event::CategoryPicked(category) => self.category_picked(category, fx),
            Event::MoreServices => self.more_services_asked(fx),
            Event::Later => self.turn_page(1, fx),
            Event::Earlier => self.turn_page(-1, fx),
            Event::DayPicked(day) => self.day_picked(day, fx),
            Event::TrainerPicked(trainer) => self.trainer_picked(trainer, fx),
            Event::TimePicked(key) => self.time_picked(key, fx),
            Event::ListedPicked(id) => self.listed_picked(&id, fx),
            Event::AlternativePicked(key) => self.alternative_picked(key, fx),
            Event::NextFreePicked => self.next_free_picked(fx),
            Event::TimeDropped => self.time_dropped(fx),
            Event::Book => self.book(fx),
            Event::OutcomeSeen => self.outcome_seen(fx),
            Event::CancelAsked(id) => self.cancel_asked(id),
            Event::CancelKept => self.cancel_kept(),
            Event::CancelConfirmed => self.cancel_confirmed(fx),
            Event::AnotherAsked(id) => self.another_asked(id, fx),
            Event::SignIn(answers) => self.sign_in(Call::SignIn(answers), fx),
            Event::SignInAtKiosk(given) => self.sign_in(Call::SignInAtKiosk(given), fx),
            Event::HandedOver(token) => self.sign_in(Call::HandOver(token), fx),
            Event::SignOut => self.sign_out_asked(fx),
        }
    }

    /// An answer goes to whoever made the call. One that nobody awaits any more changes nothing.
    fn answered(&mut self, ticket: Ticket, result: Result<Answer, Failure>, fx: &mut Effects) {
        let Some(at) = self.in_flight.iter().position(|(known, _)| *known == ticket) else {
            return;
        };
        let (_, call) = self.in_flight.swap_remove(at);
        let refused = matches!(&result, Err(failure) if failure.kind == FailureKind::SignedOut);
        let ended = refused && self.is_of_this_session(ticket);
        let by_itself = self.session.is_in() && call != Call::SignOut;
        let at_book = call.books();
        if ended {
            self.session_ended();
        }
        if self.is_awaited(ticket, &call) {
            let (result, as_of) = unwrapped(self.read_back_afresh(&call, result));
            self.answers(ticket, call.clone(), result, fx);
            self.is_as_of(&call, as_of);
        }
        // A screen for members leads to signing in, and back; one who has signed in since asks anew.
        if refused {
            self.arrive(fx);
        }
        // Last, as it is why all the rest happened.
        if ended && by_itself && self.session == Session::Out {
            self.say(News::SessionEnded { at_book });
        }
    }

    fn answers(&mut self, ticket: Ticket, call: Call, result: Result<Answer, Failure>, fx: &mut Effects) {
        match call {
            Call::ReadSession => self.session_read(result, fx),
            Call::SignIn(_) | Call::SignInAtKiosk(_) => self.signed_in(result, fx),
            Call::HandOver(_) => self.handed_over(result, fx),
            Call::SignOut => self.signed_out(result, fx),
            Call::ReadCatalogue(_) => self.slice_read(result, fx),
            Call::ReadService(id) => self.service_read(id, result),
            Call::ReadSlots { service, page, .. } => self.slots_read(service, page, result, fx),
            Call::Validate(wish) => self.validated(&wish, result, fx),
            Call::Book { .. } | Call::Move { .. } => self.booked(ticket, result, fx),
            Call::Settle { attempt, .. } | Call::SettleMove { attempt, .. } => {
                self.settled(attempt, result, fx)
            }
            Call::ReadMadeOf(id) => self.made_of_read(id, result, fx),
            Call::ReadBookings => self.bookings_read(result, fx),
            Call::ReadBooking(id) => self.booking_read(ticket, id, result, fx),
            Call::Cancel(id) => self.cancel_answered(id, result, fx),
        }
    }
}
