//! The studio's timetable: what can be booked when, and why a wish is refused.
//!
//! Pure. No I/O and no clock: `now` and everything already booked are arguments, so that a day of any year can be
//! computed. Spans are instants; hours of the day are the studio's wall clock, turned into instants in one place
//! (`local.rs`). What must not happen here: knowing a member by name, a wire format, a table of a database.

pub mod busy;
pub mod hours;
pub mod local;
pub mod member;
pub mod offer;
pub mod service;
pub mod span;
pub mod timetable;
pub mod verdict;

pub use busy::{Busy, Resource};
pub use hours::{Between, Closing, ClosingDay, Hours};
pub use member::{Contingent, Membership, Own, Standing};
pub use offer::{Offer, offers};
pub use service::{DoubleBooked, OldLength, Room, RoomId, Service, Staff, Terms, Trainer};
pub use span::Span;
pub use timetable::Timetable;
pub use verdict::{Wish, judge};
