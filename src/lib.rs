//! The web app: what a member sees, and the thin glue to a browser under it.
//!
//! It holds no rule (those are in `booking`), spells no upstream path (`perfectgym`) and no sentence (`words`). The same
//! components are drawn natively by the proxy (feature `ssr`) and taken over in the browser (feature `hydrate`), so a
//! component's body is pure: it reads state, and calls nothing of a browser.

pub mod app;
pub mod boot;
pub mod browser;
pub mod desk;
#[cfg(feature = "ssr")]
pub mod draw;
pub mod kiosk;
pub mod leptos;
mod news;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod plain;
pub mod ui;
