//! The eight operations of Appointments, one a file.

pub(crate) mod book;
pub(crate) mod delete_booking;
pub(crate) mod get_bookable_appointment;
pub(crate) mod get_booking;
pub(crate) mod list_bookable_appointments;
pub(crate) mod list_bookings;
pub(crate) mod list_slots;
pub(crate) mod validate_booking;
