//! The tables.

use sqlx::{Connection, SqlitePool};

use super::StoreError;

/// Raised whenever a table changes; a demo's data is not worth a migration.
const VERSION: i64 = 1;

const DROP: &str = "DROP TABLE IF EXISTS bookings; DROP TABLE IF EXISTS told; PRAGMA user_version = 0;";

/// Instants are Unix seconds. `story` is the key of the story a row was made for, until a member changes the row.
const CREATE: &str = "
CREATE TABLE bookings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL,
    service INTEGER NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    trainers TEXT NOT NULL,
    room INTEGER,
    fate TEXT NOT NULL,
    story TEXT
);
CREATE INDEX bookings_by_start ON bookings (starts);
CREATE INDEX bookings_by_customer ON bookings (customer);
CREATE TABLE told (story TEXT PRIMARY KEY, day TEXT NOT NULL);
-- Ids as large as the upstream's.
INSERT INTO sqlite_sequence (name, seq) VALUES ('bookings', 1230000000);
PRAGMA user_version = 1;
";

/// Makes the tables, if need be anew.
pub(super) async fn prepare(pool: &SqlitePool, reset: bool) -> Result<(), StoreError> {
    let mut connection = pool.acquire().await?;
    let mut all_or_nothing = connection.begin_with("BEGIN IMMEDIATE").await?;
    let last = last_id(&mut all_or_nothing).await?;
    if reset {
        sqlx::raw_sql(DROP).execute(&mut *all_or_nothing).await?;
    }
    let found: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *all_or_nothing)
        .await?;
    match found {
        VERSION => {}
        0 => {
            sqlx::raw_sql(CREATE).execute(&mut *all_or_nothing).await?;
            let goes_on = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'bookings'";
            sqlx::query(goes_on)
                .bind(last)
                .execute(&mut *all_or_nothing)
                .await?;
        }
        found => return Err(StoreError::Version { found, ours: VERSION }),
    }
    Ok(all_or_nothing.commit().await?)
}

/// The last id that was given out. Whoever keeps ids, as a proxy does, must never meet one that stands for another booking,
/// whatever is forgotten here.
async fn last_id(connection: &mut sqlx::SqliteConnection) -> Result<i64, StoreError> {
    let has_any = "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'";
    let has_any: i64 = sqlx::query_scalar(has_any).fetch_one(&mut *connection).await?;
    if has_any == 0 {
        return Ok(0);
    }
    let last = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'bookings'";
    Ok(sqlx::query_scalar(last).fetch_one(connection).await?)
}
