//! When what was done in the studio was done, by the same clock by which members note what they hear.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use perfectgym::{BookingId, BookingRequest, CustomerId};
use tokio::time::Instant;

/// What two requests for one wish have in common: a member wants one thing at a time.
pub type WishId = (CustomerId, i64);

/// The identity of a wish, as the upstream got it.
#[must_use]
pub fn wish_id(request: &BookingRequest) -> WishId {
    (request.customer_id, request.start_date_time.instant().timestamp())
}

/// A booking that was made, and until when it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Its id.
    pub id: BookingId,
    /// When it was there.
    pub made: Instant,
    /// When it was no more.
    pub cancelled: Option<Instant>,
}

impl Effect {
    /// Whether it stood then.
    #[must_use]
    pub fn stood_at(&self, at: Instant) -> bool {
        self.made < at && self.cancelled.is_none_or(|cancelled| cancelled > at)
    }
}

/// Everything that was done, and how often each thing went wrong.
#[derive(Debug, Default)]
pub struct Journal(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    made: HashMap<WishId, Vec<Effect>>,
    calls: u64,
    faults: u64,
}

impl Journal {
    fn entries(&self) -> std::sync::MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a booking.
    pub fn booked(&self, wish: WishId, id: BookingId, made: Instant) {
        let effect = Effect {
            id,
            made,
            cancelled: None,
        };
        self.entries().made.entry(wish).or_default().push(effect);
    }

    /// Notes that one is no more.
    pub fn cancelled(&self, id: BookingId, at: Instant) {
        let mut entries = self.entries();
        let all = entries.made.values_mut().flatten();
        for effect in all.filter(|effect| effect.id == id) {
            effect.cancelled.get_or_insert(at);
        }
    }

    /// Counts a call.
    pub fn called(&self, with_fault: bool) {
        let mut entries = self.entries();
        entries.calls += 1;
        entries.faults += u64::from(with_fault);
    }

    /// Calls, and those of them with which something went wrong.
    #[must_use]
    pub fn counts(&self) -> (u64, u64) {
        let entries = self.entries();
        (entries.calls, entries.faults)
    }

    /// What came of a wish.
    #[must_use]
    pub fn of(&self, wish: WishId) -> Vec<Effect> {
        self.entries().made.get(&wish).cloned().unwrap_or_default()
    }
}
