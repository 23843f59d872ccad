//! Signing in and out. The choice that was made before survives both ways through the sign-in screen.

use super::state::unexpected;
use super::{Another, Answer, Call, Cancel, Choice, Effect, Effects, News, Remote, State, Target, Ticket};
use crate::{Failure, FailureKind, Place, Route, SessionView};

/// Who the member is, as far as the browser knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Session {
    /// Not asked yet.
    #[default]
    Unknown,
    /// Nobody is signed in.
    Out,
    /// A member is.
    In {
        /// Their first name, where the upstream has it.
        first_name: Option<String>,
    },
}

impl Session {
    /// Whether a member is signed in.
    pub fn is_in(&self) -> bool {
        matches!(self, Self::In { .. })
    }
}

impl From<SessionView> for Session {
    fn from(view: SessionView) -> Self {
        if view.signed_in {
            Self::In {
                first_name: view.first_name,
            }
        } else {
            Self::Out
        }
    }
}

/// The sign-in form, less what is typed in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInForm {
    /// An answer is awaited.
    pub busy: bool,
    /// Why the last try failed.
    pub failure: Option<Failure>,
    /// The proxy took the answers, and the browser did not keep the session: in a frame it may be told not to. A tab of its
    /// own keeps it.
    pub not_kept: bool,
    /// Taken, and being read back to see whether it was kept, and as what.
    pub(super) proving: Option<Kept>,
}

/// What a session in a frame is kept as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// The browser keeps a cookie for that page alone.
    Cookie,
    /// It keeps none; the app's memory holds a bearer.
    Bearer,
}

impl State {
    pub(super) fn session_read(&mut self, result: Result<Answer, Failure>, fx: &mut Effects) {
        if let Some(kept) = self.sign_in.proving {
            return self.proved(kept, result, fx);
        }
        self.session_unread = result.is_err();
        self.session_slow = false;
        self.session = match result {
            Ok(Answer::Session(view)) => view.into(),
            // Who the member is cannot be found out now. Nobody, until it is asked again.
            _ => Session::Out,
        };
        self.arrive(fx);
    }

    /// The session ends at the proxy too, however late: the next to use this device must not find it.
    pub(super) fn pay_sign_out(&mut self, fx: &mut Effects) {
        if self.sign_out_owed {
            self.sign_out(fx);
        }
    }

    /// A member whose session could not be read once is signed in all the same.
    pub(super) fn ask_again_who_it_is(&mut self, fx: &mut Effects) {
        if std::mem::take(&mut self.session_unread) {
            self.call(Call::ReadSession, fx);
        }
    }

    pub(super) fn sign_in(&mut self, with: Call, fx: &mut Effects) {
        if self.sign_in.busy {
            return;
        }
        self.sign_in = SignInForm {
            busy: true,
            ..SignInForm::default()
        };
        self.call(with, fx);
    }

    pub(super) fn signed_in(&mut self, result: Result<Answer, Failure>, fx: &mut Effects) {
        self.sign_in.busy = false;
        let view = result.and_then(|answer| match answer {
            Answer::Session(view) if view.signed_in => Ok(view),
            Answer::Session(_) => Err(Failure::of(FailureKind::WrongCredentials)),
            other => unexpected(other),
        });
        match view {
            Ok(_) if self.place == Place::Embed => self.prove(Kept::Cookie, fx),
            Ok(view) => self.welcome(view, fx),
            Err(failure) => self.not_signed_in(failure),
        }
    }

    /// Whoever was signed in is not they, where it is another: the proxy has signed them out.
    pub(super) fn handed_over(&mut self, result: Result<Answer, Failure>, fx: &mut Effects) {
        self.sign_in = SignInForm::default();
        match result {
            Ok(Answer::Session(view)) if view.signed_in => {
                self.give_way_to(&view.into());
                self.prove(Kept::Cookie, fx);
            }
            // Nobody here asked for it: whoever gave the token is told, and the form is there as ever.
            _ => self.say(News::NotHandedOver),
        }
    }

    fn give_way_to(&mut self, who: &Session) {
        if self.session.is_in() && self.session != *who {
            self.session_ended();
            self.outcome = None;
            self.times = None;
        }
    }

    fn not_signed_in(&mut self, failure: Failure) {
        self.sign_in.failure = Some(failure);
        self.say(News::Failed);
    }

    /// Whether a browser keeps the cookie of a frame is found out by trying: its name and version do not tell.
    fn prove(&mut self, kept: Kept, fx: &mut Effects) {
        self.sign_in.busy = true;
        self.sign_in.proving = Some(kept);
        // One that was asked before says nothing of the session that has begun.
        self.forget(|call| *call == Call::ReadSession);
        self.call(Call::ReadSession, fx);
    }

    fn proved(&mut self, kept: Kept, result: Result<Answer, Failure>, fx: &mut Effects) {
        self.sign_in = SignInForm::default();
        match result {
            Ok(Answer::Session(view)) if view.signed_in => self.welcome(view, fx),
            Ok(_) if kept == Kept::Cookie => {
                self.keeps_no_cookie = true;
                fx.push(Effect::UseBearer);
                self.prove(Kept::Bearer, fx);
            }
            Ok(_) => {
                self.sign_in.not_kept = true;
                self.say(News::Failed);
            }
            Err(failure) => self.not_signed_in(failure),
        }
    }

    /// What was read for nobody in particular is read again for the member.
    fn welcome(&mut self, view: SessionView, fx: &mut Effects) {
        self.session = view.into();
        self.signed_in_after = Ticket(self.next_ticket);
        self.session_unread = false;
        self.session_slow = false;
        // One that is under way ends the session of before. Taken for this one's end it would leave the new session alive
        // behind a screen that says otherwise. Who it was before was asked before, too.
        self.sign_out_owed = false;
        self.forget(|call| matches!(call, Call::SignOut | Call::ReadSession));
        self.forget_member();
        self.say(News::SignedIn);
        self.look_now(fx);
        if let Some(times) = &mut self.times {
            times.outdate();
        }
        if let Route::SignIn(next) = &self.route {
            let next = (**next).clone();
            fx.push(Effect::Replace(next.clone()));
            self.show(next, fx);
        } else {
            // Gone back in the meantime: what was chosen there can be checked now.
            self.arrive(fx);
        }
    }

    /// Asked for by the member, so everything goes, also what came since an earlier sign-out that the proxy has not
    /// heard of yet.
    pub(super) fn sign_out_asked(&mut self, fx: &mut Effects) {
        self.sign_out_owed = false;
        self.sign_out(fx);
    }

    fn sign_out(&mut self, fx: &mut Effects) {
        if !self.is_in_flight(&Call::SignOut) {
            self.call(Call::SignOut, fx);
        }
    }

    /// Also where the call failed: whoever signs out must not see their name stay. The proxy is told again as soon as
    /// it can be.
    pub(super) fn signed_out(&mut self, result: Result<Answer, Failure>, fx: &mut Effects) {
        // Where the session had ended by itself there is nothing left to end.
        let failure = result
            .err()
            .filter(|failure| failure.kind != FailureKind::SignedOut);
        let told_again = std::mem::replace(&mut self.sign_out_owed, failure.is_some());
        if told_again {
            if failure.is_none() {
                self.say(News::SignedOut);
            }
            return;
        }
        self.session = Session::Out;
        self.session_unread = false;
        self.sign_in = SignInForm::default();
        // An answer from before would sign in again.
        self.forget(|call| *call == Call::ReadSession || call.signs_in());
        self.choice = Choice::None;
        self.outcome = None;
        // What the upstream offered this member is nobody else's to see.
        self.times = None;
        self.forget_member();
        self.say(match failure {
            None => News::SignedOut,
            Some(failure) => News::SignOutOwed {
                offline: failure.kind == FailureKind::Offline,
            },
        });
        fx.push(Effect::Push(Route::home()));
        self.show(Route::home(), fx);
        // Whoever was there already loses the button that was pressed.
        fx.push(Effect::Focus(Target::Heading));
    }

    /// Whether the proxy is being told that the member signs out.
    pub fn is_signing_out(&self) -> bool {
        self.is_in_flight(&Call::SignOut)
    }

    /// Whether the proxy has not heard yet that the member signed out.
    pub fn owes_sign_out(&self) -> bool {
        self.sign_out_owed
    }

    /// Whether a call was made by whoever is signed in now: that an earlier one had no session says nothing of this one.
    pub(super) fn is_of_this_session(&self, ticket: Ticket) -> bool {
        !self.session.is_in() || ticket > self.signed_in_after
    }

    /// The session ended by itself: the choice stays, what belongs to the member goes.
    pub(super) fn session_ended(&mut self) {
        self.session = Session::Out;
        self.unjudge();
        self.forget_member();
    }

    fn forget_member(&mut self) {
        self.forget(|call| {
            matches!(
                call,
                Call::ReadBookings | Call::ReadBooking(_) | Call::ReadMadeOf(_)
            )
        });
        self.bookings = Remote::default();
        self.unreadable_bookings = 0;
        self.booking = None;
        self.old = None;
        self.another = Another::None;
        self.cancel = Cancel::None;
    }
}
