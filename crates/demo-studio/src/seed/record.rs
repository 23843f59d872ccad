//! The whole customer, as the upstream answers: with much that a browser must never see.
//!
//! Bank accounts, PINs and cards are made up, and there so that whoever relays a customer unread is found out.

use serde_json::{Value, json};

use super::members::Member;

/// Everything the upstream would tell about a member.
#[must_use]
pub fn of(member: &Member) -> Value {
    let number = member.id.0 % 10_000;
    json!({
        "id": member.id,
        "customerNumber": member.customer_number,
        "firstName": member.first_name,
        "lastName": member.last_name,
        "secondFirstName": null,
        "dateOfBirth": member.date_of_birth,
        "email": member.email,
        "status": member.status(),
        "preferredLanguage": member.language,
        "gender": "UNISEX",
        "street": "Spreeufer",
        "houseNumber": number.to_string(),
        "zipCode": "10179",
        "city": "Berlin",
        "countryCode": "DE",
        "phonePrivateMobile": format!("+49 30 5550 {number:04}"),
        "paymentData": { "accountHolder": member.last_name, "iban": iban(number), "bic": "DEMODEB0XXX" },
        "pin": pin(member),
        "accessMedia": [{ "type": "CARD", "cardNumber": card(member).to_string(), "format": "DECIMAL" }, { "type": "BARCODE", "barcode": barcode(member) }],
        "emergencyContact": { "name": "Kim Muster", "phone": "+49 30 5550 9999" },
    })
}

fn iban(number: i64) -> String {
    format!(
        "DE02 1203 0000 0000 00{:02} {:02}",
        number / 100 % 100,
        number % 100
    )
}

/// The PIN of the member's card.
#[must_use]
pub fn pin(member: &Member) -> String {
    format!("{:04}", (member.id.0 * 7919) % 10_000)
}

/// The number of the member's card.
#[must_use]
pub fn card(member: &Member) -> i64 {
    4_000_000_000 + member.id.0
}

/// The member's barcode.
#[must_use]
pub fn barcode(member: &Member) -> String {
    format!("SB{}", member.id.0)
}
