//! Kiosks: what a device in the studio and the proxy say to each other.

use serde::{Deserialize, Serialize};

/// GET: a page, to pair a device by hand or to see what it was paired as.
pub const PATH: &str = "/kiosk";
/// POST a [`Pairing`]: the device is a kiosk from then on, and learns its name in a [`KioskView`].
pub const PAIR_PATH: &str = "/kiosk/pair";
/// POST a [`KioskSignIn`] on a kiosk: ends whoever was signed in there, and signs in. Answers a
/// [`SessionView`](crate::SessionView).
pub const SESSION_PATH: &str = "/session/kiosk";

/// What staff were given for one device. Deliberately not `Debug`: it is not for logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pairing {
    /// Good once, for ten minutes. However it is typed: small letters, without the dash.
    pub code: String,
}

/// All that a device learns of what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KioskView {
    /// What staff call it.
    pub name: String,
}

/// What a member has with them at a kiosk: one of these. Deliberately not `Debug`: it is not for logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum KioskSignIn {
    /// A card's number, as its reader gives it.
    Card(String),
    /// A barcode, as its reader gives it.
    Barcode(String),
    /// A PIN, which many may have, and the number of whoever says it is theirs.
    Pin {
        /// The number on the member's card.
        customer_number: String,
        /// The PIN.
        pin: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> bool {
        serde_json::from_str::<KioskSignIn>(text).is_ok()
    }

    #[test]
    fn a_member_has_one_thing_with_them() {
        assert!(reads(r#"{"card":"4711"}"#) && reads(r#"{"barcode":"SB1"}"#));
        assert!(reads(r#"{"pin":{"customerNumber":"M-1","pin":"0815"}}"#));
        for odd in [
            r#"{}"#,
            r#"{"card":4711}"#,
            r#"{"pin":"0815"}"#,
            r#"{"pin":{"pin":"0815"}}"#,
            r#"{"pin":{"customerNumber":"M-1","pin":"0815","customerId":7}}"#,
            r#"{"card":"4711","barcode":"SB1"}"#,
            r#"{"card":"4711","card":"4712"}"#,
            r#"{"card":"4711","customerId":7}"#,
            r#"{"customerId":"7"}"#,
        ] {
            assert!(!reads(odd), "{odd}");
        }
    }
}
