//! Signing in at kiosks: how its sessions end, how guesses are slowed, and how its readers write a card's number.

use chrono::TimeDelta;
use perfectgym::CardNumberFormat;

use super::Brakes;
use super::source::{ConfigError, Source, value_error};

/// Kiosks' settings, less which media: those are a part of `sign_in`.
#[derive(Clone, Debug)]
pub struct Kiosk {
    /// How long a session lasts at a kiosk, however it is used.
    pub session_lasts: TimeDelta,
    /// After how many seconds without a touch a kiosk asks whether somebody is still there.
    pub idle_seconds: u32,
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
            idle_seconds: idle_seconds(from)?,
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

/// WCAG 2.2.1 wants time to answer; nobody who has gone should stay signed in for longer than ten minutes.
fn idle_seconds(from: &Source) -> Result<u32, ConfigError> {
    let wants = "write whole seconds from 30 to 600";
    from.within("kiosk_idle_seconds", wants, 30..=600, 60)
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
        assert_eq!(usual.idle_seconds, 60);
        let idle = |text| read("KIOSK_IDLE_SECONDS", text).map(|kiosk| kiosk.idle_seconds);
        assert_eq!((idle("30").unwrap(), idle("600").unwrap()), (30, 600));
        for odd in ["29", "601", "0", "-60", "1m"] {
            assert!(
                idle(odd)
                    .unwrap_err()
                    .to_string()
                    .contains("FRONTDESK_KIOSK_IDLE_SECONDS")
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
