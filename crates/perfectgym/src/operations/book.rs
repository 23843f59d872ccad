//! `POST /v1/appointments/booking/book`

use serde::Serialize;

use crate::operation::{Method, Operation, Scope};
use crate::{AppointmentBooking, BookingRequest};

/// Books. There is no idempotency key: a call without an answer may have booked, and is never simply repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book<B = BookingRequest>(
    /// The upstream takes a [`BookingRequest`]; between a browser and its proxy it is a [`crate::BookingWish`].
    pub B,
);

impl<B: Serialize> Operation for Book<B> {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v1/appointments/booking/book";
    const SCOPE: Scope = Scope::AppointmentsWrite;
    type Body = B;
    type Answer = AppointmentBooking;

    fn body(&self) -> Option<&B> {
        Some(&self.0)
    }
}
