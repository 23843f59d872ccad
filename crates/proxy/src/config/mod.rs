//! What the operator decides. Read once, checked whole, before anything is opened or sent.
//!
//! Each setting has one name: `FRONTDESK_UPSTREAM_URL` in the environment is `upstream_url` in the TOML file, and the
//! environment wins. Nothing here touches the network or writes a file. No error repeats a secret.

mod limits;
mod log;
mod server;
mod session;
mod source;
mod store;
mod studio;
mod upstream;

pub use limits::Limits;
pub use log::LogForm;
pub use server::{Origin, Server};
pub use session::{Brakes, Session, key_from_text};
pub use source::{ConfigError, Source};
pub use store::Database;
pub use studio::Studio;
pub use upstream::{Demo, Upstream};

/// Every setting, by its name in the TOML file.
pub const NAMES: &[&str] = &[
    "upstream_url",
    "api_key",
    "zone",
    "listen",
    "public_origin",
    "data",
    "database",
    "dist",
    "session_key",
    "session_hours",
    "studio_name",
    "studio_phone",
    "studio_email",
    "studio_address",
    "studio_website",
    "times_need_sign_in",
    "trust_forwarded",
    "log",
    "timeout_connect",
    "timeout_read",
    "timeout_write",
    "demo_listen",
    "demo_quirks",
];

/// All settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The studio's upstream; none means the demo studio.
    pub upstream: Option<Upstream>,
    /// Where the demo studio listens, when it runs.
    pub demo: Demo,
    /// Addresses and folders.
    pub server: Server,
    /// Where what must be remembered is kept.
    pub database: Database,
    /// Sessions and signing in.
    pub session: Session,
    /// What members are told of the studio.
    pub studio: Studio,
    /// How long anything may take.
    pub limits: Limits,
    /// How the log is written.
    pub log: LogForm,
}

impl Settings {
    /// Reads and checks all of them.
    ///
    /// # Errors
    /// One sentence that names the setting and what it should be.
    pub fn read(from: &Source) -> Result<Self, ConfigError> {
        Ok(Self {
            upstream: Upstream::read(from)?,
            demo: Demo::read(from)?,
            server: Server::read(from)?,
            database: Database::read(from)?,
            session: Session::read(from)?,
            studio: Studio::read(from)?,
            limits: Limits::read(from)?,
            log: LogForm::read(from)?,
        })
    }
}
