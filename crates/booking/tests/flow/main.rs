//! The flow, told as stories: what a member does, what the studio answers, and what the member then has before them.
//!
//! Nothing here reads a private field: a story knows of the flow what a screen knows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[macro_use]
mod story;

mod another_time;
mod any_order;
mod at_a_kiosk;
mod booking_a_time;
mod cancelling;
mod catalogue;
mod elsewhere;
mod focus;
mod framed;
mod fresh;
mod looking;
mod lost_answers;
mod members;
mod moving;
mod refused;
mod stand_ins;
mod waiting;
