//! How a database stands, looked at without changing anything in it.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::SecretString;
use sqlx::migrate::Migrator;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::super::StoreError;
use super::database::{Database, ON_POSTGRES, ON_SQLITE, PATIENCE, options};

/// Something that is undone at once.
const NEW_TABLE: &str = "CREATE TABLE frontdesk_check (nothing INT)";
const NEW_ROW: &str =
    "INSERT INTO used_once (studio, name, expires_at) VALUES ('frontdesk check', 'frontdesk check', 0)";

/// What a database is like.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) tables: Tables,
    /// Whether it lets us write what has to be written: rows, or tables where these are not up to date.
    pub(crate) takes: Result<(), StoreError>,
}

/// Its tables, beside those of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tables {
    /// There are none.
    None,
    /// Of an earlier version: the start brings them up to date.
    Behind,
    /// As they should be.
    UpToDate,
    /// Of a later version, which this one does not open.
    Ahead,
    /// Of no version of ours, or left in the middle of being brought up to date.
    Odd,
}

impl Condition {
    /// Of a PostgreSQL server's.
    ///
    /// # Errors
    /// Not an address, nobody there, or not for us to enter.
    pub(crate) async fn of_postgres(address: &SecretString) -> Result<Self, StoreError> {
        let options = options(address)?;
        // Once by itself, as at the start: a pool says no more than that it took too long.
        PgConnection::connect_with(&options).await?.close().await?;
        let one = PgPoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
        Self::of(Database::Postgres(one.connect_with(options).await?), &ON_POSTGRES).await
    }

    /// Of a file that is there.
    ///
    /// # Errors
    /// No file, no database, or not for us to read.
    pub(crate) async fn of_sqlite(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new().filename(file).busy_timeout(PATIENCE);
        let one = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE);
        Self::of(Database::Sqlite(one.connect_with(options).await?), &ON_SQLITE).await
    }

    async fn of(database: Database, ours: &Migrator) -> Result<Self, StoreError> {
        let tables = tables(&database, ours).await?;
        let takes = match tables {
            Tables::UpToDate => tries(&database, NEW_ROW).await,
            Tables::None | Tables::Behind => tries(&database, NEW_TABLE).await,
            Tables::Ahead | Tables::Odd => Ok(()),
        };
        database.close().await;
        Ok(Self { tables, takes })
    }
}

async fn tables(database: &Database, ours: &Migrator) -> Result<Tables, StoreError> {
    let (there, sum) = match database {
        Database::Sqlite(_) => (
            "SELECT count(*) AS n FROM sqlite_master WHERE name = '_sqlx_migrations'",
            "lower(hex(checksum))",
        ),
        Database::Postgres(_) => (
            "SELECT count(to_regclass('_sqlx_migrations')) AS n",
            "encode(checksum, 'hex')",
        ),
    };
    let count = database.rows(there, Vec::new()).await?;
    if count.first().map(|row| row.int("n")).transpose()? != Some(1) {
        return Ok(Tables::None);
    }
    let sql = format!(
        "SELECT version, {sum} AS sum, CASE WHEN success THEN 'yes' ELSE 'no' END AS done FROM _sqlx_migrations"
    );
    let mut made = BTreeMap::new();
    for row in database.rows(AssertSqlSafe(sql), Vec::new()).await? {
        if row.text("done")? != "yes" {
            return Ok(Tables::Odd);
        }
        made.insert(row.int("version")?, row.text("sum")?);
    }
    Ok(beside(&made, ours))
}

/// What was made, by number and checksum, beside what this version makes.
fn beside(made: &BTreeMap<i64, String>, ours: &Migrator) -> Tables {
    let ours: BTreeMap<i64, String> = ours
        .iter()
        .map(|one| {
            (
                one.version,
                one.checksum.iter().map(|b| format!("{b:02x}")).collect(),
            )
        })
        .collect();
    let is_other = |(version, sum): (&i64, &String)| ours.get(version).is_some_and(|own| own != sum);
    if made.iter().any(is_other) {
        Tables::Odd
    } else if made.keys().any(|version| !ours.contains_key(version)) {
        Tables::Ahead
    } else if made.len() < ours.len() {
        Tables::Behind
    } else {
        Tables::UpToDate
    }
}

/// Does it and undoes it, on the one connection that there is.
async fn tries(database: &Database, sql: &'static str) -> Result<(), StoreError> {
    let begin = match database {
        // Else a file that another process writes to would be tried in its middle.
        Database::Sqlite(_) => "BEGIN IMMEDIATE",
        Database::Postgres(_) => "BEGIN",
    };
    database.run(begin, Vec::new()).await?;
    let tried = database.run(sql, Vec::new()).await.map(drop);
    database.run("ROLLBACK", Vec::new()).await?;
    tried
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_told_by_what_was_made_of_them() {
        let all: BTreeMap<i64, String> = ON_SQLITE
            .iter()
            .map(|one| {
                (
                    one.version,
                    one.checksum.iter().map(|b| format!("{b:02x}")).collect(),
                )
            })
            .collect();
        assert_eq!(beside(&all, &ON_SQLITE), Tables::UpToDate);
        let mut fewer = all.clone();
        fewer.pop_last();
        assert_eq!(beside(&fewer, &ON_SQLITE), Tables::Behind);
        let mut more = all.clone();
        more.insert(i64::MAX, "0f".into());
        assert_eq!(beside(&more, &ON_SQLITE), Tables::Ahead);
        let mut other = all;
        other.insert(1, "0f".into());
        assert_eq!(beside(&other, &ON_SQLITE), Tables::Odd);
    }
}
