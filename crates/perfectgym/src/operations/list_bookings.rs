//! `GET /v1/appointments/booking`

use crate::operation::{Method, Operation, Scope};
use crate::{AppointmentBooking, CustomerId, Readable};

/// Lists a customer's bookings within two weeks of now, to each side, cancelled ones included. What is further
/// ahead is found by its id alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListBookings {
    /// Whose.
    pub customer_id: CustomerId,
}

impl Operation for ListBookings {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/appointments/booking";
    const SCOPE: Scope = Scope::AppointmentsRead;
    type Body = ();
    type Answer = Readable<AppointmentBooking>;

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("customerId", self.customer_id.to_string())]
    }
}
