//! What an attempt may become. The one list of it; each statement that changes a state takes its condition from here, so
//! that of two processes that would change the same attempt one is told that it came too late.

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Written down. Nothing was sent.
    Intent,
    /// The upstream's book is called, or was by a process that is no more.
    Sent,
    /// Called, and no answer came.
    Uncertain,
    /// Waits for another open attempt at the same wish. Nothing was sent.
    Follows,
    /// There is a booking.
    Booked,
    /// Refused.
    Refused,
    /// Nothing was booked, and nothing will be.
    NotBooked,
    /// Asked after before it arrived.
    Void,
}

/// How a change is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// As it should be.
    Plain,
    /// The truth, against what was said before: never done in silence.
    Late,
}

impl State {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Intent,
        Self::Sent,
        Self::Uncertain,
        Self::Follows,
        Self::Booked,
        Self::Refused,
        Self::NotBooked,
        Self::Void,
    ];

    /// Whether this may become that. Nothing that is known is ever replaced by less.
    pub fn step(self, next: Self) -> Option<Step> {
        use State::{Booked, Follows, Intent, NotBooked, Refused, Sent, Uncertain};
        match (self, next) {
            (Intent, Sent | Booked | Refused | NotBooked)
            | (Sent, Booked | Refused | NotBooked | Uncertain)
            | (Uncertain, Booked | NotBooked)
            | (Follows, Intent | Booked | NotBooked) => Some(Step::Plain),
            (NotBooked, Booked) => Some(Step::Late),
            _ => None,
        }
    }

    /// As the database has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Intent => "INTENT",
            Self::Sent => "SENT",
            Self::Uncertain => "UNCERTAIN",
            Self::Follows => "FOLLOWS",
            Self::Booked => "BOOKED",
            Self::Refused => "REFUSED",
            Self::NotBooked => "NOT_BOOKED",
            Self::Void => "VOID",
        }
    }

    /// The one that the database means.
    pub(super) fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Those that may become `next` in this way.
    pub(super) fn before(next: Self, how: Step) -> Vec<Self> {
        let may = |state: &Self| state.step(next) == Some(how);
        Self::ALL.into_iter().filter(may).collect()
    }
}
