//! The demo studio from outside: asked with perfectgym's own operations, as the proxy asks it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that finds nothing fails"
)]

mod booking;
mod common;
mod contract;
mod crowd;
mod daylight;
mod misbehaving;
mod promises;
mod refusals;
mod stories;
mod webhooks;
