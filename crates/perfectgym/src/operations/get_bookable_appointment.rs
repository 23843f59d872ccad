//! `GET /v1/appointments/bookable/{bookableAppointmentId}`

use crate::operation::{Method, Operation, Scope, fill};
use crate::{BookableAppointment, BookableAppointmentId};

/// Reads one bookable appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GetBookableAppointment {
    /// Which.
    pub id: BookableAppointmentId,
}

impl Operation for GetBookableAppointment {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/appointments/bookable/{bookableAppointmentId}";
    const SCOPE: Scope = Scope::BookableAppointmentsRead;
    type Body = ();
    type Answer = BookableAppointment;

    fn path(&self) -> String {
        fill(Self::PATH, "{bookableAppointmentId}", self.id.0)
    }
}
