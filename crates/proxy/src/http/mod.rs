//! HTTP: one file an operation, and what they share. Handlers read a request, ask one thing, and write an answer; a
//! decision that takes more than a line belongs elsewhere.

mod assets;
mod attempt;
mod bearer;
mod body;
mod book;
mod builder;
mod calendar;
mod calendar_qr;
mod delete_booking;
pub(crate) mod error;
mod filled_in;
mod framing;
mod front;
mod get_bookable_appointment;
mod get_booking;
mod guard;
mod host;
pub(crate) mod in_a_frame;
#[cfg(any(test, feature = "embed"))]
mod inside;
mod jar;
pub(crate) mod kiosk;
mod language;
mod list_bookable_appointments;
mod list_bookings;
mod list_slots;
mod listed;
mod log;
mod member;
mod moving;
mod offer;
mod openapi;
mod operator;
pub mod outside;
mod own_origin;

pub(crate) mod pace;
mod pictures;
pub(crate) mod policy;
mod renewal;
mod router;
mod sent;
mod service;
mod session;
mod sign_in_form;
mod signing_in;
mod tongue;
mod validate_booking;
mod webhook;

pub use front::front;
pub(crate) use router::router;
