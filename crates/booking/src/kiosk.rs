//! Kiosks: what a device in the studio and the proxy say to each other, and what such a device does around the app.

mod burst;
mod free;
pub mod pad;
mod state;
mod visit;

use chrono::{DateTime, Utc};
use perfectgym::{BookableAppointmentId, BookingId, Slot};
use serde::{Deserialize, Serialize};

pub use burst::{Burst, Struck};
pub use free::{Free, Offer, Today};
pub use state::{Effect, Event, State, update};
pub use visit::{Visit, Watch};

/// GET: a page, to pair a device by hand or to see what it was paired as.
pub const PATH: &str = "/kiosk";
/// POST a [`Pairing`]: the device is a kiosk from then on, and learns its name in a [`KioskView`].
pub const PAIR_PATH: &str = "/kiosk/pair";
/// POST a [`KioskSignIn`] on a kiosk: ends whoever was signed in there, and signs in. Answers a
/// [`SessionView`](crate::SessionView).
pub const SESSION_PATH: &str = "/session/kiosk";

/// GET on a kiosk: what is free today, a [`FreeToday`].
pub const FREE_PATH: &str = "/kiosk/free";
/// GET on a kiosk, with `?to=` an address of the app: a picture (SVG) of a QR code by which a phone opens it.
pub const QR_PATH: &str = "/kiosk/qr.svg";

/// A picture of a QR code that opens an address of the app on a phone.
pub fn qr_address(to: &str) -> String {
    let to: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
    [QR_PATH, "?to=", &to].concat()
}

/// GET on a kiosk by the member whose booking it is: a picture (SVG) of a QR code that holds the calendar entry itself, so that a
/// phone needs neither a session nor a network for it.
pub fn calendar_qr_address(booking: BookingId) -> String {
    ["/bookings/", &booking.to_string(), "/calendar.svg"].concat()
}

/// What the app has to know of the kiosk that it runs on: the same for all kiosks of a studio, as pages are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KioskSetup {
    /// After so many seconds without a touch it is asked whether somebody is still there.
    pub idle_seconds: u32,
    /// What members may sign in with.
    pub media: Media,
    /// Which build of the app this is; another one is taken when nobody is there.
    pub build: String,
}

/// What members may have with them. Nothing, unless the operator says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    /// A card.
    pub card: bool,
    /// A barcode.
    pub barcode: bool,
    /// A customer number and a PIN.
    pub pin: bool,
}

/// What is free for the rest of the studio's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FreeToday {
    /// The proxy's clock at the answer; a tablet's may be wrong. Milliseconds.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub now: DateTime<Utc>,
    /// When the oldest part of it was read from the upstream. Milliseconds.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub read_at: DateTime<Utc>,
    /// Which build of the app is served by now.
    pub build: String,
    /// Whether something could not be read, and there may be more.
    pub partly: bool,
    /// What has a time today, the soonest first.
    pub free: Vec<FreeService>,
}

/// The times of one bookable appointment that are left today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FreeService {
    /// Which.
    pub id: BookableAppointmentId,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How long it takes, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<i32>,
    /// The next of them, the soonest first, in the upstream's own text.
    pub slots: Vec<Slot>,
}

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
    /// What a reader read that may read cards or barcodes: whichever of them the kiosk takes.
    Scan(String),
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
        assert!(reads(r#"{"scan":"4711"}"#) && reads(r#"{"card":"4711"}"#) && reads(r#"{"barcode":"SB1"}"#));
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
