//! Moving a booking to another time. The upstream cannot; the proxy books the new time and then cancels the old one, and
//! says so where the second did not work.

use perfectgym::{AppointmentBooking, BookableAppointmentId, BookingId, BookingWish};
use serde::{Deserialize, Serialize};

use crate::{AttemptKey, Failure};

/// The template of [`path`], as a router wants it. POST the wish for the new time, with an [`AttemptKey`] in the header
/// of `book`. Answers a [`MoveView`]; where the new time was not booked, what `book` would have answered.
pub const ROUTE: &str = "/bookings/{id}/move";

/// The template of [`path_of_key`].
pub const KEY_ROUTE: &str = "/moves/{key}";

/// The template of [`path_of_service`]. GET answers a [`MadeOf`].
pub const SERVICE_ROUTE: &str = "/bookings/{id}/service";

/// Where to POST the wish for another time of a booking.
pub fn path(id: BookingId) -> String {
    ROUTE.replace("{id}", &id.to_string())
}

/// Where to POST a [`MoveQuestion`] to learn what became of a move whose answer was lost: answers a [`MoveView`].
pub fn path_of_key(key: &AttemptKey) -> String {
    KEY_ROUTE.replace("{key}", key.as_str())
}

/// Where to learn which service a booking is of, as the upstream's bookings do not say it.
pub fn path_of_service(id: BookingId) -> String {
    SERVICE_ROUTE.replace("{id}", &id.to_string())
}

/// Which service a booking is of: for "book again" and for another time of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MadeOf {
    /// The service.
    pub bookable_appointment_id: BookableAppointmentId,
}

/// What is asked of a move: what it was. A request that never arrived has told nobody, and the same booking may have been
/// moved to the same time under another key, from another tab or before the page was loaded anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MoveQuestion {
    /// The booking that was to be moved.
    pub booking_id: BookingId,
    /// The new time.
    pub wish: BookingWish,
}

/// What is known of a move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MoveView {
    /// Where it stands.
    pub state: MoveState,
    /// The booking of the new time, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<AppointmentBooking>,
    /// Why it did not go further: why the new time was refused, or why the old one could not be cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// Where a move stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MoveState {
    /// The new time is booked and the old one cancelled.
    Moved,
    /// The new time is booked, and the old one stands as well: whoever wants it gone cancels it, or the new one.
    BothStand,
    /// Nothing has changed: the old time stands.
    NotMoved,
    /// Not known yet; ask again.
    Uncertain,
    /// Whether the new time is booked cannot be found out from here: the studio has to be asked. The old one stands.
    Unsettleable,
}
