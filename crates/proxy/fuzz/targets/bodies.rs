//! Bodies: JSON of ours and of the upstream's, and forms.

use frontdesk_proxy::http::outside;
use frontdesk_proxy::identity::{is_email, six_digits};
use perfectgym::CustomerId;
use serde_json::Value;

use super::text;

/// A wish (of `book`, of `validate`, of a move) names no customer, and is written as it was read.
pub(super) fn wish(bytes: &[u8]) {
    let Some(wish) = outside::wish(bytes) else {
        return;
    };
    let json = serde_json::to_value(&wish).unwrap();
    let given: Value = serde_json::from_slice(bytes).unwrap();
    for (name, value) in given.as_object().expect("fields in a row are no body of ours") {
        assert_eq!(&json[name], value, "{name}");
        assert!(!name.to_ascii_lowercase().contains("customer"), "{name}");
    }
    let sent = serde_json::to_value(wish.for_customer(CustomerId(7))).unwrap();
    assert_eq!(sent["customerId"], 7);
}

/// A sign-in has a number and a day, and nothing else.
pub(super) fn sign_in(bytes: &[u8]) {
    let Some(answer) = outside::sign_in(bytes) else {
        return;
    };
    let given: Value = serde_json::from_slice(bytes).unwrap();
    assert_eq!(given.as_object().expect("an object").len(), 2, "{given:?}");
    assert_eq!(given["customerNumber"], answer.customer_number.as_str());
}

/// A form is read as it would be written.
pub(super) fn form(bytes: &[u8]) {
    if let Some(answer) = outside::number_form(bytes) {
        assert!(!answer.customer_number.trim().is_empty());
        let born = answer.date_of_birth.to_string();
        let again = outside::number_form(&filled(&[
            ("number", &answer.customer_number),
            ("birth-date", &born),
        ]));
        assert!(again == Some(answer), "number and birth date");
    }
    if let Some(email) = outside::email_form(bytes) {
        typed(email.as_bytes());
        assert_eq!(outside::email_form(&filled(&[("email", &email)])), Some(email));
    }
    if let Some(digits) = outside::digits_form(bytes) {
        typed(digits.as_bytes());
        assert_eq!(
            outside::digits_form(&filled(&[("digits", &digits)])),
            Some(digits)
        );
    }
    if let Some(who) = outside::choice_form(bytes) {
        assert_eq!(
            outside::choice_form(&filled(&[("who", &who.to_string())])),
            Some(who)
        );
    }
    if let Some((token, next)) = outside::hand_off_form(bytes) {
        let again = outside::hand_off_form(&filled(&[("token", &token), ("next", &next)]));
        assert_eq!(again, Some((token, next)));
    }
}

fn filled(fields: &[(&str, &str)]) -> Vec<u8> {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields).finish().into_bytes()
}

/// What somebody types is an address that can stand in an e-mail's head, or six digits, or neither.
pub(super) fn typed(bytes: &[u8]) {
    let text = text(bytes);
    if is_email(text) {
        assert!(text.len() <= 254 && text.contains('@'));
        assert!(
            !text.contains(|c: char| c.is_control() || c.is_whitespace() || c == ','),
            "{text:?}"
        );
    }
    if let Some(digits) = six_digits(text) {
        assert!(
            digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit()),
            "{digits}"
        );
        assert_eq!(six_digits(&digits), Some(digits));
    }
}

/// A webhook has times read anew for nothing but an event of bookings in its list.
pub(super) fn webhook(bytes: &[u8]) {
    let Some(changed) = outside::webhook(bytes) else {
        return;
    };
    // Of a name that stands there twice another reader may take the other.
    if let Ok(given) = serde_json::from_slice::<Value>(bytes) {
        let list = given["payload"].as_array().or(given[0].as_array());
        let of_bookings = |event: &Value| {
            let kind = event["type"].as_str().unwrap_or_default();
            kind.starts_with("APPOINTMENT_BOOKING_")
        };
        assert_eq!(changed, list.is_some_and(|list| list.iter().any(of_bookings)));
    }
}
