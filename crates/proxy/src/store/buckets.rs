//! What is counted by all processes together: calls to the upstream, and tries at signing in. The sums are
//! [`crate::bucket`]'s; here is where the numbers are kept.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreError;
use crate::bucket::Bucket;

/// Does the sums, at a time since 1970. It may be called again where somebody else was faster; its last word counts.
pub type Sums<'a> = dyn FnMut(&mut [Bucket], Duration) + Send + 'a;

/// Buckets by their names. One that nobody wrote is full. A name holds nothing of a person: a template, or a keyed hash.
#[async_trait]
pub trait Buckets: Send + Sync {
    /// Changes the buckets of different names together, as if nobody else were there: between what the sums are given and
    /// what they make of it there is no change of another process. Where they change nothing, nothing is written.
    ///
    /// The time is the database's own where several machines share it, so that their clocks do not matter; `now` where it
    /// is a file.
    ///
    /// # Errors
    /// The database's; then nothing was changed, or, if the connection broke, something was taken and nobody has it.
    async fn change(&self, names: &[&str], now: DateTime<Utc>, sums: &mut Sums<'_>)
    -> Result<(), StoreError>;

    /// Forgets those that have been full for a while, which changes nothing.
    ///
    /// # Errors
    /// The database's.
    async fn forget_full_buckets(&self, now: DateTime<Utc>) -> Result<(), StoreError>;
}

#[cfg(test)]
pub(crate) mod in_memory {
    //! For tests of what is counted, without a database.

    use std::collections::HashMap;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    /// Can be away.
    #[derive(Default)]
    pub(crate) struct InMemory {
        buckets: Mutex<HashMap<String, Bucket>>,
        pub(crate) away: AtomicBool,
    }

    impl InMemory {
        pub(crate) fn names(&self) -> Vec<String> {
            self.buckets.lock().unwrap().keys().cloned().collect()
        }
    }

    #[async_trait]
    impl Buckets for InMemory {
        async fn change(
            &self,
            names: &[&str],
            now: DateTime<Utc>,
            sums: &mut Sums<'_>,
        ) -> Result<(), StoreError> {
            if self.away.load(Ordering::SeqCst) {
                return Err(StoreError::Contended);
            }
            let mut kept = self.buckets.lock().unwrap();
            let of = |name: &&str| kept.get(*name).copied().unwrap_or_default();
            let mut buckets: Vec<Bucket> = names.iter().map(of).collect();
            let micros = u64::try_from(now.timestamp_micros()).unwrap();
            sums(&mut buckets, Duration::from_micros(micros));
            kept.extend(names.iter().map(|name| (*name).to_owned()).zip(buckets));
            Ok(())
        }

        async fn forget_full_buckets(&self, _: DateTime<Utc>) -> Result<(), StoreError> {
            Ok(())
        }
    }
}
