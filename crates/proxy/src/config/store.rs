//! Where what must be remembered is kept.

use secrecy::SecretString;
use url::Url;

use super::source::{ConfigError, Source, wrong};

/// Which database. Its `Debug` shows no address, as that holds a password.
#[derive(Clone, Debug, Default)]
pub enum Database {
    /// A SQLite file in the data folder.
    #[default]
    File,
    /// A PostgreSQL server, which several proxies may share: `postgres://user:password@host/database`.
    Postgres(SecretString),
}

impl Database {
    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let Some(text) = from.text("database") else {
            return Ok(Self::File);
        };
        let is_server = |url: &Url| matches!(url.scheme(), "postgres" | "postgresql");
        match Url::parse(text) {
            Ok(url) if is_server(&url) => Ok(Self::Postgres(SecretString::from(text))),
            _ => Err(wrong(
                "database",
                "is no address of a PostgreSQL server: write postgres://user:password@host/database, or unset it for a \
                 file in FRONTDESK_DATA",
            )),
        }
    }
}
