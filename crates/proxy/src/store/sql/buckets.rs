//! Buckets as rows: read, the sums done, and written where each still is as it was read.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use super::super::StoreError;
use super::super::buckets::{Buckets, Sums};
use super::database::Value;
use super::{OfStudio, with};
use crate::bucket::Bucket;

/// Each time somebody else was faster, so somebody got on; and a bucket that is empty is not written.
const TRIES: usize = 64;
/// `$2` is the time where the database is a file, and nothing where it is a server, which has a clock of its own.
const SERVERS_CLOCK: &str = "COALESCE($2, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT))";
const OUR_CLOCK: &str = "$2";
/// How long one is full before its row goes, in microseconds: whoever comes back at that moment is seldom in its way.
const FULL_FOR: i64 = 60_000_000;

#[async_trait]
impl Buckets for OfStudio {
    async fn change(
        &self,
        names: &[&str],
        now: DateTime<Utc>,
        sums: &mut Sums<'_>,
    ) -> Result<(), StoreError> {
        for _ in 0..TRIES {
            let (now, were) = self.read_buckets(names, now).await?;
            let mut are: Vec<Bucket> = were.iter().map(|was| was.bucket).collect();
            sums(&mut are, now);
            let changes = changes(names, &were, &are, now);
            let done = self.write_buckets(&changes, now).await?;
            if done.len() == changes.len() {
                return Ok(());
            }
            let written = |change: &&Change<'_>| done.iter().any(|name| name == change.name);
            self.take_back(changes.iter().filter(written)).await?;
        }
        Err(StoreError::Contended)
    }

    async fn forget_full_buckets(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = format!(
            "DELETE FROM buckets WHERE studio = $1 AND full_at < {} - {FULL_FOR}",
            self.clock()
        );
        let values = with!(self, self.ours(now));
        self.database.run(AssertSqlSafe(sql), values).await.map(drop)
    }
}

impl OfStudio {
    fn clock(&self) -> &'static str {
        if self.database.is_server() {
            SERVERS_CLOCK
        } else {
            OUR_CLOCK
        }
    }

    fn ours(&self, now: DateTime<Utc>) -> Option<i64> {
        (!self.database.is_server()).then(|| now.timestamp_micros())
    }

    /// What they are, in the order of their names, and what time it is.
    async fn read_buckets(
        &self,
        names: &[&str],
        now: DateTime<Utc>,
    ) -> Result<(Duration, Vec<Was>), StoreError> {
        let places: Vec<_> = (0..names.len()).map(|n| format!("${}", n + 3)).collect();
        let sql = format!(
            "SELECT clock.now, b.name, b.full_at, b.written_at FROM (SELECT {} AS now) clock \
             LEFT JOIN buckets b ON b.studio = $1 AND b.name IN ({})",
            self.clock(),
            places.join(", ")
        );
        let mut values = with!(self, self.ours(now));
        values.extend(names.iter().map(|name| Value::from(*name)));
        let (mut now, mut were) = (0, vec![Was::default(); names.len()]);
        for row in self.database.rows(AssertSqlSafe(sql), values).await? {
            now = row.int("now")?;
            let Some(name) = row.maybe_text("name")? else {
                continue;
            };
            let is = Was::of(row.int("full_at")?, row.int("written_at")?, now);
            let named = names.iter().zip(&mut were).filter(|(one, _)| **one == name);
            named.for_each(|(_, was)| *was = is);
        }
        Ok((micros(now), were))
    }

    /// Writes those that nobody has changed since they were read; their names.
    async fn write_buckets(&self, changes: &[Change<'_>], now: Duration) -> Result<Vec<String>, StoreError> {
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        let (mut rows, mut cases, mut values) = (Vec::new(), Vec::new(), with!(self, in_micros(now)));
        for (n, change) in changes.iter().enumerate() {
            let (name, is, was) = (3 * n + 3, 3 * n + 4, 3 * n + 5);
            rows.push(format!("($1, ${name}, ${is}, $2)"));
            cases.push(format!("WHEN ${name} THEN ${was}"));
            values.extend([change.name.into(), change.is.into(), change.was.into()]);
        }
        let sql = format!(
            "INSERT INTO buckets (studio, name, full_at, written_at) VALUES {} ON CONFLICT (studio, name) \
             DO UPDATE SET full_at = excluded.full_at, written_at = excluded.written_at \
             WHERE buckets.full_at = CASE buckets.name {} END RETURNING name",
            rows.join(", "),
            cases.join(" ")
        );
        let rows = self.database.rows(AssertSqlSafe(sql), values).await?;
        rows.iter().map(|row| row.text("name")).collect()
    }

    /// Undoes changes of which others could not be made. What came on top meanwhile stays.
    async fn take_back<'a>(
        &self,
        done: impl Iterator<Item = &'a Change<'a>> + Send,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE buckets SET full_at = full_at - $3 WHERE studio = $1 AND name = $2";
        for values in done
            .map(|change| with!(self, change.name, change.by))
            .collect::<Vec<_>>()
        {
            self.database.run(sql, values).await?;
        }
        Ok(())
    }
}

/// A bucket as it was read.
#[derive(Clone, Copy, Default)]
struct Was {
    /// As it is written.
    full_at: i64,
    /// As it is to be understood.
    bucket: Bucket,
}

impl Was {
    /// What was written by a clock that has been set back since counts as of now: or what was full then would seem empty,
    /// and lock everybody out, until that time comes round again.
    fn of(full_at: i64, written_at: i64, now: i64) -> Self {
        let set_back = written_at.saturating_sub(now).max(0);
        let bucket = Bucket {
            full_at: micros(full_at.saturating_sub(set_back)),
        };
        Self { full_at, bucket }
    }
}

/// What is to become of a row, in microseconds.
struct Change<'a> {
    name: &'a str,
    was: i64,
    is: i64,
    /// By how much more it is taken from.
    by: i64,
}

/// Those that are other than they were, in the order of their names, so that of two who write several one waits for the
/// other. Whatever is full is full as of now.
fn changes<'a>(names: &[&'a str], were: &[Was], are: &[Bucket], now: Duration) -> Vec<Change<'a>> {
    let full = |bucket: &Bucket| in_micros(bucket.full_at.max(now));
    let pairs = names.iter().zip(were.iter().zip(are));
    let mut changes: Vec<_> = pairs
        .map(|(name, (was, is))| Change {
            name,
            was: was.full_at,
            is: full(is),
            by: full(is) - full(&was.bucket),
        })
        .filter(|change| change.is != change.was.max(in_micros(now)))
        .collect();
    changes.sort_unstable_by_key(|change| change.name);
    changes
}

fn micros(number: i64) -> Duration {
    Duration::from_micros(u64::try_from(number).unwrap_or_default())
}

/// Rounded up: what is taken is never less than it was.
fn in_micros(time: Duration) -> i64 {
    i64::try_from(time.as_nanos().div_ceil(1000)).unwrap_or(i64::MAX)
}
