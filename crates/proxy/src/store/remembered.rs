//! Bookings further ahead than the upstream's list reaches: their ids, so that they can be read one by one.

use chrono::{DateTime, Utc};
use perfectgym::{BookingId, CustomerId};

use super::{Store, StoreError};

impl Store {
    /// Remembers a booking until it is over.
    ///
    /// # Errors
    /// The database's.
    pub async fn remember(
        &self,
        customer: CustomerId,
        id: BookingId,
        ends_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO remembered (booking_id, customer_id, ends_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        sqlx::query(sql)
            .bind(id.0)
            .bind(customer.0)
            .bind(ends_at.timestamp())
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// The ids of a customer's remembered bookings that are not over, soonest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn remembered(
        &self,
        customer: CustomerId,
        now: DateTime<Utc>,
    ) -> Result<Vec<BookingId>, StoreError> {
        let sql = "SELECT booking_id FROM remembered WHERE customer_id = ? AND ends_at > ? ORDER BY ends_at LIMIT 100";
        let ids = sqlx::query_scalar(sql).bind(customer.0).bind(now.timestamp());
        Ok(ids.fetch_all(&self.0).await?.into_iter().map(BookingId).collect())
    }

    /// Forgets one: the upstream knows it no more.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_booking(&self, id: BookingId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM remembered WHERE booking_id = ?")
            .bind(id.0)
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// Forgets all that are over: the upstream's list has them for two more weeks.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_bookings_over_before(&self, time: DateTime<Utc>) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM remembered WHERE ends_at < ?")
            .bind(time.timestamp())
            .execute(&self.0)
            .await?;
        Ok(())
    }
}
