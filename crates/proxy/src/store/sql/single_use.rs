//! What may be used once.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::super::{SingleUse, StoreError};
use super::{OfStudio, with};

#[async_trait]
impl SingleUse for OfStudio {
    async fn use_once(&self, name: &str, expires_at: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql =
            "INSERT INTO used_once (studio, name, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let values = with!(self, name, expires_at.timestamp());
        Ok(self.database.run(sql, values).await? == 1)
    }

    async fn forget_used_before(&self, time: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "DELETE FROM used_once WHERE studio = $1 AND expires_at < $2";
        let values = with!(self, time.timestamp());
        self.database.run(sql, values).await.map(drop)
    }
}
