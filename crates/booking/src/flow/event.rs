//! What can happen.

use chrono::NaiveDate;
use perfectgym::{BookingId, InstructorId};

use super::{Answer, Ticket};
use crate::slots::SlotKey;
use crate::{Failure, HandOff, KioskSignIn, Route, SignIn};

/// Something that happened: a tap, an answer, the network, the browser's Back.
#[derive(Clone, PartialEq, Eq)]
pub enum Event {
    /// The app has started in a browser; the page may have been drawn before.
    Started,
    /// The browser went to an address by itself (Back, Forward).
    Went(Route),
    /// A link of ours was followed.
    Go(Route),
    /// A call came back.
    Answered {
        /// Which.
        ticket: Ticket,
        /// With what.
        result: Result<Answer, Failure>,
    },
    /// A call has taken eight seconds so far.
    Slow(Ticket),
    /// A wait is over.
    Due(Ticket),
    /// The device says whether it has a network.
    Online(bool),
    /// The tab is looked at again, or a minute has passed while it was.
    Returned,
    /// The one action of an error.
    TryAgain,
    /// Words to look for in the catalogue.
    Searched(String),
    /// Only one category, or all.
    CategoryPicked(Option<String>),
    /// More of the catalogue.
    MoreServices,
    /// The strip's next days.
    Later,
    /// The strip's days before.
    Earlier,
    /// A day of the strip.
    DayPicked(NaiveDate),
    /// One trainer, or any.
    TrainerPicked(Option<InstructorId>),
    /// A time.
    TimePicked(SlotKey),
    /// A time of the list, by its [`super::Listed::id`].
    ListedPicked(String),
    /// Another time instead of one that cannot be had, from those that were offered.
    AlternativePicked(SlotKey),
    /// The day of the next free time, where the shown day has none.
    NextFreePicked,
    /// No time after all.
    TimeDropped,
    /// Book what was checked.
    Book,
    /// What became of an attempt has been seen.
    OutcomeSeen,
    /// Cancel this one? asked.
    CancelAsked(BookingId),
    /// Keep it.
    CancelKept,
    /// Cancel it.
    CancelConfirmed,
    /// Another time of a booking that stands, or what is over once more.
    AnotherAsked(BookingId),
    /// Sign in with these answers.
    SignIn(SignIn),
    /// Sign in with what the member has with them; at a kiosk.
    SignInAtKiosk(KioskSignIn),
    /// The page around the frame says who the member is.
    HandedOver(HandOff),
    /// Sign out.
    SignOut,
}
