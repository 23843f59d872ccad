//! Signing in at kiosks: how its sessions end, how guesses are slowed, and how its readers write a card's number.

use chrono::TimeDelta;
use perfectgym::CardNumberFormat;

use super::Brakes;
use super::source::{ConfigError, Source, value_error};

/// What a member may sign in with at a kiosk. Nothing, unless the operator says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// A card.
    pub card: bool,
    /// A barcode.
    pub barcode: bool,
    /// A customer number and a PIN.
    pub pin: bool,
}

/// Kiosks' settings, less which media: those are a part of `sign_in`.
#[derive(Clone, Debug)]
pub struct Kiosk {
    /// How long a session lasts at a kiosk, however it is used.
    pub session_lasts: TimeDelta,
    /// How readers write a card's number; the upstream's own where none is set.
    pub card_format: Option<CardNumberFormat>,
    /// Against guessing at a kiosk.
    pub brakes: Brakes,
}

impl Kiosk {
    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let card_format = from
            .text("card_format")
            .map(|word| CardNumberFormat::of(word).ok_or_else(|| format_error(word)))
            .transpose()?;
        Ok(Self {
            session_lasts: minutes(from)?,
            card_format,
            brakes: brakes(),
        })
    }
}

/// Here "an address" is a kiosk and one of the media: ten wrong ones, then one every five minutes. A PIN has four digits,
/// so that a member's is guessed at five times at a kiosk and ten times at all, and then once an hour.
fn brakes() -> Brakes {
    Brakes {
        per_number: 5,
        number_forgets_one_in: TimeDelta::hours(1),
        per_number_from_everywhere: 10,
        per_address: 10,
        address_forgets_one_in: TimeDelta::minutes(5),
        in_total: 60,
        total_forgets_one_in: TimeDelta::seconds(5),
        ..Brakes::default()
    }
}

fn minutes(from: &Source) -> Result<TimeDelta, ConfigError> {
    let wants = "write whole minutes from 1 to 60";
    from.within("kiosk_minutes", wants, 1..=60, 10)
        .map(TimeDelta::minutes)
}

fn format_error(word: &str) -> ConfigError {
    value_error("card_format", word, "write DECIMAL, HEX_MSB or HEX_LSB")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, value: &str) -> Result<Kiosk, ConfigError> {
        let set = [(format!("FRONTDESK_{name}"), value.to_owned())];
        Kiosk::read(&Source::read(set, None).unwrap())
    }

    #[test]
    fn a_session_lasts_minutes_and_a_format_is_the_upstreams_word() {
        let usual = read("ZONE", "").unwrap();
        assert_eq!(
            (usual.session_lasts, usual.card_format),
            (TimeDelta::minutes(10), None)
        );
        let lasts = |text| read("KIOSK_MINUTES", text).map(|kiosk| kiosk.session_lasts);
        assert_eq!(lasts("2").unwrap(), TimeDelta::minutes(2));
        for odd in ["0", "61", "-5", "ten", "1.5"] {
            assert!(
                lasts(odd)
                    .unwrap_err()
                    .to_string()
                    .contains("FRONTDESK_KIOSK_MINUTES")
            );
        }
        let format = |text| read("CARD_FORMAT", text).map(|kiosk| kiosk.card_format);
        assert_eq!(format("HEX_LSB").unwrap(), Some(CardNumberFormat::HexLsb));
        assert!(
            format("hex")
                .unwrap_err()
                .to_string()
                .contains("FRONTDESK_CARD_FORMAT")
        );
    }
}
