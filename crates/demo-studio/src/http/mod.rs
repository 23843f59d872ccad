//! What the upstream looks like from outside: the eight operations, the customer look-ups, and pictures.
//!
//! A file per operation. Paths and scopes are perfectgym's; nothing here decides what can be booked.

pub mod auth;

mod admin;
mod answer;
mod app;
mod book;
mod bounds;
mod delete_booking;
mod error;
mod find_customer;
mod get_bookable;
mod get_booking;
mod get_customer;
mod list_bookable;
mod list_bookings;
mod list_slots;
mod messages;
mod misbehave;
mod pictures;
mod rate;
mod router;
mod search_customers;
mod validate;
mod wish;

pub(crate) use app::{App, Shared};
pub(crate) use router::router;
