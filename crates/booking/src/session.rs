//! Who the member is, as far as the browser may know.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// GET: who am I. POST a [`SignIn`]: sign in. DELETE: sign out. GET and POST answer a [`SessionView`].
pub const PATH: &str = "/session";

/// The header in which an answer to the app in a frame gives it what it may say who it is by where its browser keeps no
/// cookie; empty where there is nothing to hold any more. For the app's memory alone; sent back as `Authorization: Bearer`.
pub const BEARER_HEADER: &str = "frontdesk-bearer";

/// The proxy's page that signs in by e-mail. No screen of the app's.
pub const EMAIL_PATH: &str = "/sign-in/email";

/// Where signing in by e-mail begins, and comes back to `next` from: an address of the app.
pub fn email_address(next: &str) -> String {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    [EMAIL_PATH, "?next=", &next].concat()
}

/// POST a [`HandOff`]: sign in within a frame of the gym's own page, by a token of that page's. Answers a [`SessionView`].
pub const HAND_OFF_PATH: &str = "/session/hand-off";

/// What the gym's own page says who the member is by. Deliberately not `Debug`: it is not for logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HandOff {
    /// Signed by the gym's server, good once.
    pub token: String,
}

/// What a member types to sign in. Deliberately not `Debug`: it is not for logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignIn {
    /// The number on the member's card.
    pub customer_number: String,
    /// The birth date.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date_of_birth: NaiveDate,
}

/// All that a browser learns of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// Whether there is one.
    pub signed_in: bool,
    /// The member's first name, where the upstream has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
}
