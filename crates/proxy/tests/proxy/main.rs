//! The proxy over real HTTP, mostly against the demo studio. One binary, as linking is what takes the time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod booking_once;
mod databases;
mod failures;
mod moving;
mod operations;
mod others;
mod pages;
mod scripted;
mod secrets;
mod settling;
mod several_proxies;
mod signing_in;
mod starting;
mod store_story;
mod store_upgrade;
mod support;
