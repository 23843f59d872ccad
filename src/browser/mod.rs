//! The glue to a browser, thin: it runs effects, answers with events, and decides nothing.
//!
//! Only this folder calls a browser outside of event handlers, and `api` alone knows gloo-net.

pub mod api;
mod around;
mod bearer;
pub mod clock;
pub mod effects;
pub mod history;
pub mod intl;
#[cfg(feature = "hydrate")]
mod kiosk;
mod listen;
pub mod mount;
pub mod network;
#[cfg(feature = "hydrate")]
mod start;

pub use effects::Runner;
#[cfg(feature = "hydrate")]
pub use start::start;
