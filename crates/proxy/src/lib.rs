//! The proxy: holds the studio's key, knows who the member is, serves the app.
//!
//! A request comes in through [`http`], which turns a cookie into an [`identity::Member`] or does without one; a
//! handler asks [`upstream`], which alone has the key; a booking goes through `attempt`, which writes to [`store`]
//! before and after, and through `settle` where its answer was lost. `page` draws what is not an operation.
//!
//! Not here: rules of booking (crate `booking`), wire types (crate `perfectgym`), sentences (crate `words`).

pub mod app;
mod attempt;
mod calendar;
mod cancel;
mod catalogue;
pub mod check;
pub mod clock;
pub mod config;
pub mod demo;
pub mod http;
pub mod identity;
pub mod log;
mod moving;
mod odd_words;
mod packed;
mod page;
mod pictures;
pub mod serve;
mod settle;
mod shown;
pub mod store;
mod studio_zone;
mod template;
pub mod upstream;
