//! Sealing: XChaCha20-Poly1305, so that a browser can neither read nor make what it carries for us.
//!
//! There may be several keys: the first seals, all open. So a key is changed without signing anybody out: the new one is
//! put first, and the old one is taken away when nothing that it sealed is of use any more.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::SessionToken;

const NONCE: usize = 24;
/// Before the sealed text, so that one key is tried and not all. Texts of before there were several have none.
const MARK: char = '.';

/// What something was sealed for. Sealed for one purpose it opens for no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A session's cookie.
    Session,
    /// The same, as an app's memory holds it.
    Bearer,
    /// Between the steps of signing in.
    Step,
    /// Whoever signed in here before.
    Device,
    /// What the store keeps of a mail.
    Code,
    /// A device that was paired.
    Kiosk,
}

impl Purpose {
    fn bound_to(self) -> &'static [u8] {
        match self {
            Self::Session => b"frontdesk session 1",
            Self::Bearer => b"frontdesk bearer 1",
            Self::Step => b"frontdesk step 1",
            Self::Device => b"frontdesk device 1",
            Self::Code => b"frontdesk code 1",
            Self::Kiosk => b"frontdesk kiosk 1",
        }
    }
}

/// Seals and opens.
pub struct Seal {
    first: Key,
    older: Vec<Key>,
}

struct Key {
    name: String,
    cipher: XChaCha20Poly1305,
}

impl Key {
    fn new(key: &[u8; 32]) -> Self {
        let named = Sha256::new()
            .chain_update(b"frontdesk key name")
            .chain_update(key);
        let name = URL_SAFE_NO_PAD.encode(named.finalize());
        Self {
            name: name.chars().take(6).collect(),
            cipher: XChaCha20Poly1305::new(key.into()),
        }
    }

    fn open(&self, bytes: &[u8], purpose: Purpose) -> Option<Vec<u8>> {
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        let payload = Payload {
            msg: sealed,
            aad: purpose.bound_to(),
        };
        self.cipher.decrypt(XNonce::from_slice(nonce), payload).ok()
    }
}

impl Seal {
    /// Seals with a key. Whoever has it can be any member.
    pub fn new(key: &[u8; 32]) -> Self {
        Self::with_older(key, &[])
    }

    /// Seals with the first key, and opens what the older ones sealed.
    pub fn with_older(first: &[u8; 32], older: &[[u8; 32]]) -> Self {
        Self {
            first: Key::new(first),
            older: older.iter().map(Key::new).collect(),
        }
    }

    /// A session's cookie; `None` where it cannot be sealed, which no session of ours is.
    pub fn seal(&self, session: &SessionToken) -> Option<String> {
        self.seal_for(Purpose::Session, session)
    }

    /// Opens a session's cookie: `None` where it was not sealed with a key of ours, was changed, or has ended.
    pub fn open(&self, value: &str, now: DateTime<Utc>) -> Option<SessionToken> {
        let session: SessionToken = self.open_for(Purpose::Session, value)?;
        session.holds_at(now).then_some(session)
    }

    /// Seals a value for a purpose, as text that a cookie can carry; `None` where it cannot be written as JSON.
    pub fn seal_for<T: Serialize>(&self, purpose: Purpose, value: &T) -> Option<String> {
        let nonce: [u8; NONCE] = rand::random();
        let text = serde_json::to_vec(value).ok()?;
        let payload = Payload {
            msg: &text,
            aad: purpose.bound_to(),
        };
        let sealed = self
            .first
            .cipher
            .encrypt(XNonce::from_slice(&nonce), payload)
            .ok()?;
        let sealed = URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat());
        Some(format!("{}{MARK}{sealed}", self.first.name))
    }

    /// Opens what was sealed for the same purpose, with any of our keys. How long it holds is for its reader to say.
    pub fn open_for<T: DeserializeOwned>(&self, purpose: Purpose, value: &str) -> Option<T> {
        let (name, sealed) = match value.split_once(MARK) {
            Some((name, sealed)) => (Some(name), sealed),
            None => (None, value),
        };
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let mut keys = std::iter::once(&self.first).chain(&self.older);
        let text = keys.find_map(|key| {
            let may_be = name.is_none_or(|name| name == key.name);
            may_be.then(|| key.open(&bytes, purpose)).flatten()
        })?;
        serde_json::from_slice(&text).ok()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use perfectgym::CustomerId;

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }

    fn token() -> SessionToken {
        SessionToken::start(CustomerId(i64::MAX), Some("Ada"), now(), TimeDelta::hours(2))
    }

    /// As cookies were sealed before there were several keys.
    fn sealed_of_old(key: &[u8; 32], text: &str) -> String {
        let nonce = [5; NONCE];
        let payload = Payload {
            msg: text.as_bytes(),
            aad: b"frontdesk session 1",
        };
        let cipher = XChaCha20Poly1305::new(key.into());
        let sealed = cipher.encrypt(XNonce::from_slice(&nonce), payload).unwrap();
        URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat())
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
        let (name, sealed) = value.split_once(MARK).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(sealed).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            for before in ["", &format!("{name}{MARK}")] {
                let changed = format!("{before}{}", URL_SAFE_NO_PAD.encode(&changed));
                assert!(Seal::new(&[7; 32]).open(&changed, now()).is_none());
            }
        }
        for odd in ["", "A", "AAAA", "not base64!", ".", "a.", ".a", "a.b.c"] {
            assert!(Seal::new(&[7; 32]).open(odd, now()).is_none());
        }
    }

    #[test]
    fn the_cookie_shows_neither_name_nor_id() {
        let value = Seal::new(&[7; 32]).seal(&token()).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(value.split_once(MARK).unwrap().1).unwrap();
        assert!(!bytes.windows(3).any(|w| w == b"Ada"));
    }

    #[test]
    fn a_key_that_is_older_opens_and_seals_no_more() {
        let of_old = Seal::new(&[7; 32]).seal(&token()).unwrap();
        let changed = Seal::with_older(&[8; 32], &[[7; 32]]);
        assert!(changed.open(&of_old, now()).is_some());
        let new = changed.seal(&token()).unwrap();
        assert!(Seal::new(&[8; 32]).open(&new, now()).is_some());
        assert!(Seal::new(&[7; 32]).open(&new, now()).is_none());
    }

    #[test]
    fn a_cookie_of_the_form_that_names_no_key_still_opens() {
        let text = r#"{"s":"abc","c":7,"n":"Ada","i":1790000000,"e":1790007200}"#;
        let value = sealed_of_old(&[7; 32], text);
        for seal in [Seal::new(&[7; 32]), Seal::with_older(&[8; 32], &[[7; 32]])] {
            let opened = seal.open(&value, now()).unwrap();
            assert_eq!((opened.id(), opened.first_name()), ("abc", Some("Ada")));
        }
        assert!(Seal::new(&[8; 32]).open(&value, now()).is_none());
    }

    #[test]
    fn what_was_sealed_for_one_purpose_opens_for_no_other() {
        let seal = Seal::new(&[7; 32]);
        let all = [
            Purpose::Session,
            Purpose::Bearer,
            Purpose::Step,
            Purpose::Device,
            Purpose::Code,
            Purpose::Kiosk,
        ];
        for made in all {
            let value = seal.seal_for(made, &token()).unwrap();
            for asked in all {
                let opened: Option<SessionToken> = seal.open_for(asked, &value);
                assert_eq!(opened.is_some(), made == asked, "{made:?} as {asked:?}");
            }
        }
    }
}
