//! At a kiosk: by card, by barcode, or by customer number and PIN.
//!
//! Whoever has a card or a barcode is believed, as at the studio's own door: so it is done nowhere but at a [`Kiosk`]. A PIN
//! has four digits and finds somebody nearly always; so it counts only for the number that was typed with it. We ask for
//! whose the PIN is and compare numbers, so that no PIN ever comes here.
//!
//! Wrong input ends in one answer after one time, as by number ([`super::sign_in`]), and guesses are counted by kiosk: a
//! right answer takes back nothing of what was wrong for others.

use booking::KioskSignIn;
use chrono::{DateTime, Utc};
use perfectgym::{CardNumberFormat, Customer, CustomerKey, FindCustomer};
use std::time::Duration;

use super::sign_in::{LONGEST_NUMBER, guessed, is_same_number};
use super::{Brake, Established, Guess, Kiosk, SignInError};
use crate::upstream::{Upstream, UpstreamError};

/// What a member has with them. Deliberately not `Debug`: it is not for logs.
pub enum Medium {
    /// What a reader read of which nobody knows what it reads: a card's number where it may be one (and how that is written),
    /// else a barcode.
    Scanned(String, Option<CardNumberFormat>),
    /// A card's number, and how its reader writes it.
    Card(String, Option<CardNumberFormat>),
    /// A barcode.
    Barcode(String),
    /// A customer number and a PIN.
    Pin {
        /// Whose it is said to be.
        number: String,
        /// The PIN.
        pin: String,
    },
}

impl Medium {
    /// What was read or typed, as it may have been; `format` is that of the studio's card readers.
    pub fn of(given: KioskSignIn, format: Option<CardNumberFormat>) -> Self {
        let own = |text: String| text.trim().to_owned();
        match given {
            KioskSignIn::Scan(text) => Self::Scanned(own(text), format),
            KioskSignIn::Card(number) => Self::Card(own(number), format),
            KioskSignIn::Barcode(barcode) => Self::Barcode(own(barcode)),
            KioskSignIn::Pin { customer_number, pin } => Self::Pin {
                number: own(customer_number),
                pin: own(pin),
            },
        }
    }

    /// What it is, in one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Scanned(..) => "scan",
            Self::Card(..) => "card",
            Self::Barcode(_) => "barcode",
            Self::Pin { .. } => "pin",
        }
    }

    /// For which kind of guess its place is counted, and what is guessed at.
    fn guessed(&self) -> (&'static str, String) {
        let at = match self {
            Self::Scanned(at, _) | Self::Card(at, _) | Self::Barcode(at) | Self::Pin { number: at, .. } => at,
        };
        (self.kind(), format!("{} {at}", self.kind()))
    }

    /// What to ask for, one after the other until somebody is found; nothing where nobody can have it. Nothing goes on that an
    /// upstream could take for more than letters and digits, or for the beginning of many.
    fn keys(&self) -> Vec<CustomerKey> {
        let card = |number: &str, format| sound(number, "").map(|number| CustomerKey::Card(number, format));
        let barcode = |barcode: &str| sound(barcode, "-._/+:$ ").map(CustomerKey::Barcode);
        match self {
            Self::Scanned(text, format) => [card(text, *format), barcode(text)]
                .into_iter()
                .flatten()
                .collect(),
            Self::Card(number, format) => card(number, *format).into_iter().collect(),
            Self::Barcode(text) => barcode(text).into_iter().collect(),
            Self::Pin { number, pin } => {
                let typed = !number.is_empty() && number.len() <= LONGEST_NUMBER;
                let pin = sound(pin, "-").filter(|_| typed);
                pin.map(CustomerKey::Pin).into_iter().collect()
            }
        }
    }

    /// Whether it is theirs, as far as the upstream's answer can show it.
    fn is_of(&self, customer: &Customer) -> bool {
        let Self::Pin { number, .. } = self else {
            return true;
        };
        let on_card = customer.customer_number.as_deref().unwrap_or_default();
        is_same_number(on_card, number).into()
    }
}

/// Whole and short, and of letters and digits with a few signs between.
fn sound(text: &str, signs: &str) -> Option<String> {
    let length = (LEAST..=LONGEST_NUMBER).contains(&text.len());
    let plain = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || signs.contains(c));
    (length && plain).then(|| text.to_owned())
}

/// No card, barcode or PIN is shorter; a search that took beginnings would find somebody by one.
const LEAST: usize = 4;

/// What signing in at a kiosk works with.
pub struct KioskDesk<'a> {
    /// Whom to ask.
    pub upstream: &'a Upstream,
    /// Counts guesses at kiosks.
    pub brake: &'a Brake,
    /// Where it is.
    pub kiosk: &'a Kiosk,
    /// No answer that fails comes sooner.
    pub no_sooner_than: Duration,
}

/// Establishes who somebody is.
///
/// # Errors
/// Wrong, locked, or the upstream could not be asked.
pub async fn by_medium(
    desk: &KioskDesk<'_>,
    medium: &Medium,
    now: DateTime<Utc>,
    language: &str,
) -> Result<Established, SignInError> {
    let (kind, identity) = medium.guessed();
    let guess = Guess {
        identity: &identity,
        address: desk.kiosk.place(kind),
        device: None,
    };
    let check = check(desk.upstream, medium, language);
    let found = guessed(desk.brake, guess, desk.no_sooner_than, now, check).await;
    Ok(found?.into())
}

async fn check(upstream: &Upstream, medium: &Medium, language: &str) -> Result<Customer, SignInError> {
    for by in medium.keys() {
        match upstream.call(&FindCustomer { by }, language).await {
            Ok(customer) if medium.is_of(&customer) => return Ok(customer),
            // 400 and 409 too: of a form that was never given out, or more than one member's.
            Ok(_)
            | Err(UpstreamError::NotFound(_) | UpstreamError::Refused(_) | UpstreamError::Conflict(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(SignInError::Wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(number: &str, pin: &str) -> Medium {
        let (customer_number, pin) = (number.to_owned(), pin.to_owned());
        Medium::of(KioskSignIn::Pin { customer_number, pin }, None)
    }

    fn customer(number: &str) -> Customer {
        serde_json::from_str(&format!(r#"{{"id":7,"customerNumber":{number}}}"#)).unwrap()
    }

    #[test]
    fn a_pin_is_whose_number_was_typed_with_it_and_nobody_elses() {
        assert!(pin(" m-1001 ", "0815").is_of(&customer(r#""M-1001""#)));
        for other in [r#""M-1002""#, r#""M-100""#, r#""""#, "null"] {
            assert!(!pin("M-1001", "0815").is_of(&customer(other)), "{other}");
        }
    }

    #[test]
    fn what_can_be_nobodys_is_not_asked_for() {
        let asks = |given| !Medium::of(given, None).keys().is_empty();
        let card = |text: &str| asks(KioskSignIn::Card(text.into()));
        let barcode = |text: &str| asks(KioskSignIn::Barcode(text.into()));
        assert!(card("5200000001\r\n") && card("0135F1B401") && barcode("SB-1200000001"));
        assert!(!pin("M-1", "0815").keys().is_empty());
        let long = "9".repeat(65);
        for odd in [
            "",
            "   ",
            "123",
            "%%%%",
            "1234*",
            "12&34",
            "12\u{0}34",
            "１２３４",
            &long,
        ] {
            assert!(
                !card(odd) && !barcode(odd) && pin("M-1", odd).keys().is_empty(),
                "{odd}"
            );
        }
        assert!(pin("", "0815").keys().is_empty() && pin(&long, "0815").keys().is_empty());
        let scan = |text: &str| Medium::of(KioskSignIn::Scan(text.into()), None).keys();
        assert!(matches!(
            scan("5200000001")[..],
            [CustomerKey::Card(..), CustomerKey::Barcode(_)]
        ));
        assert!(matches!(scan("SB-1200000001")[..], [CustomerKey::Barcode(_)]));
    }
}
