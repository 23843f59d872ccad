//! Days as text, by hand: chrono's own parser and formatter would be 20 kB of the browser's bundle.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serializer, de};

/// Reads `2026-12-02`, the form in which chrono writes a day.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let mut next = |length: usize| {
        let part = parts.next().filter(|part| part.len() == length)?;
        let plain = part.bytes().all(|b| b.is_ascii_digit());
        if plain { part.parse::<u32>().ok() } else { None }
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    NaiveDate::from_ymd_opt(year.cast_signed(), month, day)
}

/// Writes a number with zeros before it.
pub(crate) fn push_digits(text: &mut String, number: u32, length: usize) {
    let digits = number.to_string();
    for _ in digits.len()..length {
        text.push('0');
    }
    text.push_str(&digits);
}

/// For `#[serde(with)]`.
pub(crate) fn serialize<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&day.to_string())
}

/// For `#[serde(with)]`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(from)?;
    parse(&text).ok_or_else(|| de::Error::custom("a day has the form YYYY-MM-DD"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written_and_nothing_else_is_one() {
        for text in ["2026-12-02", "2028-02-29", "0001-01-01"] {
            assert_eq!(parse(text).unwrap().to_string(), text);
        }
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-01",
            "26-12-02",
            "2026-12-02T",
            "+026-12-02",
            "",
            "--",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
