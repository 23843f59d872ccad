//! Attempts to book: the intent before the call, the outcome after.

use booking::{AttemptKey, Failure};
use chrono::{DateTime, Utc};
use perfectgym::{AppointmentBooking, BookingWish, CustomerId};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Store, StoreError};

/// An attempt as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What was asked for; none where the key was made void before its request arrived.
    pub wish: Option<BookingWish>,
    /// What its booking would be called, where that is known.
    pub title: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// When that was written.
    pub changed_at: DateTime<Utc>,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// About to be sent, or sent by a process that is no more.
    Intent,
    /// There is a booking.
    Booked(Box<AppointmentBooking>),
    /// Refused, by validation or by the upstream's book.
    Refused(Box<Failure>),
    /// Looked for and not found, long after it was sent.
    NotBooked,
    /// Sent, and no answer came.
    Uncertain,
    /// Asked after before it arrived: it may arrive no more.
    Void,
}

/// What an attempt begins as.
struct New<'a> {
    /// JSON, or nothing.
    wish: &'a str,
    title: Option<&'a str>,
    state: &'static str,
}

impl Store {
    /// Writes an intent, unless the key is taken; then what stands there.
    ///
    /// # Errors
    /// The database's.
    pub async fn begin(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        wish: &BookingWish,
        title: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, StoreError> {
        let new = New {
            wish: &serde_json::to_string(wish)?,
            title,
            state: "INTENT",
        };
        self.put(customer, key, new, now).await
    }

    /// Makes a key void, unless it is taken; then what stands there.
    ///
    /// # Errors
    /// The database's.
    pub async fn void(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, StoreError> {
        let new = New {
            wish: "",
            title: None,
            state: "VOID",
        };
        self.put(customer, key, new, now).await
    }

    /// Puts an attempt there, unless the key is taken; then what stands there.
    async fn put(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        new: New<'_>,
        now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, StoreError> {
        let sql = "INSERT INTO attempts (customer_id, key, wish, title, state, changed_at) \
                   VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
        let row = sqlx::query(sql)
            .bind(customer.0)
            .bind(key.as_str())
            .bind(new.wish)
            .bind(new.title)
            .bind(new.state)
            .bind(now.timestamp());
        let is_new = row.execute(&self.0).await?.rows_affected() == 1;
        if is_new {
            Ok(None)
        } else {
            self.attempt(customer, key).await
        }
    }

    /// What stands under a key of this customer's.
    ///
    /// # Errors
    /// The database's.
    pub async fn attempt(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
    ) -> Result<Option<Attempt>, StoreError> {
        let sql =
            "SELECT wish, title, state, answer, changed_at FROM attempts WHERE customer_id = ? AND key = ?";
        let row = sqlx::query(sql)
            .bind(customer.0)
            .bind(key.as_str())
            .fetch_optional(&self.0)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// A customer's attempts of which nobody knows yet what came of them, the latest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn open_attempts(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<(AttemptKey, Attempt)>, StoreError> {
        let sql = "SELECT key, wish, title, state, answer, changed_at FROM attempts \
                   WHERE customer_id = ? AND state IN ('INTENT', 'UNCERTAIN') ORDER BY changed_at DESC";
        let rows = sqlx::query(sql).bind(customer.0).fetch_all(&self.0).await?;
        let mut open = Vec::with_capacity(rows.len());
        for row in &rows {
            let key: String = row.try_get("key")?;
            // Written by us, so it reads back; one that did not could not be asked after either.
            if let Ok(key) = AttemptKey::new(&key) {
                open.push((key, read(row)?));
            }
        }
        Ok(open)
    }

    /// Writes what came of an attempt.
    ///
    /// # Errors
    /// The database's.
    pub async fn conclude(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        outcome: &Outcome,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (state, answer) = columns(outcome)?;
        let sql =
            "UPDATE attempts SET state = ?, answer = ?, changed_at = ? WHERE customer_id = ? AND key = ?";
        let row = sqlx::query(sql)
            .bind(state)
            .bind(answer)
            .bind(now.timestamp())
            .bind(customer.0)
            .bind(key.as_str());
        row.execute(&self.0).await?;
        Ok(())
    }

    /// Forgets an attempt of which nothing was ever sent, so that the same key may try again.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget(&self, customer: CustomerId, key: &AttemptKey) -> Result<(), StoreError> {
        let sql = "DELETE FROM attempts WHERE customer_id = ? AND key = ?";
        sqlx::query(sql)
            .bind(customer.0)
            .bind(key.as_str())
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// Forgets attempts last changed before a time: nobody asks after them any more.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_attempts_before(&self, time: DateTime<Utc>) -> Result<u64, StoreError> {
        let sql = "DELETE FROM attempts WHERE changed_at < ?";
        Ok(sqlx::query(sql)
            .bind(time.timestamp())
            .execute(&self.0)
            .await?
            .rows_affected())
    }
}

fn columns(outcome: &Outcome) -> Result<(&'static str, Option<String>), StoreError> {
    Ok(match outcome {
        Outcome::Intent => ("INTENT", None),
        Outcome::Booked(booking) => ("BOOKED", Some(serde_json::to_string(booking)?)),
        Outcome::Refused(failure) => ("REFUSED", Some(refusal(failure)?)),
        Outcome::NotBooked => ("NOT_BOOKED", None),
        Outcome::Uncertain => ("UNCERTAIN", None),
        Outcome::Void => ("VOID", None),
    })
}

/// Without the upstream's own sentence, which may name whatever it likes.
fn refusal(failure: &Failure) -> Result<String, StoreError> {
    let kept = Failure {
        message: None,
        upstream_message: None,
        ..failure.clone()
    };
    Ok(serde_json::to_string(&kept)?)
}

fn read(row: &SqliteRow) -> Result<Attempt, StoreError> {
    let (wish, state): (String, String) = (row.try_get("wish")?, row.try_get("state")?);
    let answer: Option<String> = row.try_get("answer")?;
    let answer = answer.unwrap_or_default();
    let outcome = match state.as_str() {
        "BOOKED" => Outcome::Booked(serde_json::from_str(&answer)?),
        "REFUSED" => Outcome::Refused(serde_json::from_str(&answer)?),
        "NOT_BOOKED" => Outcome::NotBooked,
        "VOID" => Outcome::Void,
        "INTENT" => Outcome::Intent,
        _ => Outcome::Uncertain,
    };
    let wish = if wish.is_empty() {
        None
    } else {
        Some(serde_json::from_str(&wish)?)
    };
    let changed_at = DateTime::from_timestamp(row.try_get("changed_at")?, 0).unwrap_or_default();
    Ok(Attempt {
        wish,
        title: row.try_get("title")?,
        outcome,
        changed_at,
    })
}
