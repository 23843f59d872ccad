#![doc = include_str!("../README.md")]

pub mod error;
pub mod id;
pub mod moment;
pub mod open_enum;
pub mod operation;
pub mod readable;
pub mod schema;
pub mod slice;

mod bounds;
mod customers;
#[cfg(feature = "openapi")]
mod openapi;
mod operations;

pub use bounds::{DaysAhead, OutOfBounds, SliceSize};
pub use customers::{CardNumberFormat, Customer, CustomerKey, FindCustomer, GetCustomer, SearchCustomers};
pub use error::{ErrorBody, TypedArg};
pub use id::{BookableAppointmentId, BookingId, CustomerId, InstructorId};
pub use moment::{Moment, MomentError, MomentForm};
pub use open_enum::{AppointmentStatus, BookingStatus, CustomerStatus, ParticipantStatus, ValidationStatus};
pub use operation::{API_KEY_HEADER, Method, Operation, Scope};
pub use operations::book::Book;
pub use operations::delete_booking::{DeleteBooking, Deleted};
pub use operations::get_bookable_appointment::GetBookableAppointment;
pub use operations::get_booking::{BookingOfCustomer, GetBooking};
pub use operations::list_bookable_appointments::ListBookableAppointments;
pub use operations::list_bookings::ListBookings;
pub use operations::list_slots::ListSlots;
pub use operations::validate_booking::{ValidateBooking, ValidationResult};
pub use readable::Readable;
pub use schema::{AppointmentBooking, BookableAppointment, BookingRequest, BookingWish, Instructor, Slot};
pub use slice::{Slice, Walk};
