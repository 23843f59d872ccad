//! Bookings far ahead.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use perfectgym::{BookingId, CustomerId};

use super::super::{Remembered, StoreError};
use super::{OfStudio, with};

#[async_trait]
impl Remembered for OfStudio {
    async fn remember(
        &self,
        customer: CustomerId,
        id: BookingId,
        ends_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO remembered (studio, booking_id, customer_id, ends_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT DO NOTHING";
        let values = with!(self, id.0, customer.0, ends_at.timestamp());
        self.database.run(sql, values).await.map(drop)
    }

    async fn remembered(
        &self,
        customer: CustomerId,
        now: DateTime<Utc>,
    ) -> Result<Vec<BookingId>, StoreError> {
        let sql = "SELECT booking_id FROM remembered WHERE studio = $1 AND customer_id = $2 AND ends_at > $3 \
                   ORDER BY ends_at LIMIT 100";
        let rows = self
            .database
            .rows(sql, with!(self, customer.0, now.timestamp()))
            .await?;
        rows.iter()
            .map(|row| row.int("booking_id").map(BookingId))
            .collect()
    }

    async fn forget_booking(&self, id: BookingId) -> Result<(), StoreError> {
        let sql = "DELETE FROM remembered WHERE studio = $1 AND booking_id = $2";
        self.database.run(sql, with!(self, id.0)).await.map(drop)
    }

    async fn forget_bookings_over_before(&self, time: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "DELETE FROM remembered WHERE studio = $1 AND ends_at < $2";
        self.database
            .run(sql, with!(self, time.timestamp()))
            .await
            .map(drop)
    }
}
