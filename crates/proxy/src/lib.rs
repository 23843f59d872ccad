//! The proxy: holds the studio's key, knows who the member is, serves the app.
//!
//! [`house`] holds a studio or several, by the host they are asked for by. A request comes in through [`http`], which turns a cookie into an [`identity::Member`] or does without one; a
//! handler asks [`upstream`], which alone has the key, or what `catalogue` and `slots` have `kept` of its answers; a booking goes through `attempt`, which writes to [`store`]
//! before and after, and through `settle` where its answer was lost. `page` draws what is not an operation.
//!
//! Not here: rules of booking (crate `booking`), wire types (crate `perfectgym`), sentences (crate `words`).

pub mod app;
mod attempt;
pub mod bucket;
mod built;
mod calendar;
mod cancel;
mod catalogue;
mod changed;
pub mod check;
pub mod clock;
pub mod config;
pub mod demo;
mod doors;
pub mod examine;
mod free_today;
pub mod house;
pub mod http;
pub mod identity;
mod kept;
pub mod kiosks;
pub mod log;
pub mod mail;
mod measure;
mod moving;
mod news;
mod odd_words;
pub mod open_files;
mod packed;
mod page;
mod pictures;
mod qr;
mod request_id;
pub mod serve;
mod settle;
mod shells;
mod shown;
mod slots;
mod stall;
pub mod store;
mod studio_zone;
mod template;
mod tend;
mod tls;
pub mod upstream;
