//! Bookings, kept in SQLite. Knows rows; no rule of the studio and no wire format.

mod rows;
mod schema;

use std::str::FromStr;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use sqlx::{Sqlite, Transaction};

use crate::settings::Database;
pub use rows::{Fate, NewRow, Row};

/// Why the data cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refuses.
    #[error("the demo studio's database: {0}")]
    Sqlite(#[from] sqlx::Error),
    /// The file was made by another version.
    #[error("the demo studio's data is of version {found}, this program writes {ours}: start with --reset")]
    Version {
        /// What the file says.
        found: i64,
        /// What this program writes.
        ours: i64,
    },
}

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Opens the database, and makes it if it is not there.
    ///
    /// # Errors
    /// When SQLite cannot open or write it, or another version made it.
    pub async fn open(database: &Database, reset: bool) -> Result<Self, StoreError> {
        let pool = match database {
            Database::File(path) => file(path).await?,
            Database::Memory => memory().await?,
        };
        let store = Self { pool };
        schema::prepare(&store.pool, reset).await?;
        Ok(store)
    }

    /// Begins to read.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub async fn read(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.pool.begin().await?)
    }

    /// Begins to write. Nobody else writes until it is over, so what it reads stays true: of two who want one
    /// trainer at one time, the second sees the first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Forgets every booking.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub async fn forget(&self) -> Result<(), StoreError> {
        schema::prepare(&self.pool, true).await
    }
}

async fn file(path: &std::path::Path) -> Result<SqlitePool, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .busy_timeout(std::time::Duration::from_secs(10));
    Ok(SqlitePoolOptions::new()
        .max_connections(4)
        .connect_with(options)
        .await?)
}

/// One connection that never ends: a database in memory ends with its connection.
async fn memory() -> Result<SqlitePool, StoreError> {
    let options = SqliteConnectOptions::from_str("sqlite::memory:")?;
    let pool = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None);
    Ok(pool.connect_with(options).await?)
}
