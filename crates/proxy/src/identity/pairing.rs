//! The code that makes a device a kiosk: staff read it off one screen and type it on another. Good once, for ten minutes;
//! what is kept is its hash.
//!
//! Ten characters of thirty-two: nobody guesses one in its ten minutes, nor finds it by its hash.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng as _;
use sha2::{Digest as _, Sha256};

use crate::store::NewKiosk;

/// Crockford's: no letter that is read as a digit.
const CHARACTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 10;
const LASTS: TimeDelta = TimeDelta::minutes(10);

/// A code. Shown once, by `Display`, to whoever made it; deliberately not `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct PairingCode(String);

impl PairingCode {
    /// A new one.
    pub fn made() -> Self {
        let mut random = rand::rng();
        let mut one = || CHARACTERS.get(random.random_range(0..CHARACTERS.len()));
        Self(
            (0..LENGTH)
                .filter_map(|_| one().copied().map(char::from))
                .collect(),
        )
    }

    /// As it was typed; `None` where it can be none.
    pub fn typed(text: &str) -> Option<Self> {
        let between = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '–' | '\u{200b}');
        let code: Option<String> = text
            .chars()
            .filter(between)
            .take(LENGTH + 1)
            .map(character)
            .collect();
        code.filter(|code| code.len() == LENGTH).map(Self)
    }

    /// What is kept of it, and what guesses are counted under.
    pub fn hash(&self) -> String {
        let hash = Sha256::new().chain_update(b"frontdesk pairing code\0");
        URL_SAFE_NO_PAD.encode(hash.chain_update(&self.0).finalize())
    }

    /// A kiosk that waits for the device on which this is typed.
    pub fn for_kiosk(&self, name: &str, now: DateTime<Utc>) -> NewKiosk {
        NewKiosk {
            name: name.to_owned(),
            id: URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>()),
            code_hash: self.hash(),
            code_until: now + LASTS,
        }
    }
}

/// In two halves.
impl fmt::Display for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, other) = self.0.split_at_checked(LENGTH / 2).unwrap_or((&self.0, ""));
        write!(f, "{one}-{other}")
    }
}

fn character(typed: char) -> Option<char> {
    let meant = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let known = u8::try_from(meant).is_ok_and(|byte| CHARACTERS.contains(&byte));
    known.then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_taken_as_it_is_read_and_typed() {
        let code = PairingCode::made();
        let shown = code.to_string();
        assert_eq!((shown.len(), shown.find('-')), (11, Some(5)));
        let ways = [
            shown.to_lowercase(),
            format!(" {} ", shown.replace('-', " ")),
            shown.replace('0', "o").replace('1', "l"),
            shown.replace('-', ""),
        ];
        for typed in ways {
            assert!(PairingCode::typed(&typed) == Some(code.clone()), "{typed}");
        }
        let short = shown.get(1..).unwrap();
        for odd in [
            "",
            short,
            &format!("{shown}0"),
            "UUUUU-UUUUU",
            "０１２３４５６７８９",
            "----------",
        ] {
            assert!(PairingCode::typed(odd).is_none(), "{odd}");
        }
    }

    #[test]
    fn what_is_kept_does_not_show_the_code() {
        let (code, now) = (PairingCode::made(), DateTime::UNIX_EPOCH);
        let kept = code.for_kiosk("Desk", now);
        assert!(!kept.code_hash.contains(&code.0) && !kept.id.contains(&code.0));
        assert_eq!(kept.code_until, now + TimeDelta::minutes(10));
        let other = PairingCode::made();
        assert!(other != code && other.hash() != code.hash());
        assert_ne!(code.for_kiosk("Desk", now).id, kept.id);
    }
}
