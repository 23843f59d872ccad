//! One attempt to book. Its key is chosen by the app, so that an attempt can be asked after when its answer was lost.

use std::fmt;

use perfectgym::{AppointmentBooking, BookingWish};
use serde::{Deserialize, Serialize};

use crate::Failure;

/// The request header in which `book` carries an [`AttemptKey`].
pub const HEADER: &str = "Idempotency-Key";

/// The template of [`path`], as a router wants it.
pub const ROUTE: &str = "/attempts/{key}";

/// Where to POST an [`AttemptQuestion`] to learn what became of an attempt: answers an [`AttemptView`].
pub fn path(key: &AttemptKey) -> String {
    ROUTE.replace("{key}", key.as_str())
}

/// Names one attempt, for ever: 16 to 64 of `A-Z a-z 0-9 -`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AttemptKey(Box<str>);

/// A text that is no [`AttemptKey`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadKey;

impl fmt::Display for BadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an idempotency key is 16 to 64 letters, digits or hyphens")
    }
}

impl std::error::Error for BadKey {}

impl AttemptKey {
    /// Takes a key.
    ///
    /// # Errors
    /// Too short to be one of its own, too long, or with another character.
    pub fn new(text: &str) -> Result<Self, BadKey> {
        let fits = (16..=64).contains(&text.len());
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits && plain {
            Ok(Self(text.into()))
        } else {
            Err(BadKey)
        }
    }

    /// The key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is asked of an attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AttemptQuestion {
    /// What it was for. A request that never arrived has told nobody, and the same wish may have been booked under
    /// another key, from another tab or before the page was loaded anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wish: Option<BookingWish>,
}

/// What is known of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AttemptView {
    /// Where it stands.
    pub state: AttemptState,
    /// The booking, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<AppointmentBooking>,
    /// Why not, where it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AttemptState {
    /// There is a booking.
    Booked,
    /// Nothing was booked, and nothing will be.
    NotBooked,
    /// The upstream refused.
    Refused,
    /// Not known yet; ask again.
    Uncertain,
    /// Cannot be found out from here: the studio has to be asked.
    Unsettleable,
}
