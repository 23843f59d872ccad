//! What the operator decides. Read once, checked whole, before anything is opened or sent.
//!
//! Each setting has one name: `FRONTDESK_UPSTREAM_URL` in the environment is `upstream_url` in the TOML file, and the
//! environment wins. Nothing here touches the network or writes a file. No error repeats a secret.

mod browsers;
mod doors;
mod house;
mod identity;
mod kiosk;
mod limits;
mod log;
mod mail;
mod server;
mod session;
mod source;
mod store;
mod studio;
mod studio_name;
mod tables;
mod upstream;
mod webhook;

pub use browsers::Browsers;
pub use doors::{Doors, TlsFiles};
pub use house::HouseSettings;
pub use identity::{HandOff, Identity};
pub use kiosk::Kiosk;
pub use limits::Limits;
pub use log::LogForm;
pub use mail::{Mail, MailTls};
pub use server::{Origin, Server};
pub use session::{Brakes, Session, SessionKeys, key_from_text, keys_from_text};
pub use source::{ConfigError, Fingerprint, Source};
pub use store::Database;
pub use studio::Studio;
pub use studio_name::{NoStudioName, StudioName};
pub use upstream::{Demo, Upstream};
pub use webhook::Webhook;

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
    "session_idle_hours",
    "sign_in",
    "smtp_url",
    "smtp_ca",
    "mail_from",
    "card_format",
    "kiosk_minutes",
    "kiosk_idle_seconds",
    "handoff_issuer",
    "handoff_key",
    "handoff_audience",
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
    "upstream_a_minute",
    "cache_catalogue",
    "cache_slots",
    "webhook_key",
    "demo_listen",
    "demo_quirks",
    "demo_mail",
    "tls_cert",
    "tls_key",
    "connections",
    "connections_per_address",
    "metrics_token",
    "frame_ancestors",
    "hsts_seconds",
];

/// Those of the process, which no studio has of its own.
pub const SHARED: &[&str] = &[
    "listen",
    "data",
    "database",
    "dist",
    "session_key",
    "trust_forwarded",
    "log",
    "demo_listen",
    "demo_quirks",
    "tls_cert",
    "tls_key",
    "connections",
    "connections_per_address",
    "metrics_token",
];

/// All settings of one studio, with those that it shares with others.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the operator calls the studio.
    pub name: StudioName,
    /// The hosts that it is asked for by; empty where it is the only one, and any will do.
    pub hosts: Vec<String>,
    /// Of all that was set, to tell whether anything is set otherwise now. Secrets are in it, and cannot be read from it.
    pub fingerprint: Fingerprint,
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
    /// Ways of signing in.
    pub identity: Identity,
    /// Signing in at kiosks.
    pub kiosk: Kiosk,
    /// E-mails, where they can be sent.
    pub mail: Option<Mail>,
    /// What members are told of the studio.
    pub studio: Studio,
    /// What browsers are told to keep to.
    pub browsers: Browsers,
    /// How long anything may take.
    pub limits: Limits,
    /// Whether the upstream says when something changed.
    pub webhook: Webhook,
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
            name: StudioName::default(),
            hosts: Vec::new(),
            fingerprint: from.fingerprint(),
            upstream: Upstream::read(from)?,
            demo: Demo::read(from)?,
            server: Server::read(from)?,
            database: Database::read(from)?,
            session: Session::read(from)?,
            identity: Identity::read(from)?,
            kiosk: Kiosk::read(from)?,
            mail: Mail::read(from)?,
            studio: Studio::read(from)?,
            browsers: Browsers::read(from)?,
            limits: Limits::read(from)?,
            webhook: Webhook::read(from)?,
            log: LogForm::read(from)?,
        })
    }
}
