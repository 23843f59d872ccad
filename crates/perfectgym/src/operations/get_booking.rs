//! `GET /v1/appointments/booking/{bookingId}`

use serde::{Deserialize, Serialize};

use crate::operation::{Method, Operation, Scope, fill};
use crate::{AppointmentBooking, BookingId, CustomerId};

/// Reads one booking, however far ahead, and names its customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GetBooking {
    /// Which.
    pub id: BookingId,
}

/// A booking and whose it is: the only sound ownership check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BookingOfCustomer {
    /// The booking.
    #[serde(flatten)]
    pub booking: AppointmentBooking,
    /// Whose it is.
    pub customer_id: CustomerId,
}

impl Operation for GetBooking {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/appointments/booking/{bookingId}";
    const SCOPE: Scope = Scope::AppointmentsRead;
    type Body = ();
    type Answer = BookingOfCustomer;

    fn path(&self) -> String {
        fill(Self::PATH, "{bookingId}", self.id.0)
    }
}
