//! A device on which somebody signed in before: its guesses at them are counted by themselves, so that a stranger's do not
//! keep the member out.
//!
//! Its cookie opens nothing. Whoever takes it away gets as many guesses as any address has.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::seal::{Purpose, Seal};

/// A family has no more; beyond it whoever came first is forgotten.
const MOST: usize = 6;
const LASTS: TimeDelta = TimeDelta::days(180);

/// A device, and who was signed in on it. No number and no address is in it, only what they fold to.
#[derive(Clone, Serialize, Deserialize)]
pub struct KnownDevice {
    #[serde(rename = "d")]
    id: String,
    #[serde(rename = "k")]
    knows: Vec<String>,
    #[serde(rename = "e")]
    ends_at: i64,
}

impl KnownDevice {
    /// Opens a cookie's value.
    pub fn of_cookie(seal: &Seal, value: &str, now: DateTime<Utc>) -> Option<Self> {
        let device: Self = seal.open_for(Purpose::Device, value)?;
        (now.timestamp() < device.ends_at).then_some(device)
    }

    /// Its name among the counters, where this identity was signed in on it.
    pub fn name_for(&self, identity: &str) -> Option<&str> {
        self.knows.contains(&mark(identity)).then_some(self.id.as_str())
    }

    /// The same device, or a new one, on which somebody has just signed in.
    #[must_use]
    pub fn knowing(device: Option<Self>, identity: &str, now: DateTime<Utc>) -> Self {
        let mut device = device.unwrap_or_else(|| Self {
            id: URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>()),
            knows: Vec::new(),
            ends_at: 0,
        });
        let mark = mark(identity);
        device.knows.retain(|known| *known != mark);
        device.knows.insert(0, mark);
        device.knows.truncate(MOST);
        device.ends_at = (now + LASTS).timestamp();
        device
    }

    /// Its cookie's value, and how long to keep it.
    pub fn sealed(&self, seal: &Seal) -> Option<(String, TimeDelta)> {
        Some((seal.seal_for(Purpose::Device, self)?, LASTS))
    }
}

/// What stands for an identity, however it is typed. It is sealed, as is all of the cookie.
fn mark(identity: &str) -> String {
    let hash = Sha256::new().chain_update(identity.trim().to_lowercase());
    URL_SAFE_NO_PAD.encode(hash.chain_update(b"\0known device").finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_knows_who_signed_in_on_it_and_nobody_else_until_half_a_year_is_over() {
        let (seal, now) = (
            Seal::new(&[7; 32]),
            DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
        );
        let device = KnownDevice::knowing(None, "M-1", now);
        let device = KnownDevice::knowing(Some(device), "ada@example.org", now);
        let (value, _) = device.sealed(&seal).unwrap();
        let opened = KnownDevice::of_cookie(&seal, &value, now).unwrap();
        assert!(opened.name_for(" m-1 ").is_some());
        assert_eq!(opened.name_for("m-1"), opened.name_for("ADA@example.org"));
        assert!(opened.name_for("M-2").is_none());
        assert!(KnownDevice::of_cookie(&seal, &value, now + LASTS).is_none());
        assert!(KnownDevice::of_cookie(&Seal::new(&[8; 32]), &value, now).is_none());
    }

    #[test]
    fn its_cookie_stays_small() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let many = (0..99).fold(None, |device, n| {
            Some(KnownDevice::knowing(device, &n.to_string(), now))
        });
        let (value, _) = many.unwrap().sealed(&Seal::new(&[7; 32])).unwrap();
        assert!(value.len() < 1000, "{}", value.len());
    }
}
