//! Sealing sessions into cookies: XChaCha20-Poly1305, so that a browser can neither read nor make one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use chrono::{DateTime, TimeDelta, Utc};
use perfectgym::CustomerId;
use serde::{Deserialize, Serialize};

/// Binds a seal to its purpose and version; another one opens nothing.
const PURPOSE: &[u8] = b"frontdesk session 1";
const NONCE: usize = 24;
/// A browser keeps no cookie above 4 kB.
const LONGEST_NAME: usize = 60;

/// Seals and opens.
pub struct Seal(XChaCha20Poly1305);

/// A session, as its cookie carries it. Neither `Debug` nor public in what it holds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionToken {
    #[serde(rename = "s")]
    id: String,
    #[serde(rename = "c")]
    customer: CustomerId,
    #[serde(rename = "n")]
    first_name: Option<String>,
    #[serde(rename = "i")]
    issued_at: i64,
    #[serde(rename = "e")]
    expires_at: i64,
}

impl SessionToken {
    /// A new session. Only for whoever has just established who the customer is.
    pub fn start(
        customer: CustomerId,
        first_name: Option<&str>,
        now: DateTime<Utc>,
        lasts: TimeDelta,
    ) -> Self {
        let id = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>());
        let first_name = first_name.map(str::trim).filter(|name| !name.is_empty());
        Self {
            id,
            customer,
            first_name: first_name.map(|name| name.chars().take(LONGEST_NAME).collect()),
            issued_at: now.timestamp(),
            expires_at: (now + lasts).timestamp(),
        }
    }

    /// What it is revoked by.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whose it is.
    pub fn customer(&self) -> CustomerId {
        self.customer
    }

    /// All that the browser may know of them.
    pub fn first_name(&self) -> Option<&str> {
        self.first_name.as_deref()
    }

    /// When it ends.
    pub fn expires_at(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.expires_at, 0).unwrap_or_default()
    }

    /// Whether it has begun and not ended.
    fn holds_at(&self, now: DateTime<Utc>) -> bool {
        // A minute's grace, for clocks that were set back.
        (self.issued_at - 60..self.expires_at).contains(&now.timestamp())
    }
}

impl Seal {
    /// Seals with a key. Whoever has it can be any member.
    pub fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// The cookie's value; `None` where it cannot be sealed, which no session of ours is.
    pub fn seal(&self, session: &SessionToken) -> Option<String> {
        let nonce: [u8; NONCE] = rand::random();
        let text = serde_json::to_vec(session).ok()?;
        let payload = Payload {
            msg: &text,
            aad: PURPOSE,
        };
        let sealed = self.0.encrypt(XNonce::from_slice(&nonce), payload).ok()?;
        Some(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens a cookie's value: `None` where it was not sealed with this key, was changed, or has ended.
    pub fn open(&self, value: &str, now: DateTime<Utc>) -> Option<SessionToken> {
        let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        let payload = Payload {
            msg: sealed,
            aad: PURPOSE,
        };
        let text = self.0.decrypt(XNonce::from_slice(nonce), payload).ok()?;
        let session: SessionToken = serde_json::from_slice(&text).ok()?;
        session.holds_at(now).then_some(session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }

    fn token() -> SessionToken {
        SessionToken::start(CustomerId(i64::MAX), Some("Ada"), now(), TimeDelta::hours(2))
    }

    #[test]
    fn what_was_sealed_opens_until_its_end() {
        let seal = Seal::new(&[7; 32]);
        let value = seal.seal(&token()).unwrap();
        let opened = seal.open(&value, now()).unwrap();
        assert_eq!(opened.customer(), CustomerId(i64::MAX));
        assert_eq!(opened.first_name(), Some("Ada"));
        assert!(seal.open(&value, now() + TimeDelta::minutes(119)).is_some());
        assert!(seal.open(&value, now() + TimeDelta::hours(2)).is_none());
        assert!(seal.open(&value, now() - TimeDelta::hours(1)).is_none());
    }

    #[test]
    fn another_key_or_a_changed_bit_opens_nothing() {
        let value = Seal::new(&[7; 32]).seal(&token()).unwrap();
        assert!(Seal::new(&[8; 32]).open(&value, now()).is_none());
        let bytes = URL_SAFE_NO_PAD.decode(&value).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(
                Seal::new(&[7; 32])
                    .open(&URL_SAFE_NO_PAD.encode(changed), now())
                    .is_none()
            );
        }
        for odd in ["", "A", "AAAA", "not base64!"] {
            assert!(Seal::new(&[7; 32]).open(odd, now()).is_none());
        }
    }

    #[test]
    fn the_cookie_shows_neither_name_nor_id() {
        let value = Seal::new(&[7; 32]).seal(&token()).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(&value).unwrap();
        assert!(!bytes.windows(3).any(|w| w == b"Ada"));
    }
}
