//! How long a session lasts, what seals it, and how guesses at sign-in are slowed.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;

use super::source::{ConfigError, Source, value_error, wrong};

/// Sessions and signing in. Its `Debug` shows no key.
#[derive(Clone)]
pub struct Session {
    /// Seals the cookies; where none is set one is made and kept in the data folder.
    pub key: Option<[u8; 32]>,
    /// How long a session lasts.
    pub lasts: TimeDelta,
    /// Against guessing.
    pub brakes: Brakes,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({} h)", self.lasts.num_hours())
    }
}

/// How guessing is slowed. Each wrong answer fills two leaky buckets, the number's and the address's; a full one
/// refuses, and opens by itself as it leaks.
#[derive(Clone, Copy, Debug)]
pub struct Brakes {
    /// Wrong answers for one number before it is locked.
    pub per_number: u32,
    /// How long until one of those is forgotten.
    pub number_forgets_one_in: TimeDelta,
    /// Wrong answers from one address before it is locked. Larger: a studio's own network is one address.
    pub per_address: u32,
    /// How long until one of those is forgotten.
    pub address_forgets_one_in: TimeDelta,
    /// No sign-in that fails is answered sooner than this, so that a number that exists takes as long as one that does not.
    pub answer_no_sooner_than: Duration,
}

impl Default for Brakes {
    fn default() -> Self {
        Self {
            per_number: 5,
            number_forgets_one_in: TimeDelta::minutes(15),
            per_address: 30,
            address_forgets_one_in: TimeDelta::minutes(1),
            answer_no_sooner_than: Duration::from_millis(800),
        }
    }
}

impl Session {
    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let wants = "write whole hours from 1 to 720";
        let hours = from.parsed("session_hours", wants, 168_i64)?;
        if !(1..=720).contains(&hours) {
            return Err(value_error("session_hours", &hours.to_string(), wants));
        }
        let key = from
            .text("session_key")
            .map(|text| key_from_text(text).ok_or_else(key_error))
            .transpose()?;
        Ok(Self {
            key,
            lasts: TimeDelta::hours(hours),
            brakes: Brakes::default(),
        })
    }
}

fn key_error() -> ConfigError {
    wrong(
        "session_key",
        "is not 32 bytes in Base64; `openssl rand -base64 32` makes one",
    )
}

/// Reads a session key: 32 bytes in Base64.
pub fn key_from_text(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text.trim()).ok()?.try_into().ok()
}
