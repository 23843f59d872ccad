//! [`Store`](super::Store) in SQL, once for SQLite and PostgreSQL.

mod attempts;
mod buckets;
mod codes;
mod condition;
mod database;
mod kiosks;
mod line;
mod moves;
mod remembered;
mod revoked;
mod rows;
mod signed_out;
mod single_use;
mod upgrade;

use std::path::Path;
use std::sync::Arc;

use secrecy::SecretString;

use super::{Line, Store, StoreError, StudioName};
pub(crate) use condition::{Condition, Tables};
use database::Database;

/// A database, opened once a process.
#[derive(Clone)]
pub struct Backend(Database);

impl Backend {
    /// Opens a SQLite file, makes it where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// Not for us to write, not a database, or one of a later version.
    pub async fn sqlite(file: &Path) -> Result<Self, StoreError> {
        Self::ready(Database::sqlite(file).await?).await
    }

    /// Connects to a PostgreSQL server and brings its tables up to date; several processes may do so at once. The
    /// address is `postgres://user:password@host/database`, with TLS as its `sslmode` says.
    ///
    /// # Errors
    /// Not an address, nobody there, not for us to enter, or of a later version.
    pub async fn postgres(address: &SecretString) -> Result<Self, StoreError> {
        Self::ready(Database::postgres(address).await?).await
    }

    async fn ready(database: Database) -> Result<Self, StoreError> {
        upgrade::fingerprints(&database).await?;
        Ok(Self(database))
    }

    /// What is remembered of one studio.
    pub fn of(&self, studio: &StudioName) -> Arc<dyn Store> {
        Arc::new(OfStudio {
            database: self.0.clone(),
            studio: studio.clone(),
        })
    }

    /// By which the processes on it talk; none where there is but one.
    pub(crate) fn line(&self) -> Option<Arc<dyn Line>> {
        line::of(&self.0)
    }

    /// Whether other machines may work on it too.
    pub fn is_shared(&self) -> bool {
        self.0.is_server()
    }

    /// Closes it for everybody when everything under way is done.
    pub async fn close(&self) {
        self.0.close().await;
    }
}

/// One studio's rows. Each statement's `$1` is the studio.
struct OfStudio {
    database: Database,
    studio: StudioName,
}

/// The values of a statement, the studio's first.
macro_rules! with {
    ($this:expr $(, $value:expr)* $(,)?) => {
        vec![$crate::store::sql::database::Value::from($this.studio.as_str()) $(, $crate::store::sql::database::Value::from($value))*]
    };
}
use with;
