//! E-mails to sign in with that are under way: what was sent, how many tries at it are left, and until when. What was
//! sent is sealed by whoever asks; nothing here can read an address or a digit.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreError;

/// What came of asking for a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Try {
    /// This one counts.
    Taken {
        /// What was put down.
        sealed: String,
        /// Tries left after this one.
        left: u32,
    },
    /// All were taken.
    UsedUp,
    /// There is none: it was used, it is over, or there never was one.
    Gone,
}

/// Two processes that ask at once never take the same try, and never both use one. All errors are the database's.
#[async_trait]
pub trait Codes: Send + Sync {
    /// Puts one down. The id is new.
    async fn put_code(
        &self,
        id: &str,
        sealed: &str,
        tries: u32,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError>;

    /// Takes one of its tries, whatever comes of it.
    async fn take_try(&self, id: &str, now: DateTime<Utc>) -> Result<Try, StoreError>;

    /// What was put down, without taking a try: for a secret that nobody can guess.
    async fn code(&self, id: &str, now: DateTime<Utc>) -> Result<Option<String>, StoreError>;

    /// Uses it up; `false` where somebody else has.
    async fn use_code(&self, id: &str) -> Result<bool, StoreError>;

    /// Forgets those that are over.
    async fn forget_codes_before(&self, time: DateTime<Utc>) -> Result<(), StoreError>;
}
