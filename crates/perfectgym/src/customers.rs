//! Customer look-ups (scope CUSTOMER_READ), from upstream-facts: what is needed to establish who a member is.
//!
//! The upstream answers with the whole customer: bank account, address, PIN. [`Customer`] names the few fields of
//! use, and serde drops the rest before anything else sees it.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use crate::operation::{Method, Operation, Scope, fill};
use crate::{CustomerId, CustomerStatus, Readable};

/// What Frontdesk may know of a customer. Deliberately neither `Debug` nor `Serialize`: it is not for logs or answers.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// Their id.
    pub id: CustomerId,
    /// The number on their card.
    #[serde(default)]
    pub customer_number: Option<String>,
    /// Their first name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Their last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Their address for mail; several members can share one.
    #[serde(default)]
    pub email: Option<String>,
    /// Their birth date; one that cannot be read is none.
    #[serde(default, deserialize_with = "date_or_none")]
    pub date_of_birth: Option<NaiveDate>,
    /// Whether they are a member.
    #[serde(default)]
    pub status: Option<CustomerStatus>,
    /// Such as `de` or `en-GB`.
    #[serde(default)]
    pub preferred_language: Option<String>,
}

fn date_or_none<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    Ok(text.and_then(|t| t.get(..10).and_then(|day| day.parse().ok())))
}

/// What `customers/by` looks for.
#[derive(Clone, PartialEq, Eq)]
pub enum CustomerKey {
    /// The customer number.
    Number(String),
    /// A card's number, as a reader gives it.
    Card(String, Option<CardNumberFormat>),
    /// A barcode.
    Barcode(String),
    /// A PIN.
    Pin(String),
}

/// How a reader writes a card's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardNumberFormat {
    /// In decimal digits.
    Decimal,
    /// In hexadecimal digits, the most significant byte first.
    HexMsb,
    /// In hexadecimal digits, the least significant byte first.
    HexLsb,
}

impl CardNumberFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Decimal, Self::HexMsb, Self::HexLsb];

    /// The upstream's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decimal => "DECIMAL",
            Self::HexMsb => "HEX_MSB",
            Self::HexLsb => "HEX_LSB",
        }
    }

    /// By its word; not an open set, as it is we who say it.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == word)
    }
}

/// `GET /v1/customers/by`: one customer by a number of theirs.
#[derive(Clone, PartialEq, Eq)]
pub struct FindCustomer {
    /// By what.
    pub by: CustomerKey,
}

impl Operation for FindCustomer {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/customers/by";
    const SCOPE: Scope = Scope::CustomerRead;
    type Body = ();
    type Answer = Customer;

    fn query(&self) -> Vec<(&'static str, String)> {
        let (name, value) = match &self.by {
            CustomerKey::Number(value) => ("customerNumber", value),
            CustomerKey::Card(value, _) => ("cardNumber", value),
            CustomerKey::Barcode(value) => ("barcode", value),
            CustomerKey::Pin(value) => ("pin", value),
        };
        let format = match self.by {
            CustomerKey::Card(_, format) => format,
            _ => None,
        };
        let format = format.map(|format| ("cardNumberFormat", format.as_str().to_owned()));
        [(name, value.clone())].into_iter().chain(format).collect()
    }
}

/// `GET /v1/customers/{customerId}`: one customer by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GetCustomer {
    /// Who.
    pub id: CustomerId,
}

impl Operation for GetCustomer {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/customers/{customerId}";
    const SCOPE: Scope = Scope::CustomerRead;
    type Body = ();
    type Answer = Customer;

    fn path(&self) -> String {
        fill(Self::PATH, "{customerId}", self.id.0)
    }
}

/// `POST /v1/customers/search`: customers by what they say of themselves.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SearchCustomers {
    /// Whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// A prefix will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The birth date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<NaiveDate>,
}

impl Operation for SearchCustomers {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v1/customers/search";
    const SCOPE: Scope = Scope::CustomerRead;
    type Body = Self;
    type Answer = Readable<Customer>;

    fn body(&self) -> Option<&Self> {
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(by: CustomerKey) -> String {
        FindCustomer { by }.target()
    }

    #[test]
    fn a_look_up_names_one_key_and_a_cards_format_where_it_is_known() {
        let card = |format| target(CustomerKey::Card("A/&1".into(), format));
        assert_eq!(card(None), "/v1/customers/by?cardNumber=A%2F%261");
        for format in CardNumberFormat::ALL {
            let word = format.as_str();
            let asks = format!("/v1/customers/by?cardNumber=A%2F%261&cardNumberFormat={word}");
            assert_eq!(card(Some(format)), asks);
            assert_eq!(CardNumberFormat::of(word), Some(format));
        }
        assert_eq!(CardNumberFormat::of("hex_msb"), None);
        assert_eq!(
            target(CustomerKey::Barcode("S1".into())),
            "/v1/customers/by?barcode=S1"
        );
        assert_eq!(
            target(CustomerKey::Pin("0815".into())),
            "/v1/customers/by?pin=0815"
        );
    }
}
