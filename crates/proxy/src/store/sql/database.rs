//! The two databases as one: a statement, its values, its rows. All that is known here of what they are for is where their
//! migrations lie.

use std::path::Path;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgRow};
use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{
    Connection as _, Encode, PgConnection, PgPool, Postgres, Row as _, SqlSafeStr, Sqlite, SqlitePool, Type,
};

use super::super::StoreError;

/// How long a statement waits for its turn: for another process's write, or for a connection.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// What makes the tables, and brings them up to date.
pub(super) static ON_SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
pub(super) static ON_POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

/// A pool of connections.
#[derive(Clone)]
pub(super) enum Database {
    /// One file.
    Sqlite(SqlitePool),
    /// A server.
    Postgres(PgPool),
}

/// What a statement is given. Always typed: PostgreSQL takes no nothing of another kind.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
}

/// A row of either.
pub(super) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Database {
    pub(super) async fn sqlite(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An intent must be on the disk before the upstream is called.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE);
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await?;
        ON_SQLITE.run(&pool).await?;
        Ok(Self::Sqlite(pool))
    }

    pub(super) async fn postgres(address: &SecretString) -> Result<Self, StoreError> {
        let options = options(address)?;
        // Asked once by itself: a pool tries again and again, and then says no more than that it took too long.
        PgConnection::connect_with(&options).await?.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(PATIENCE)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    // An intent must be on the disk before the upstream is called, whatever the server's default is.
                    sqlx::query("SET synchronous_commit TO on")
                        .execute(connection)
                        .await
                        .map(drop)
                })
            })
            .connect_with(options)
            .await?;
        ON_POSTGRES.run(&pool).await?;
        Ok(Self::Postgres(pool))
    }

    /// Runs a statement; how many rows it changed.
    pub(super) async fn run(&self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<u64, StoreError> {
        Ok(match self {
            Self::Sqlite(pool) => bound::<Sqlite>(sql, values).execute(pool).await?.rows_affected(),
            Self::Postgres(pool) => bound::<Postgres>(sql, values)
                .execute(pool)
                .await?
                .rows_affected(),
        })
    }

    /// Runs a statement; its rows.
    pub(super) async fn rows(
        &self,
        sql: impl SqlSafeStr,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        Ok(match self {
            Self::Sqlite(pool) => {
                let rows = bound::<Sqlite>(sql, values).fetch_all(pool).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(pool) => {
                let rows = bound::<Postgres>(sql, values).fetch_all(pool).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// Whether several machines may share it, and it has a clock that they share as well.
    pub(super) fn is_server(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// What an address says.
pub(super) fn options(address: &SecretString) -> Result<PgConnectOptions, StoreError> {
    let read = address.expose_secret().parse();
    read.map_err(|_: sqlx::Error| StoreError::Address)
}

fn bound<'q, D>(sql: impl SqlSafeStr, values: Vec<Value>) -> Query<'q, D, D::Arguments>
where
    D: sqlx::Database,
    Option<i64>: Encode<'q, D> + Type<D>,
    Option<String>: Encode<'q, D> + Type<D>,
{
    values
        .into_iter()
        .fold(sqlx::query(sql), |query, value| match value {
            Value::Int(int) => query.bind(int),
            Value::Text(text) => query.bind(text),
        })
}

impl Row {
    pub(super) fn int(&self, column: &str) -> Result<i64, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    pub(super) fn text(&self, column: &str) -> Result<String, StoreError> {
        Ok(self.maybe_text(column)?.unwrap_or_default())
    }

    pub(super) fn maybe_text(&self, column: &str) -> Result<Option<String>, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }
}

impl From<i64> for Value {
    fn from(int: i64) -> Self {
        Self::Int(Some(int))
    }
}

impl From<Option<i64>> for Value {
    fn from(int: Option<i64>) -> Self {
        Self::Int(int)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}
