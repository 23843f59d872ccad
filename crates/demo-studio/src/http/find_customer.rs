//! `FindCustomer`: the customer with that number, card, barcode or PIN.

use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::app::App;
use super::bounds::Params;
use super::error::Problem;
use crate::seed::members::Member;
use crate::seed::record;

pub(super) async fn handle(State(app): State<App>, params: Params) -> Result<Json<Value>, Problem> {
    check_format(&params)?;
    let key = key(&params).ok_or(Problem::Parameter("customerNumber"))?;
    let found = app.desk.members().iter().find(|member| key.opens(member));
    Ok(Json(record::of(found.ok_or(Problem::NotFound("customer"))?)))
}

/// One of the contract's words, if any; every card here is found by its decimal number.
fn check_format(params: &Params) -> Result<(), Problem> {
    const NAME: &str = "cardNumberFormat";
    match params.text(NAME) {
        None | Some("DECIMAL" | "HEX_MSB" | "HEX_LSB") => Ok(()),
        Some(_) => Err(Problem::Parameter(NAME)),
    }
}

enum Key<'a> {
    Number(&'a str),
    Card(&'a str),
    Barcode(&'a str),
    Pin(&'a str),
}

fn key(params: &Params) -> Option<Key<'_>> {
    let number = params.text("customerNumber").map(Key::Number);
    number
        .or_else(|| params.text("cardNumber").map(Key::Card))
        .or_else(|| params.text("barcode").map(Key::Barcode))
        .or_else(|| params.text("pin").map(Key::Pin))
}

impl Key<'_> {
    fn opens(&self, member: &Member) -> bool {
        match *self {
            Self::Number(number) => member.customer_number == number,
            Self::Card(card) => record::card(member) == card,
            Self::Barcode(barcode) => record::barcode(member) == barcode,
            Self::Pin(pin) => record::pin(member) == pin,
        }
    }
}
