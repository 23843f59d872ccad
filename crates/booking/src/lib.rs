//! The rules of booking an appointment: what happens when a member taps, what an address means, which times are
//! near, what a refusal leaves to do; and what the app and its proxy say to each other beyond the upstream's contract.
//!
//! Pure: no I/O, no clock (time is an argument), no browser, no sentence a member reads. Cargo keeps it so: neither
//! `web-sys` nor `tokio` is among its dependencies.

pub mod attempt;
pub mod bookings;
pub mod boot;
pub mod calendar;
pub mod day;
pub mod failure;
pub mod flow;
pub mod kiosk;
pub mod lang;
pub mod listed;
pub mod moving;
pub mod place;
pub mod refusal;
pub mod route;
pub mod session;
pub mod slots;
pub mod zone;

pub use attempt::{AttemptKey, AttemptQuestion, AttemptState, AttemptView};
pub use boot::{Boot, DemoMember, SignInMethods, StudioContact};
pub use failure::{Failure, FailureKind};
pub use kiosk::{KioskSignIn, KioskView, Pairing};
pub use lang::Lang;
pub use moving::{MadeOf, MoveQuestion, MoveState, MoveView};
pub use place::Place;
pub use route::Route;
pub use session::{HandOff, SessionView, SignIn};
pub use zone::StudioZone;
