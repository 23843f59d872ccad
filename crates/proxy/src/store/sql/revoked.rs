//! Sessions that were signed out of.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::super::{Revoked, StoreError};
use super::{OfStudio, with};

#[async_trait]
impl Revoked for OfStudio {
    async fn revoke(&self, session: &str, expires_at: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "INSERT INTO revoked_sessions (studio, session_id, expires_at) VALUES ($1, $2, $3) \
                   ON CONFLICT DO NOTHING";
        let values = with!(self, session, expires_at.timestamp());
        self.database.run(sql, values).await.map(drop)
    }

    async fn is_revoked(&self, session: &str) -> Result<bool, StoreError> {
        let sql = "SELECT session_id FROM revoked_sessions WHERE studio = $1 AND session_id = $2";
        Ok(!self.database.rows(sql, with!(self, session)).await?.is_empty())
    }

    async fn forget_revoked_before(&self, time: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "DELETE FROM revoked_sessions WHERE studio = $1 AND expires_at < $2";
        self.database
            .run(sql, with!(self, time.timestamp()))
            .await
            .map(drop)
    }
}
