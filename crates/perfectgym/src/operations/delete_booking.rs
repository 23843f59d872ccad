//! `DELETE /v1/appointments/booking/{bookingId}`

use serde::{Deserialize, Serialize};

use crate::BookingId;
use crate::operation::{Method, Operation, Scope, fill};

/// Cancels a booking. Until when is the upstream's to decide; no field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeleteBooking {
    /// Which.
    pub id: BookingId,
}

/// The answer, whose only field is an undescribed text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deleted {
    /// Undescribed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<String>,
}

impl Operation for DeleteBooking {
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v1/appointments/booking/{bookingId}";
    const SCOPE: Scope = Scope::AppointmentsWrite;
    type Body = ();
    type Answer = Deleted;

    fn path(&self) -> String {
        fill(Self::PATH, "{bookingId}", self.id.0)
    }
}
