//! Kiosks: devices that staff paired by a code. Of a member nothing; of a code its hash alone, until it is used.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreError;

/// A kiosk that waits for a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKiosk {
    /// What staff call it.
    pub name: String,
    /// What its device is known by once it is paired. New.
    pub id: String,
    /// Of the code that pairs it.
    pub code_hash: String,
    /// When the code is over.
    pub code_until: DateTime<Utc>,
}

/// Where a kiosk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KioskState {
    /// No device yet; the code is good until then.
    Waits(DateTime<Utc>),
    /// A device was paired for it.
    Paired {
        /// Then.
        at: DateTime<Utc>,
        /// When it was last heard of, to a few minutes.
        seen: Option<DateTime<Utc>>,
    },
    /// It is none any more, since then.
    Revoked(DateTime<Utc>),
}

/// A device that was paired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairedKiosk {
    /// What its device is known by.
    pub id: String,
    /// What staff call it.
    pub name: String,
}

/// All errors are the database's.
#[async_trait]
pub trait Kiosks: Send + Sync {
    /// Puts one down. One of the same name that no device was paired for, or that was revoked, makes room for it, and its
    /// code is good for nothing; `false`, and nothing is changed, where a device stands under that name.
    async fn put_kiosk(&self, kiosk: &NewKiosk) -> Result<bool, StoreError>;

    /// Uses a code: the kiosk is given to the first who does while it is good, whatever the process, and to nobody else.
    async fn pair_kiosk(
        &self,
        code_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<PairedKiosk>, StoreError>;

    /// The kiosk that a device was paired for, unless it was revoked.
    async fn kiosk(&self, id: &str) -> Result<Option<PairedKiosk>, StoreError>;

    /// It was heard of; nothing is changed where it was after `unless_since`, whichever process heard it.
    async fn kiosk_seen(
        &self,
        id: &str,
        now: DateTime<Utc>,
        unless_since: DateTime<Utc>,
    ) -> Result<(), StoreError>;

    /// All that are remembered, by name.
    async fn kiosks(&self) -> Result<Vec<(String, KioskState)>, StoreError>;

    /// Takes one away, paired or not; `false` where there is none of that name.
    async fn revoke_kiosk(&self, name: &str, now: DateTime<Utc>) -> Result<bool, StoreError>;

    /// Forgets those that were revoked before a time, or whose code was over by then without a device.
    async fn forget_kiosks_before(&self, time: DateTime<Utc>) -> Result<(), StoreError>;
}
