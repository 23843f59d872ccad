//! `FindCustomer`: the customer with that number, card, barcode or PIN.

use axum::Json;
use axum::extract::State;
use perfectgym::CardNumberFormat;
use serde_json::Value;

use super::app::App;
use super::bounds::Params;
use super::error::Problem;
use crate::seed::members::Member;
use crate::seed::record;

pub(super) async fn handle(State(app): State<App>, params: Params) -> Result<Json<Value>, Problem> {
    let key = key(&params, format(&params)?).ok_or(Problem::Parameter("customerNumber"))?;
    let found = app.desk.members().iter().find(|member| key.opens(member));
    Ok(Json(record::of(found.ok_or(Problem::NotFound("customer"))?)))
}

/// One of the contract's words; decimal where none is said.
fn format(params: &Params) -> Result<CardNumberFormat, Problem> {
    const NAME: &str = "cardNumberFormat";
    let Some(word) = params.text(NAME) else {
        return Ok(CardNumberFormat::Decimal);
    };
    CardNumberFormat::of(word).ok_or(Problem::Parameter(NAME))
}

enum Key<'a> {
    Number(&'a str),
    /// None where what was given is no card's number in its format.
    Card(Option<i64>),
    Barcode(&'a str),
    Pin(&'a str),
}

fn key(params: &Params, format: CardNumberFormat) -> Option<Key<'_>> {
    let number = params.text("customerNumber").map(Key::Number);
    let card = |text| Key::Card(card_number(text, format));
    number
        .or_else(|| params.text("cardNumber").map(card))
        .or_else(|| params.text("barcode").map(Key::Barcode))
        .or_else(|| params.text("pin").map(Key::Pin))
}

impl Key<'_> {
    fn opens(&self, member: &Member) -> bool {
        match *self {
            Self::Number(number) => member.customer_number == number,
            Self::Card(card) => card == Some(record::card(member)),
            Self::Barcode(barcode) => record::barcode(member) == barcode,
            Self::Pin(pin) => record::pin(member) == pin,
        }
    }
}

/// What a reader's text stands for; leading zeros are a reader's own.
fn card_number(text: &str, format: CardNumberFormat) -> Option<i64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit());
    let hex = |text: &str| i64::from_str_radix(text, 16).ok();
    match format {
        _ if !plain => None,
        CardNumberFormat::Decimal => text.parse().ok(),
        CardNumberFormat::HexMsb => hex(text),
        CardNumberFormat::HexLsb => hex(&turned(text)?),
    }
}

/// Two digits are a byte, and the last byte comes first; half a byte is none.
fn turned(text: &str) -> Option<String> {
    let bytes: Option<Vec<&str>> = (0..text.len().div_ceil(2))
        .map(|byte| text.get(byte * 2..byte * 2 + 2))
        .collect();
    Some(bytes?.into_iter().rev().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_card_is_read_in_each_format() {
        let read = |text, format| card_number(text, format);
        for format in CardNumberFormat::ALL {
            let text = match format {
                CardNumberFormat::Decimal => "5200000001",
                CardNumberFormat::HexMsb => "0135F1B401",
                CardNumberFormat::HexLsb => "01b4f13501",
            };
            assert_eq!(read(text, format), Some(5_200_000_001), "{format:?}");
        }
        assert_eq!(
            read("0005200000001", CardNumberFormat::Decimal),
            Some(5_200_000_001)
        );
        assert_eq!(read("5F1B401", CardNumberFormat::HexLsb), None, "half a byte");
        for odd in ["", "+1", "-1", "0x1", "1 2", "99999999999999999999", "é1"] {
            for format in CardNumberFormat::ALL {
                assert_eq!(read(odd, format), None, "{odd} {format:?}");
            }
        }
    }
}
