//! `POST /v1/appointments/bookable/validate`

use serde::{Deserialize, Serialize};

use crate::operation::{Method, Operation, Scope};
use crate::{BookingRequest, ValidationStatus};

/// Asks whether a booking would be possible. A refusal is a 200 with a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidateBooking<B = BookingRequest>(
    /// The upstream takes a [`BookingRequest`]; between a browser and its proxy it is a [`crate::BookingWish`].
    pub B,
);

/// The verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ValidationResult {
    /// An open set of words.
    pub validation_status: ValidationStatus,
}

impl<B: Serialize> Operation for ValidateBooking<B> {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v1/appointments/bookable/validate";
    const SCOPE: Scope = Scope::AppointmentsWrite;
    type Body = B;
    type Answer = ValidationResult;

    fn body(&self) -> Option<&B> {
        Some(&self.0)
    }
}
