//! A studio to try: stands in for the upstream API, over SQLite.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use demo_studio::{Settings, Studio};
//!
//! let studio = Studio::open(Settings::default()).await?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8090").await?;
//! axum::serve(listener, studio.router()).await?;
//! # Ok(()) }
//! ```
//!
//! Where it is known to differ from the real upstream is in `DIFFERENCES.md` beside this crate's README. What this
//! crate must not do: know the app or the proxy, or read the clock anywhere but in [`Clock`].

pub mod calendar;
pub mod clock;
pub mod desk;
pub mod http;
pub mod quirks;
pub mod seed;
pub mod settings;
pub mod store;
mod studio;
mod tell;
mod webhooks;

pub use clock::Clock;
pub use quirks::{CallQuirk, Form, OperationName, QuirkBoard, Quirks};
pub use seed::crowd::members as crowd;
pub use seed::members::{Member, all as members};
pub use settings::{CONTACT, Contact, DEMO_KEY, Database, Settings};
pub use studio::{OpenError, Studio};
pub use webhooks::Webhooks;
