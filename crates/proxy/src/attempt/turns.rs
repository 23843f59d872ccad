//! Turns: within this process a member's attempts are worked on one after the other. This is the short way; what must
//! hold between processes too, the store sees to.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use moka::sync::Cache;
use perfectgym::{AppointmentBooking, BookingId, BookingWish, CustomerId};
use tokio::sync::OwnedMutexGuard;
use tokio_util::task::TaskTracker;

use crate::request_id;
use crate::store::same_wish;

/// Longer than a booking of another process could be taken for one of this moment.
const KNOWN_AS_OURS: Duration = Duration::from_secs(60);
const MOST_OURS: u64 = 10_000;

/// What is being booked right now.
pub(crate) struct Attempts {
    turns: Mutex<HashMap<CustomerId, Weak<tokio::sync::Mutex<Made>>>>,
    events: AtomicU64,
    running: TaskTracker,
    /// What was booked here a moment ago.
    ours: Cache<BookingId, ()>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            turns: Mutex::default(),
            events: AtomicU64::default(),
            running: TaskTracker::default(),
            ours: Cache::builder()
                .max_capacity(MOST_OURS)
                .time_to_live(KNOWN_AS_OURS)
                .build(),
        }
    }
}

/// What was booked while others waited for their turn; gone when nobody waits any more.
type Made = Vec<(u64, BookingWish, AppointmentBooking)>;

/// Held by whoever works on a member's attempts.
pub(crate) struct Turn {
    made: OwnedMutexGuard<Made>,
    came_at: u64,
}

impl Turn {
    /// The booking of the same wish that was made while this one waited: two tabs at once are one booking.
    pub(super) fn made_meanwhile(&self, wish: &BookingWish) -> Option<AppointmentBooking> {
        let mut made = self.made.iter();
        let found = made.find(|(at, other, _)| *at > self.came_at && same_wish(other, wish));
        found.map(|(_, _, booking)| booking.clone())
    }
}

impl Attempts {
    /// Waits until nobody else in this process works on an attempt of this member's.
    pub(crate) async fn turn(&self, customer: CustomerId) -> Turn {
        let (lock, came_at) = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| turn.strong_count() > 0);
            let turn = turns.entry(customer).or_default();
            let lock = turn.upgrade().unwrap_or_else(|| {
                let new = Arc::default();
                *turn = Arc::downgrade(&new);
                new
            });
            (lock, self.next())
        };
        let made = lock.lock_owned().await;
        Turn { made, came_at }
    }

    /// Notes a booking for those who wait for their turn.
    pub(super) fn made(&self, turn: &mut Turn, wish: &BookingWish, booking: &AppointmentBooking) {
        self.ours.insert(booking.booking_id, ());
        turn.made.push((self.next(), wish.clone(), booking.clone()));
    }

    /// Whether a booking was made in this process a moment ago: then its turns tell whether that was before or meanwhile,
    /// and no clock has to.
    pub(super) fn made_here(&self, id: BookingId) -> bool {
        self.ours.contains_key(&id)
    }

    /// Counts what happens, so that before and after can be told apart.
    fn next(&self) -> u64 {
        self.events.fetch_add(1, Ordering::Relaxed)
    }

    /// How many bookings are under way.
    pub(crate) fn open(&self) -> usize {
        self.running.len()
    }

    /// Runs what must be let finish, whoever waits for it. It stays the same request's.
    pub(crate) fn spawn<T: Send + 'static>(
        &self,
        task: impl Future<Output = T> + Send + 'static,
    ) -> tokio::task::JoinHandle<T> {
        self.running.spawn(request_id::carried(task))
    }

    /// Waits until every booking under way has its outcome written.
    pub(crate) async fn finish(&self) {
        self.running.close();
        self.running.wait().await;
    }
}
