//! How a demo studio is to be.

use std::path::PathBuf;

use chrono_tz::Tz;
use perfectgym::MomentForm;

use crate::clock::Clock;
use crate::quirks::Quirks;
use crate::webhooks::Webhooks;

/// The key with all scopes, unless the settings say another. [`crate::http::auth`] derives keys with fewer.
pub const DEMO_KEY: &str = "demo-studio-key";

/// Where bookings are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// In a file that outlives the process. Made if it is not there.
    File(PathBuf),
    /// Nowhere once the studio is dropped.
    Memory,
}

/// Everything that can be chosen. Cannot be printed, for the key's sake.
#[derive(Clone)]
pub struct Settings {
    /// Where bookings are kept.
    pub database: Database,
    /// Whether to forget them first.
    pub reset: bool,
    /// The API key with all scopes.
    pub key: String,
    /// The zone of the studio's wall clock.
    pub zone: Tz,
    /// How moments are written.
    pub form: MomentForm,
    /// How bookings' moments are written, where it is not as slots'. The documentation's own examples have slots with
    /// their zone and bookings in UTC.
    pub booking_form: Option<MomentForm>,
    /// What tells the time.
    pub clock: Clock,
    /// Whether to refuse an endpoint's calls beyond a thousand a minute.
    pub rate_limit: bool,
    /// What to do wrong from the start.
    pub quirks: Quirks,
    /// Whether `/demo/...` lets anybody change quirks and clock at run time. For tests only.
    pub allow_quirks: bool,
    /// What picture addresses begin with, such as `http://127.0.0.1:8090`; else the address a request came to.
    pub public_url: Option<String>,
    /// Whether strangers have booked things too.
    pub strangers: bool,
    /// Whom to tell when a booking was made or cancelled.
    pub webhooks: Option<Webhooks>,
    /// How many made-up members there are besides those with a story, and with them services that have room for many.
    pub crowd: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database: Database::Memory,
            reset: false,
            key: DEMO_KEY.to_owned(),
            zone: chrono_tz::Europe::Berlin,
            form: MomentForm::default(),
            booking_form: None,
            clock: Clock::system(),
            rate_limit: false,
            quirks: Quirks::default(),
            allow_quirks: false,
            public_url: None,
            strangers: true,
            webhooks: None,
            crowd: 0,
        }
    }
}

/// How to reach the studio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    /// What it is called.
    pub name: &'static str,
    /// Telephone number, as one would write it.
    pub phone: &'static str,
    /// E-mail address.
    pub email: &'static str,
    /// Website.
    pub website: &'static str,
    /// Postal address in one line.
    pub address: &'static str,
}

/// The demo studio's own contact.
pub const CONTACT: Contact = Contact {
    name: "Studio Spreebogen",
    phone: "+49 30 5550 1234",
    email: "hallo@spreebogen.example",
    website: "https://spreebogen.example",
    address: "Spreeufer 12, 10179 Berlin",
};
