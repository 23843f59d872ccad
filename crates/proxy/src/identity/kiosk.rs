//! A kiosk: a device in the studio that staff paired. There is no other way to become one.
//!
//! Its cookie holds an id and nothing else: who is signed in, and the studio's key, are no part of it. Sealed anew whenever
//! it is used, so that a key of the seal can be changed and taken away.

use std::net::{IpAddr, Ipv6Addr};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{PairingCode, Purpose, Seal};
use crate::store::{PairedKiosk, Store, StoreError};

/// The longest that browsers keep any.
const LASTS: TimeDelta = TimeDelta::days(400);

/// A device that is a kiosk now. Made by [`Kiosk::of_cookie`] and [`Kiosk::pair`] alone: whoever has one need ask no
/// further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kiosk(PairedKiosk);

/// What its cookie carries.
#[derive(Serialize, Deserialize)]
struct Carried {
    #[serde(rename = "k")]
    id: String,
}

impl Kiosk {
    /// Opens a cookie's value: sealed by us, and not revoked.
    ///
    /// # Errors
    /// The database cannot say whether it was revoked.
    pub async fn of_cookie(seal: &Seal, store: &dyn Store, value: &str) -> Result<Option<Self>, StoreError> {
        let Some(carried) = seal.open_for::<Carried>(Purpose::Kiosk, value) else {
            return Ok(None);
        };
        Ok(store.kiosk(&carried.id).await?.map(Self))
    }

    /// Whether a cookie's value was sealed by us, for a kiosk: for when the database cannot say whether it is one still.
    pub fn was_one(seal: &Seal, value: &str) -> bool {
        seal.open_for::<Carried>(Purpose::Kiosk, value).is_some()
    }

    /// Uses a code; `None` where it is no code of ours, over, or used.
    ///
    /// # Errors
    /// The database's; the code may then be used or not.
    pub async fn pair(
        store: &dyn Store,
        code: &PairingCode,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(store.pair_kiosk(&code.hash(), now).await?.map(Self))
    }

    /// Its cookie's value, and how long to keep it.
    pub fn sealed(&self, seal: &Seal) -> Option<(String, TimeDelta)> {
        let id = self.id().to_owned();
        Some((seal.seal_for(Purpose::Kiosk, &Carried { id })?, LASTS))
    }

    /// What sessions that begin at it are bound to.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// What staff call it.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What stands for it where guesses are counted by address, for one kind of guess: an address that nobody has, of the
    /// local ones (RFC 4193). Its first half is what is counted by.
    pub(super) fn place(&self, of: &str) -> IpAddr {
        let hash = Sha256::new()
            .chain_update(self.id())
            .chain_update([0])
            .chain_update(of);
        let mut bytes = [0; 16];
        bytes
            .iter_mut()
            .zip(hash.finalize())
            .for_each(|(to, from)| *to = from);
        IpAddr::V6(Ipv6Addr::from(u128::from_be_bytes(bytes) >> 8 | 0xfd << 120))
    }
}

#[cfg(test)]
mod tests {
    use super::super::network;
    use super::*;

    fn kiosk(id: &str) -> Kiosk {
        Kiosk(PairedKiosk {
            id: id.into(),
            name: "Desk".into(),
        })
    }

    #[test]
    fn each_kiosk_is_counted_by_itself_and_so_is_each_kind_of_guess() {
        let place = |id, of| network(kiosk(id).place(of));
        assert_eq!(place("a", "pin"), place("a", "pin"));
        assert!(place("a", "pin") != place("a", "card") && place("a", "pin") != place("b", "pin"));
        let IpAddr::V6(local) = place("a", "pin") else {
            panic!("an address that nobody has")
        };
        assert!(local.is_unique_local());
    }

    #[test]
    fn its_cookie_outlives_a_change_of_keys_and_shows_nothing() {
        let (old, new) = (Seal::new(&[7; 32]), Seal::with_older(&[8; 32], &[[7; 32]]));
        let (value, lasts) = kiosk("id-of-a-kiosk").sealed(&old).unwrap();
        assert!(lasts >= TimeDelta::days(365) && !value.contains("id-of-a-kiosk"));
        let opened: Carried = new.open_for(Purpose::Kiosk, &value).unwrap();
        assert_eq!(opened.id, "id-of-a-kiosk");
        let (anew, _) = kiosk("id-of-a-kiosk").sealed(&new).unwrap();
        assert!(
            Seal::new(&[8; 32])
                .open_for::<Carried>(Purpose::Kiosk, &anew)
                .is_some()
        );
    }
}
