//! What must survive a restart: attempts to book, bookings far ahead, sessions that were signed out of.
//!
//! SQLite, one file. Knows no axum, no clock and no upstream; times are arguments.

mod attempts;
mod remembered;
mod revoked;

use std::path::Path;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

pub use attempts::{Attempt, Outcome};

/// The database.
#[derive(Clone)]
pub struct Store(SqlitePool);

/// The database did not do what it should.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Cannot be opened, read or written.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// Its tables cannot be brought up to date.
    #[error("the database cannot be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row holds what no version of ours wrote.
    #[error("the database holds a row that cannot be read: {0}")]
    Row(#[from] serde_json::Error),
}

impl Store {
    /// Opens the file, makes it where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// Not for us to write, not a database, or one of a later version.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An intent must be on the disk before the upstream is called.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(std::time::Duration::from_secs(5));
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await?;
        sqlx::migrate!("./migrations").run(&pool).await?;
        Ok(Self(pool))
    }

    /// Closes the file when everything under way is done.
    pub async fn close(&self) {
        self.0.close().await;
    }
}
