//! Sessions that were signed out of: a sealed cookie cannot be taken back, so its id is remembered until its end.

use chrono::{DateTime, Utc};

use super::{Store, StoreError};

impl Store {
    /// Ends a session.
    ///
    /// # Errors
    /// The database's.
    pub async fn revoke(&self, session: &str, expires_at: DateTime<Utc>) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO revoked_sessions (session_id, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
        sqlx::query(sql)
            .bind(session)
            .bind(expires_at.timestamp())
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// Whether a session was ended.
    ///
    /// # Errors
    /// The database's.
    pub async fn is_revoked(&self, session: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM revoked_sessions WHERE session_id = ?)";
        Ok(sqlx::query_scalar(sql).bind(session).fetch_one(&self.0).await?)
    }

    /// Forgets those that would have ended by now.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_revoked_before(&self, time: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "DELETE FROM revoked_sessions WHERE expires_at < ?";
        sqlx::query(sql).bind(time.timestamp()).execute(&self.0).await?;
        Ok(())
    }
}
