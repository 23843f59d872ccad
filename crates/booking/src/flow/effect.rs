//! What an update asks the outside to do.

use chrono::{DateTime, NaiveDate, Utc};
use perfectgym::{
    AppointmentBooking, BookableAppointment, BookableAppointmentId, BookingId, BookingWish, DaysAhead,
    ListBookableAppointments, Readable, Slice, Slot, ValidationStatus,
};

use crate::{AttemptView, HandOff, KioskSignIn, MadeOf, MoveQuestion, MoveView, Route, SessionView, SignIn};

/// Names one call, so that its answer can be told from another's. Never used twice in one start of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u32);

/// Something to do, that answers with an event or not at all.
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Make a call; answer [`super::Event::Answered`], and [`super::Event::Slow`] where that takes eight seconds.
    Call(Ticket, Call),
    /// From now on calls say who they are by by the bearer that came with signing in, if one did: no cookie was kept.
    UseBearer,
    /// A new entry in the browser's history. What is in view stays so.
    Push(Route),
    /// The present entry becomes this one.
    Replace(Route),
    /// Show the screen from its top; never after Back, where the browser knows how far down the member was.
    ScrollTop,
    /// Move focus, once the screen is drawn: what had it is not there any more.
    Focus(Target),
    /// After so many milliseconds answer [`super::Event::Due`].
    Wait(Ticket, u32),
}

/// Where focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The heading of the screen. By itself it scrolls nothing.
    Heading,
    /// The bar of the chosen time, and what it says of it.
    Choice,
    /// The times of the shown day.
    Times,
    /// What has become of the booking that is looked at.
    Booking,
}

/// A call to the proxy.
#[derive(Clone, PartialEq, Eq)]
pub enum Call {
    /// Who am I.
    ReadSession,
    /// Sign in.
    SignIn(SignIn),
    /// Sign in at a kiosk.
    SignInAtKiosk(KioskSignIn),
    /// Sign in by the word of the page around the frame.
    HandOver(HandOff),
    /// Sign out.
    SignOut,
    /// A slice of the catalogue.
    ReadCatalogue(ListBookableAppointments),
    /// One bookable appointment.
    ReadService(BookableAppointmentId),
    /// The window behind one page of days.
    ReadSlots {
        /// Of what.
        service: BookableAppointmentId,
        /// Which page.
        page: u32,
        /// `slotWindowStartDate`.
        start: NaiveDate,
        /// `daysAhead`.
        days_ahead: DaysAhead,
    },
    /// The upstream's verdict on one slot.
    Validate(BookingWish),
    /// Book; the ticket of this call is the attempt's name from then on.
    Book {
        /// What, in the slot's own text.
        wish: BookingWish,
    },
    /// What became of an attempt whose answer was lost.
    Settle {
        /// The ticket of the [`Call::Book`].
        attempt: Ticket,
        /// What it was for.
        wish: BookingWish,
    },
    /// Move a booking to another time; the ticket of this call is the attempt's name, as of [`Call::Book`].
    Move {
        /// Which.
        booking: BookingId,
        /// The new time, in the slot's own text.
        wish: BookingWish,
    },
    /// What became of a move whose answer was lost.
    SettleMove {
        /// The ticket of the [`Call::Move`].
        attempt: Ticket,
        /// What it was.
        of: MoveQuestion,
    },
    /// Which service a booking is of.
    ReadMadeOf(BookingId),
    /// All bookings that can be listed.
    ReadBookings,
    /// One booking.
    ReadBooking(BookingId),
    /// Cancel one.
    Cancel(BookingId),
}

impl Call {
    /// Whether somebody may be signed in afterwards.
    pub fn signs_in(&self) -> bool {
        matches!(self, Self::SignIn(_) | Self::SignInAtKiosk(_) | Self::HandOver(_))
    }

    /// Whether there may be a booking afterwards that was not there before.
    pub fn books(&self) -> bool {
        matches!(self, Self::Book { .. } | Self::Move { .. })
    }
}

/// What a call answers, where it does not fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To reading the session, signing in and signing out.
    Session(SessionView),
    /// To [`Call::ReadCatalogue`].
    Catalogue(Slice<BookableAppointment>),
    /// To [`Call::ReadService`].
    Service(BookableAppointment),
    /// To [`Call::ReadSlots`].
    Slots(Readable<Slot>),
    /// To [`Call::Validate`].
    Verdict(ValidationStatus),
    /// To [`Call::Book`] and [`Call::ReadBooking`].
    Booking(AppointmentBooking),
    /// To [`Call::Settle`].
    Attempt(AttemptView),
    /// To [`Call::Move`] and [`Call::SettleMove`].
    Move(MoveView),
    /// To [`Call::ReadMadeOf`].
    MadeOf(MadeOf),
    /// To [`Call::ReadBookings`].
    Bookings(Readable<AppointmentBooking>),
    /// To [`Call::Cancel`]; what became of it is read back before anything is said.
    Cancelled,
    /// To any reading: an answer of before, as none could be had now.
    StandIn {
        /// When it was read from the upstream.
        as_of: DateTime<Utc>,
        /// The answer.
        answer: Box<Answer>,
    },
}
