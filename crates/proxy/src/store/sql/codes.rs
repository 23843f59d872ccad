//! E-mails to sign in with that are under way.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::super::{Codes, StoreError, Try};
use super::{OfStudio, with};

#[async_trait]
impl Codes for OfStudio {
    async fn put_code(
        &self,
        id: &str,
        sealed: &str,
        tries: u32,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO codes (studio, id, sealed, tries_left, expires_at) VALUES ($1, $2, $3, $4, $5)";
        let values = with!(self, id, sealed, i64::from(tries), expires_at.timestamp());
        self.database.run(sql, values).await.map(drop)
    }

    async fn take_try(&self, id: &str, now: DateTime<Utc>) -> Result<Try, StoreError> {
        let sql = "UPDATE codes SET tries_left = tries_left - 1 WHERE studio = $1 AND id = $2 \
                   AND expires_at > $3 AND tries_left > 0 RETURNING sealed, tries_left";
        let rows = self.database.rows(sql, with!(self, id, now.timestamp())).await?;
        if let Some(row) = rows.first() {
            return Ok(Try::Taken {
                sealed: row.text("sealed")?,
                left: u32::try_from(row.int("tries_left")?).unwrap_or_default(),
            });
        }
        let stands = self.code(id, now).await?.is_some();
        Ok(if stands { Try::UsedUp } else { Try::Gone })
    }

    async fn code(&self, id: &str, now: DateTime<Utc>) -> Result<Option<String>, StoreError> {
        let sql = "SELECT sealed FROM codes WHERE studio = $1 AND id = $2 AND expires_at > $3";
        let rows = self.database.rows(sql, with!(self, id, now.timestamp())).await?;
        rows.first().map(|row| row.text("sealed")).transpose()
    }

    async fn use_code(&self, id: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM codes WHERE studio = $1 AND id = $2";
        Ok(self.database.run(sql, with!(self, id)).await? == 1)
    }

    async fn forget_codes_before(&self, time: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "DELETE FROM codes WHERE studio = $1 AND expires_at < $2";
        let values = with!(self, time.timestamp());
        self.database.run(sql, values).await.map(drop)
    }
}
