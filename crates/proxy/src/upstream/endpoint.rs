//! What the upstream counts apart from each other, and who goes first where not everybody can.

use std::fmt;

use perfectgym::{GetBookableAppointment, ListBookableAppointments, ListSlots, Operation};

/// A method and a path as the contract writes them: what the upstream's limit is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    method: &'static str,
    path: &'static str,
}

impl Endpoint {
    /// Where an operation goes.
    pub fn of<O: Operation>() -> Self {
        Self {
            method: O::METHOD.as_str(),
            path: O::PATH,
        }
    }
}

/// The template, never a filled path: it is a key of databases and metrics.
impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// For what a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// To book, to cancel, to find out what became of either, to sign in. Goes before everything else.
    Booking,
    /// To say whether something could be booked. Behind bookings, or those that have chosen would wait for those that
    /// choose; and yet no 429 holds it back, or nobody could go on to book.
    Choice,
    /// To show something. Waits for its turn for a moment.
    Read,
    /// To show something better than what would do as well. Never waits.
    Spare,
}

impl Priority {
    /// Whether it is only to show something.
    pub(super) fn is_read(self) -> bool {
        matches!(self, Self::Read | Self::Spare)
    }

    /// An operation's own, where its caller says no other: what is asked of a member's bookings may be what settles
    /// one, so only the catalogue and its times are mere reads.
    pub(super) fn of<O: Operation>() -> Self {
        let shown = [
            ListBookableAppointments::PATH,
            GetBookableAppointment::PATH,
            ListSlots::PATH,
        ];
        if shown.contains(&O::PATH) {
            Self::Read
        } else {
            Self::Booking
        }
    }
}
