//! What a drawn page carries for the app to start from. Nothing of a member: drawn pages are cached and shared.

use chrono::{DateTime, NaiveDate, Utc};
use perfectgym::{BookableAppointment, Slice, SliceSize, Walk};
use serde::{Deserialize, Serialize};

use crate::kiosk::KioskSetup;
use crate::{Lang, Place, StudioZone};

/// The walk through the catalogue that the proxy begins for a drawn page, and the app goes on with. Slices are small, so
/// that the first screen is.
pub fn walk_of_catalogue() -> Walk {
    Walk::in_slices_of(SliceSize::new(24).unwrap_or_default())
}

/// The start of the app, the same on the server and in the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Boot {
    /// The language the page is drawn in.
    pub lang: Lang,
    /// Where it is shown. A drawn page is the same everywhere, and leaves this to the browser.
    #[serde(skip)]
    pub place: Place,
    /// What it has to know of the kiosk, where it is shown on one. Only the build for kiosks reads it.
    #[cfg_attr(not(feature = "kiosk"), serde(skip))]
    #[cfg_attr(feature = "kiosk", serde(default, skip_serializing_if = "Option::is_none"))]
    pub kiosk: Option<KioskSetup>,
    /// When it was drawn. "Today" until the device has started comes from here. A number, as reading a date-time from
    /// text would bring chrono's parser along.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub now: DateTime<Utc>,
    /// The studio's zone.
    pub zone: StudioZone,
    /// How to reach the studio.
    pub studio: StudioContact,
    /// The test members to choose from; empty where the studio is real.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demo: Vec<DemoMember>,
    /// Whether times are shown to members only.
    pub times_need_sign_in: bool,
    /// How one can sign in.
    #[serde(default)]
    pub sign_in: SignInMethods,
    /// The first slice of the catalogue, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalogue: Option<Slice<BookableAppointment>>,
    /// When that was read, where it is old enough to be said ([`crate::listed::is_worth_saying`]). A number, as above.
    #[serde(
        default,
        with = "chrono::serde::ts_milliseconds_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub as_of: Option<DateTime<Utc>>,
    /// The bookable appointment that the address names, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<BookableAppointment>,
}

/// The ways to sign in that have a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInMethods {
    /// With customer number and birth date, in the app.
    pub number: bool,
    /// With a code by e-mail, on a page of the proxy's own ([`crate::session::email_address`]).
    pub email: bool,
}

impl Default for SignInMethods {
    fn default() -> Self {
        Self {
            number: true,
            email: false,
        }
    }
}

/// How to reach the studio; what the operator left out is not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StudioContact {
    /// What the studio is called.
    pub name: Option<String>,
    /// For `tel:` and to read.
    pub phone: Option<String>,
    /// For `mailto:` and to read.
    pub email: Option<String>,
    /// The studio's own site.
    pub website: Option<String>,
    /// Street and town.
    pub address: Option<String>,
}

/// A member of the demo studio: nobody real.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DemoMember {
    /// To sign in with.
    pub customer_number: String,
    /// To sign in with.
    #[serde(with = "crate::day")]
    pub date_of_birth: NaiveDate,
    /// Their first name.
    pub first_name: String,
    /// What one meets as this member, in the page's language.
    pub story: String,
}
