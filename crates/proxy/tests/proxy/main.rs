//! The proxy over real HTTP, mostly against the demo studio. One binary, as linking is what takes the time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod booking_once;
mod by_email;
mod failures;
mod hand_off;
mod mail_server;
mod operations;
mod others;
mod pages;
mod scripted;
mod secrets;
mod sessions;
mod signing_in;
mod starting;
mod support;
