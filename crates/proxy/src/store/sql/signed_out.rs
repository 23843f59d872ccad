//! Who signed out everywhere.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use perfectgym::CustomerId;

use super::super::{SignedOut, StoreError};
use super::{OfStudio, with};

#[async_trait]
impl SignedOut for OfStudio {
    async fn sign_out_everywhere(
        &self,
        customer: CustomerId,
        until: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO signed_out (studio, customer_id, until_ms) VALUES ($1, $2, $3) \
                   ON CONFLICT (studio, customer_id) DO UPDATE SET until_ms = excluded.until_ms \
                   WHERE signed_out.until_ms < excluded.until_ms";
        let values = with!(self, customer.0, until.timestamp_millis());
        self.database.run(sql, values).await.map(drop)
    }

    async fn signed_out_until(&self, customer: CustomerId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let sql = "SELECT until_ms FROM signed_out WHERE studio = $1 AND customer_id = $2";
        let rows = self.database.rows(sql, with!(self, customer.0)).await?;
        let until = rows.first().map(|row| row.int("until_ms")).transpose()?;
        Ok(until.and_then(DateTime::from_timestamp_millis))
    }

    async fn forget_signed_out_before(&self, time: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "DELETE FROM signed_out WHERE studio = $1 AND until_ms < $2";
        let values = with!(self, time.timestamp_millis());
        self.database.run(sql, values).await.map(drop)
    }
}
