//! All that the app knows at a moment.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use perfectgym::{AppointmentBooking, BookableAppointmentId, BookingId, ValidationStatus};

use super::{
    Another, Call, Cancel, Catalogue, Choice, Effect, Effects, Outcome, Remote, Session, SignInForm,
};
use super::{Ticket, Times};
use crate::bookings::Standing;
use crate::route::Pick;
use crate::{Boot, Failure, FailureKind, Place, Route, StudioZone};

/// The state of the app. Screens read it, and only [`super::update`] changes it.
#[derive(Clone, PartialEq, Eq)]
pub struct State {
    /// Where the member is.
    pub route: Route,
    /// The device's clock at the last event; the page's own until the first.
    pub now: DateTime<Utc>,
    /// The studio's zone.
    pub zone: StudioZone,
    /// Where the app is shown.
    pub(super) place: Place,
    /// Whether times are shown to members only.
    pub times_need_sign_in: bool,
    /// Who the member is.
    pub session: Session,
    /// Whether the device says it has a network.
    pub online: bool,
    /// What the studio offers.
    pub catalogue: Catalogue,
    /// The times of the bookable appointment that was looked at last.
    pub times: Option<Times>,
    /// The time that was chosen, and how far that has come.
    pub choice: Choice,
    /// My bookings.
    pub bookings: Remote<Vec<AppointmentBooking>>,
    /// The one booking that is looked at.
    pub booking: Option<(BookingId, Remote<AppointmentBooking>)>,
    /// The booking that is to be, or was to be, given up for another time.
    pub old: Option<(BookingId, Remote<AppointmentBooking>)>,
    /// Which service a booking is of, asked for another time of it.
    pub another: Another,
    /// A cancellation, from the question to the answer.
    pub cancel: Cancel,
    /// The sign-in form.
    pub sign_in: SignInForm,
    /// In a frame whose browser keeps no cookie: what the browser asks for by itself says of nobody who it is for.
    pub keeps_no_cookie: bool,
    /// What became of an attempt whose member was elsewhere, until they have seen it.
    pub outcome: Option<Outcome>,
    /// How many of My bookings could not be read.
    pub unreadable_bookings: usize,
    /// Finding out who the member is takes long, and the screen waits for it.
    pub session_slow: bool,
    /// What a screen reader should hear next.
    pub said: Option<Said>,
    /// That something is being read was the last news of this screen.
    pub(super) loading_told: bool,
    /// Calls are made in order, and so are slow: every one up to this has taken eight seconds.
    pub(super) slow_until: Ticket,
    /// The wait after which it is looked again what became of an attempt.
    pub(super) next_look: Option<Ticket>,
    /// Who the member is could not be found out, and is asked again.
    pub(super) session_unread: bool,
    /// Signed out on the screen, and the proxy has not heard of it.
    pub(super) sign_out_owed: bool,
    /// Calls up to this were made before the member signed in.
    pub(super) signed_in_after: Ticket,
    pub(super) in_flight: Vec<(Ticket, Call)>,
    pub(super) next_ticket: u32,
}

/// After so long without anything to show, it is said that it is being read.
const SOON_MS: u32 = 300;

/// Something to say once. The number tells two sayings of the same news apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Counts up.
    pub number: u32,
    /// What.
    pub news: News,
}

/// News that is not on the screen for everybody to notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// So many times on that day.
    Times {
        /// The studio's day.
        day: NaiveDate,
        /// How many.
        count: usize,
    },
    /// So much of the catalogue is what was looked for.
    Found(usize),
    /// The shown day has no times, and the next free one has been found; in the studio's time.
    NextFree(NaiveDateTime),
    /// Reading what the screen has nothing of yet takes a moment.
    Loading(Reading),
    /// Reading takes long.
    StillTrying,
    /// The chosen time can be booked.
    CanBeBooked,
    /// The chosen time was refused, and the screen says why.
    Refused(ValidationStatus),
    /// The chosen time is no longer there.
    TimeGone,
    /// There is a booking.
    Booked {
        /// Which.
        id: BookingId,
        /// What it is; not every answer to a booking says that it is booked.
        standing: Standing,
    },
    /// There is a booking, and the one it takes the place of is given up.
    Moved {
        /// What the new one is.
        standing: Standing,
    },
    /// There is a booking, and the one it was to take the place of stands as well.
    BothStand,
    /// Which service a booking is of cannot be told.
    OfUnknown,
    /// Nobody knows yet whether it was booked.
    Checking,
    /// Whether it was booked cannot be found out.
    GivenUp,
    /// Nothing was booked.
    NotBooked,
    /// It is cancelled.
    Cancelled,
    /// It was not cancelled.
    NotCancelled,
    /// Signed in.
    SignedIn,
    /// The page around the frame said who the member is, and was not believed.
    NotHandedOver,
    /// Signed out.
    SignedOut,
    /// Signed out here, and the session lives until the proxy can be told.
    SignOutOwed {
        /// Because there is no network.
        offline: bool,
    },
    /// The session ended by itself.
    SessionEnded {
        /// Just when something was to be booked, which therefore was not.
        at_book: bool,
    },
    /// The network is gone.
    Offline,
    /// The network is back.
    Online,
    /// Something failed, and the screen says what.
    Failed,
}

/// What is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// What the studio offers.
    Catalogue,
    /// The times of one bookable appointment, or what it is.
    Times,
    /// My bookings, or one of them.
    Bookings,
}

impl News {
    /// Whether it should interrupt what is being read out.
    pub fn is_urgent(&self) -> bool {
        use News::{BothStand, Checking, Failed, GivenUp, NotBooked, NotCancelled, OfUnknown, Offline};
        use News::{Refused, SessionEnded, SignOutOwed, TimeGone};
        matches!(
            self,
            Refused(_) | TimeGone | NotBooked | NotCancelled | Checking | GivenUp | Offline | Failed
        ) || matches!(
            self,
            BothStand | OfUnknown | SessionEnded { .. } | SignOutOwed { .. }
        )
    }
}

impl State {
    /// The state a page starts in, the same on the server and in the browser.
    pub fn new(boot: &Boot, route: Route) -> Self {
        let mut state = Self {
            route: Route::home(),
            now: boot.now,
            zone: boot.zone.clone(),
            place: boot.place,
            times_need_sign_in: boot.times_need_sign_in,
            session: Session::Unknown,
            online: true,
            catalogue: Catalogue::new(boot),
            times: None,
            choice: Choice::None,
            bookings: Remote::default(),
            booking: None,
            old: None,
            another: Another::None,
            cancel: Cancel::None,
            sign_in: SignInForm::default(),
            keeps_no_cookie: false,
            outcome: None,
            unreadable_bookings: 0,
            session_slow: false,
            said: None,
            loading_told: false,
            slow_until: Ticket(0),
            next_look: None,
            session_unread: false,
            sign_out_owed: false,
            signed_in_after: Ticket(0),
            in_flight: Vec::new(),
            next_ticket: 0,
        };
        if let Route::Times(pick) = &route {
            let mut times = Times::new(pick.service, state.today());
            times.about = state.known_service(pick.service, boot.service.as_ref());
            times.show_day(pick.day);
            state.times = Some(times);
        }
        state.route = route;
        state
    }

    /// The studio's today.
    pub fn today(&self) -> NaiveDate {
        self.zone.day(self.now)
    }

    /// What has been picked, on the times screen.
    pub fn pick(&self) -> Option<&Pick> {
        match &self.route {
            Route::Times(pick) => Some(pick),
            _ => None,
        }
    }

    /// What something is called, as far as it is known.
    pub fn service_title(&self, id: BookableAppointmentId) -> Option<&str> {
        let times = self.times.as_ref().filter(|times| times.service == id);
        let about = times.and_then(|times| times.about.value.as_ref());
        about.or_else(|| self.catalogue.get(id))?.title.as_deref()
    }

    pub(super) fn call(&mut self, call: Call, fx: &mut Effects) -> Ticket {
        let ticket = self.ticket();
        self.in_flight.push((ticket, call.clone()));
        let is_read = self.reading_missed(&call).is_some();
        fx.push(Effect::Call(ticket, call));
        if is_read {
            fx.push(Effect::Wait(ticket, SOON_MS));
        }
        ticket
    }

    pub(super) fn ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }

    /// Whether what the call reads still waits for this very answer. What is not read into a place of its own is
    /// told from earlier calls by whoever takes the answer.
    pub(super) fn is_awaited(&self, ticket: Ticket, call: &Call) -> bool {
        let times = |id| self.times.as_ref().filter(|times| times.service == id);
        match call {
            Call::ReadCatalogue(_) => self.catalogue.load.awaits(ticket),
            Call::ReadBookings => self.bookings.awaits(ticket),
            Call::ReadService(id) => times(*id).is_some_and(|t| t.about.awaits(ticket)),
            Call::ReadSlots { service, page, .. } => times(*service)
                .and_then(|t| t.page(*page))
                .is_some_and(|page| page.awaits(ticket)),
            _ => true,
        }
    }

    pub(super) fn is_in_flight(&self, wanted: &Call) -> bool {
        self.in_flight.iter().any(|(_, call)| call == wanted)
    }

    /// Answers to these calls are no longer of interest.
    pub(super) fn forget(&mut self, which: impl Fn(&Call) -> bool) {
        self.in_flight.retain(|(_, call)| !which(call));
    }

    pub(super) fn say(&mut self, news: News) {
        let number = self.said.as_ref().map_or(0, |said| said.number) + 1;
        self.loading_told = matches!(news, News::Loading(_));
        self.said = Some(Said { number, news });
    }

    /// A wait is over that began with a call: whoever still has nothing to read is told why, once.
    pub(super) fn say_loading(&mut self, ticket: Ticket) {
        let begun = self.in_flight.iter().find(|(known, _)| *known == ticket);
        if let Some(reading) = begun.and_then(|(_, call)| self.reading_missed(call))
            && !self.loading_told
        {
            self.say(News::Loading(reading));
        }
    }

    /// What a call reads, where the screen has nothing of it to show meanwhile.
    fn reading_missed(&self, call: &Call) -> Option<Reading> {
        let (reads, reading) = match &self.route {
            Route::Catalogue(_) => (matches!(call, Call::ReadCatalogue(_)), Reading::Catalogue),
            Route::Times(_) => (
                matches!(call, Call::ReadService(_) | Call::ReadSlots { .. }),
                Reading::Times,
            ),
            Route::Bookings => (*call == Call::ReadBookings, Reading::Bookings),
            Route::Booking(_) | Route::Booked { .. } => (
                matches!(call, Call::ReadBooking(_)) && !self.cancel.is_busy(),
                Reading::Bookings,
            ),
            Route::SignIn(_) | Route::NotFound(_) => return None,
        };
        let missed = match call {
            Call::ReadCatalogue(_) => !self.catalogue.is_known() || self.catalogue.more_asked,
            other => self.is_missed(other),
        };
        ((reads || *call == Call::ReadSession) && missed).then_some(reading)
    }

    /// Whether an answer takes long that was asked for with a press, or is to be seen through: the verdict on a time,
    /// a booking and what became of it, a cancellation, signing in.
    pub fn is_slow_to_answer(&self) -> bool {
        let slow = |(ticket, call): &(Ticket, Call)| *ticket <= self.slow_until && self.is_asked(call);
        self.in_flight.iter().any(slow)
    }

    fn is_asked(&self, call: &Call) -> bool {
        match call {
            Call::ReadBooking(id) => self.reads_back(*id),
            Call::Validate(_) | Call::Book { .. } | Call::Settle { .. } => true,
            Call::Move { .. } | Call::SettleMove { .. } | Call::ReadMadeOf(_) => true,
            Call::Cancel(_) => true,
            other => other.signs_in(),
        }
    }

    pub(super) fn slow(&mut self, ticket: Ticket) {
        let Some((_, call)) = self.in_flight.iter().find(|(known, _)| *known == ticket) else {
            return;
        };
        let is_missed = self.is_missed(call);
        self.slow_until = self.slow_until.max(ticket);
        let call_is_session = *call == Call::ReadSession;
        self.catalogue.load.is_slow_by(ticket);
        self.bookings.is_slow_by(ticket);
        self.looked_at_mut()
            .for_each(|(_, booking)| booking.is_slow_by(ticket));
        if let Some(times) = &mut self.times {
            times.is_slow_by(ticket);
        }
        if is_missed {
            self.session_slow |= call_is_session;
            self.say(News::StillTrying);
        }
    }

    /// Whether the screen shows nothing before it is known who the member is.
    fn waits_for_session(&self) -> bool {
        self.route.is_for_members() || (self.times_need_sign_in && matches!(self.route, Route::Times(_)))
    }

    /// Whether somebody waits for it: what is read again behind a screen that has it, or fetched ahead, is not missed.
    fn is_missed(&self, call: &Call) -> bool {
        let times = |id| self.times.as_ref().filter(|times| times.service == id);
        match call {
            Call::ReadSession => self.session == Session::Unknown && self.waits_for_session(),
            // Where the times are missed as well, they say it for both.
            Call::ReadService(id) => times(*id).is_some_and(|times| {
                let for_both = |page: &Remote<_>| page.value.is_none() && page.is_loading();
                times.about.value.is_none() && !times.current().is_some_and(for_both)
            }),
            Call::ReadBookings => self.bookings.value.is_none(),
            Call::ReadBooking(id) if self.reads_back(*id) => true,
            Call::ReadBooking(id) => self.looked_at(*id).is_none_or(|b| b.value.is_none()),
            Call::ReadSlots { service, page, .. } => times(*service).is_some_and(|times| {
                times.page == *page && times.current().is_none_or(|shown| shown.value.is_none())
            }),
            _ => true,
        }
    }
}

impl State {
    /// What a reading has just brought is as of then.
    pub(super) fn is_as_of(&mut self, read_by: &Call, as_of: Option<DateTime<Utc>>) {
        match read_by {
            Call::ReadCatalogue(_) => self.catalogue.load.as_of = as_of,
            Call::ReadBookings => self.bookings.as_of = as_of,
            Call::ReadBooking(id) => {
                let read = self.looked_at_mut().filter(|(known, _)| known == id);
                read.for_each(|(_, booking)| booking.as_of = as_of);
            }
            Call::ReadSlots { service, page, .. } => {
                let times = self.times.as_mut().filter(|times| times.service == *service);
                if let Some(slots) = times.and_then(|times| times.page_mut(*page)) {
                    slots.as_of = as_of;
                }
            }
            _ => {}
        }
    }
}

/// An answer of another kind than the call's is the proxy's fault, and reads like an answer nobody can read.
pub(super) fn unexpected<T>(_: super::Answer) -> Result<T, Failure> {
    Err(Failure::of(FailureKind::Unreadable))
}
