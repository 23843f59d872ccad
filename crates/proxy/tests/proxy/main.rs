//! The proxy over real HTTP, mostly against the demo studio. One binary, as linking is what takes the time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod attacks;
mod booking_once;
mod failures;
mod fuzz;
mod openapi;
mod operations;
mod others;
mod pages;
mod scripted;
mod secrets;
mod signing_in;
mod starting;
mod support;
