//! `GET /v1/appointments/bookable/{bookableAppointmentId}/slots`

use chrono::NaiveDate;

use crate::operation::{Method, Operation, Scope, fill};
use crate::{BookableAppointmentId, CustomerId, DaysAhead, Readable, Slot};

/// Lists the free slots in the window from `slotWindowStartDate` to that date plus `daysAhead`. Whether the ends
/// are inclusive is undocumented: overlap windows, and drop duplicates by slot identity. An empty list means none free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListSlots {
    /// Of which bookable appointment.
    pub id: BookableAppointmentId,
    /// For whom; optional.
    pub customer_id: Option<CustomerId>,
    /// How many days; 1 where none is said.
    pub days_ahead: Option<DaysAhead>,
    /// The first day, in the studio's zone; today where none is said.
    pub slot_window_start_date: Option<NaiveDate>,
}

impl Operation for ListSlots {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/appointments/bookable/{bookableAppointmentId}/slots";
    const SCOPE: Scope = Scope::BookableAppointmentsRead;
    type Body = ();
    type Answer = Readable<Slot>;

    fn path(&self) -> String {
        fill(Self::PATH, "{bookableAppointmentId}", self.id.0)
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let customer = self.customer_id.map(|c| ("customerId", c.to_string()));
        let days = self.days_ahead.map(|d| ("daysAhead", d.get().to_string()));
        let start = self
            .slot_window_start_date
            .map(|d| ("slotWindowStartDate", d.to_string()));
        customer.into_iter().chain(days).chain(start).collect()
    }
}
