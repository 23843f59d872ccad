//! HTTP: one file an operation, and what they share. Handlers read a request, ask one thing, and write an answer; a
//! decision that takes more than a line belongs elsewhere.

mod assets;
mod attempt;
mod book;
mod calendar;
mod delete_booking;
pub(crate) mod error;
mod get_bookable_appointment;
mod get_booking;
mod guard;
mod language;
mod list_bookable_appointments;
mod list_bookings;
mod list_slots;
mod listed;
mod log;
mod member;
mod moving;
pub(crate) mod pace;
mod pictures;
mod router;
mod sent;
mod service;
mod session;
mod sign_in_form;
mod tongue;
mod validate_booking;

pub(crate) use list_bookable_appointments::shown;
pub use router::router;
