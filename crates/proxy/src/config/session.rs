//! How long a session lasts, what seals it, and how guesses at sign-in are slowed.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;

use super::source::{ConfigError, Source, wrong};

/// Sessions and signing in. Its `Debug` shows no key.
#[derive(Clone)]
pub struct Session {
    /// Seals the cookies; where none is set one is made and kept in the data folder.
    pub key: Option<[u8; 32]>,
    /// Keys that seal no more and still open.
    pub older_keys: Vec<[u8; 32]>,
    /// How long a session lasts, however often it is used.
    pub lasts: TimeDelta,
    /// How long it lasts without being used; no longer than `lasts`.
    pub idle: TimeDelta,
    /// Against guessing.
    pub brakes: Brakes,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({} h)", self.lasts.num_hours())
    }
}

/// How guessing is slowed. A wrong answer fills leaky buckets, and a full one refuses; it opens by itself as it leaks.
#[derive(Clone, Copy, Debug)]
pub struct Brakes {
    /// Wrong answers for one identity from one address, or from one device that was signed in as them before.
    pub per_number: u32,
    /// How long until one of those is forgotten, and one of the next.
    pub number_forgets_one_in: TimeDelta,
    /// Wrong answers for one identity from everywhere, but for devices that were signed in as them before. Larger, so that
    /// a stranger who uses up their own does not lock the member out.
    pub per_number_from_everywhere: u32,
    /// Wrong answers from one address before it is locked. Larger: a studio's own network is one address.
    pub per_address: u32,
    /// How long until one of those is forgotten.
    pub address_forgets_one_in: TimeDelta,
    /// Wrong answers of everybody. Beyond it nobody is refused: answers take longer.
    pub in_total: u32,
    /// How long until one of those is forgotten.
    pub total_forgets_one_in: TimeDelta,
    /// No sign-in that fails is answered sooner than this, so that a number that exists takes as long as one that does not.
    pub answer_no_sooner_than: Duration,
}

impl Default for Brakes {
    fn default() -> Self {
        Self {
            per_number: 5,
            number_forgets_one_in: TimeDelta::minutes(15),
            per_number_from_everywhere: 20,
            per_address: 30,
            address_forgets_one_in: TimeDelta::minutes(1),
            in_total: 300,
            total_forgets_one_in: TimeDelta::milliseconds(200),
            answer_no_sooner_than: Duration::from_millis(800),
        }
    }
}

impl Session {
    /// The keys that the operator set.
    pub fn keys(&self) -> Option<SessionKeys> {
        self.key.map(|first| SessionKeys {
            first,
            older: self.older_keys.clone(),
        })
    }

    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let lasts = hours(from, "session_hours", 168)?;
        let idle = hours(from, "session_idle_hours", lasts.num_hours())?;
        let keys = from
            .text("session_key")
            .map(|text| keys_from_text(text).ok_or_else(key_error))
            .transpose()?;
        let (key, older_keys) = keys.map_or((None, Vec::new()), |keys| (Some(keys.first), keys.older));
        Ok(Self {
            key,
            older_keys,
            lasts,
            idle: idle.min(lasts),
            brakes: Brakes::default(),
        })
    }
}

fn hours(from: &Source, name: &str, default: i64) -> Result<TimeDelta, ConfigError> {
    let wants = "write whole hours from 1 to 720";
    from.within(name, wants, 1..=720, default).map(TimeDelta::hours)
}

fn key_error() -> ConfigError {
    wrong(
        "session_key",
        "is not 32 bytes in Base64 (several with commas, the one that seals first); `openssl rand -base64 32` makes one",
    )
}

/// The keys of sessions. Deliberately not `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKeys {
    /// Seals, and opens.
    pub first: [u8; 32],
    /// Open alone.
    pub older: Vec<[u8; 32]>,
}

impl SessionKeys {
    /// One alone.
    pub fn one(first: [u8; 32]) -> Self {
        Self {
            first,
            older: Vec::new(),
        }
    }
}

/// Reads session keys: each 32 bytes in Base64, with commas or line ends between.
pub fn keys_from_text(text: &str) -> Option<SessionKeys> {
    let texts = text
        .split([',', '\n'])
        .map(str::trim)
        .filter(|one| !one.is_empty());
    let mut keys = texts.map(key_from_text).collect::<Option<Vec<_>>>()?.into_iter();
    Some(SessionKeys {
        first: keys.next()?,
        older: keys.collect(),
    })
}

/// Reads a session key: 32 bytes in Base64.
pub fn key_from_text(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text.trim()).ok()?.try_into().ok()
}
