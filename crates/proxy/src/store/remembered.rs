//! Bookings further ahead than the upstream's list reaches: their ids, so that they can be read one by one.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use perfectgym::{BookingId, CustomerId};

use super::StoreError;

/// All may be repeated, by whomever. All errors are the database's.
#[async_trait]
pub trait Remembered: Send + Sync {
    /// Remembers a booking until it is over.
    async fn remember(
        &self,
        customer: CustomerId,
        id: BookingId,
        ends_at: DateTime<Utc>,
    ) -> Result<(), StoreError>;

    /// The ids of a customer's remembered bookings that are not over, soonest first, and no more than a hundred.
    async fn remembered(
        &self,
        customer: CustomerId,
        now: DateTime<Utc>,
    ) -> Result<Vec<BookingId>, StoreError>;

    /// Forgets one: the upstream knows it no more.
    async fn forget_booking(&self, id: BookingId) -> Result<(), StoreError>;

    /// Forgets all that are over: the upstream's list has them for two more weeks.
    async fn forget_bookings_over_before(&self, time: DateTime<Utc>) -> Result<(), StoreError>;
}
