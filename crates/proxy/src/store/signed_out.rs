//! Who signed out everywhere: no session of theirs that began before counts any more.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use perfectgym::CustomerId;

use super::StoreError;

/// All may be repeated, by whomever. All errors are the database's.
#[async_trait]
pub trait SignedOut: Send + Sync {
    /// Ends every session of theirs that began until a time, to the millisecond. Never takes back a later one.
    async fn sign_out_everywhere(&self, customer: CustomerId, until: DateTime<Utc>)
    -> Result<(), StoreError>;

    /// Until when sessions of theirs were ended.
    async fn signed_out_until(&self, customer: CustomerId) -> Result<Option<DateTime<Utc>>, StoreError>;

    /// Forgets what ended only sessions that would have ended by themselves.
    async fn forget_signed_out_before(&self, time: DateTime<Utc>) -> Result<(), StoreError>;
}
