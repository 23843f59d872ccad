//! What may be used once: the tokens of other sites, and steps of signing in. Remembered until nobody would take them anyway.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreError;

/// All errors are the database's.
#[async_trait]
pub trait SingleUse: Send + Sync {
    /// Uses something: `true` for the first who does, `false` for all others, whatever the process.
    async fn use_once(&self, name: &str, expires_at: DateTime<Utc>) -> Result<bool, StoreError>;

    /// Forgets what would have ended by now.
    async fn forget_used_before(&self, time: DateTime<Utc>) -> Result<(), StoreError>;
}
