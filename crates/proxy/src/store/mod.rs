//! What must survive a restart, and what several processes must agree on: attempts to book, moves, bookings far
//! ahead, sessions that were signed out of, kiosks, what is counted. Knows no axum, no clock and no upstream; times are
//! arguments.
//!
//! [`Store`] is the one door. It is the sum of its concerns, a trait and a file each. [`Backend`] opens a database once
//! a process and gives a `Store` for each studio; no statement reaches another studio's rows.
//!
//! # Another concern
//!
//! 1. Its trait in a file here, with what each method promises when two processes call it at the same moment.
//! 2. Its name among [`Store`]'s.
//! 3. Its tables in `migrations/sqlite/` and in `migrations/postgres/`, each table with a `studio`.
//! 4. Its implementation in a file of `sql/`: one text of SQL for both databases (`$1`, no function of one alone). What
//!    two processes may both try is one conditional statement that says how many rows it changed; what was read before
//!    is written only where it is still so.
//! 5. Its story in `tests/proxy/store_story.rs`, which runs on both.
//!
//! # Another database
//!
//! 1. A variant of `sql/database.rs`, with its migrations; or, where it speaks no SQL, all traits for a type of its own.
//! 2. A line for it in `tests/proxy/store_story.rs`. What that asks is all that is asked.

mod attempts;
pub(crate) mod buckets;
mod codes;
mod kiosks;
mod line;
mod moves;
mod remembered;
mod revoked;
mod signed_out;
mod single_use;
mod sql;
mod state;
mod wish;

pub use attempts::{Attempt, Attempts, Begun, Concluded, OpenAttempt, Outcome};
pub use buckets::{Buckets, Sums};
pub use codes::{Codes, Try};
pub use kiosks::{KioskState, Kiosks, NewKiosk, PairedKiosk};
pub(crate) use line::{Ear, Line};
pub use moves::{BegunMove, Move, MoveStep, Moves, OpenMove};
pub use remembered::Remembered;
pub use revoked::Revoked;
pub use signed_out::SignedOut;
pub use single_use::SingleUse;
pub use sql::Backend;
pub(crate) use sql::{Condition, Tables};
pub use state::{State, Step};
pub(crate) use wish::same_wish;

pub use crate::config::StudioName;

/// What one studio's proxies remember.
pub trait Store:
    Attempts + Moves + Remembered + Revoked + Codes + SingleUse + SignedOut + Kiosks + Buckets
{
}

impl<T> Store for T where
    T: Attempts + Moves + Remembered + Revoked + Codes + SingleUse + SignedOut + Kiosks + Buckets
{
}

/// The database did not do what it should. Says nothing of its address, which holds a password.
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
    /// Likewise, a column.
    #[error("the database holds a {0} that no version of ours wrote")]
    Column(&'static str),
    /// The address of the server is none.
    #[error(
        "FRONTDESK_DATABASE is no address of a PostgreSQL server: write postgres://user:password@host/database"
    )]
    Address,
    /// The connection that listens broke.
    #[error("the connection to the database was lost")]
    Lost,
    /// Others changed the same rows again and again.
    #[error("the database was changed by others each time it was asked")]
    Contended,
}
