//! Sessions that were signed out of: a sealed cookie cannot be taken back, so its id is remembered until its end.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreError;

/// All may be repeated, by whomever. All errors are the database's.
#[async_trait]
pub trait Revoked: Send + Sync {
    /// Ends a session.
    async fn revoke(&self, session: &str, expires_at: DateTime<Utc>) -> Result<(), StoreError>;

    /// Whether a session was ended.
    async fn is_revoked(&self, session: &str) -> Result<bool, StoreError>;

    /// Forgets those that would have ended by now.
    async fn forget_revoked_before(&self, time: DateTime<Utc>) -> Result<(), StoreError>;
}
