//! Attempts to book. What two processes may both try is decided by one statement's condition, or by the index of which
//! there can be one open attempt at a wish.

use async_trait::async_trait;
use booking::AttemptKey;
use chrono::{DateTime, Utc};
use perfectgym::{AppointmentBooking, BookingId, BookingWish, CustomerId};
use sqlx::AssertSqlSafe;

use super::super::{
    Attempt, Attempts, Begun, Concluded, OpenAttempt, Outcome, State, Step, StoreError, wish as wishes,
};
use super::rows::{COLUMNS, Columns, DUE, OPEN, key_of, read};
use super::{OfStudio, with};

/// How often a wish is begun that others begin and end at the same moments.
const TRIES: usize = 8;

#[async_trait]
impl Attempts for OfStudio {
    async fn begin(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        wish: &BookingWish,
        title: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Begun, StoreError> {
        let new = New {
            customer,
            key,
            wish: serde_json::to_string(wish)?,
            fingerprint: wishes::fingerprint(wish),
            title,
            now,
        };
        for _ in 0..TRIES {
            if let Some(begun) = self.try_to_begin(&new, wish).await? {
                return Ok(begun);
            }
        }
        Err(StoreError::Contended)
    }

    async fn void(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, StoreError> {
        let sql = "INSERT INTO attempts (studio, customer_id, key, wish, state, changed_at) \
                   VALUES ($1, $2, $3, '', 'VOID', $4) ON CONFLICT DO NOTHING";
        let values = with!(self, customer.0, key.as_str(), now.timestamp());
        if self.database.run(sql, values).await? == 1 {
            return Ok(None);
        }
        self.attempt(customer, key).await
    }

    async fn attempt(&self, customer: CustomerId, key: &AttemptKey) -> Result<Option<Attempt>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM attempts WHERE studio = $1 AND customer_id = $2 AND key = $3");
        let values = with!(self, customer.0, key.as_str());
        let rows = self.database.rows(AssertSqlSafe(sql), values).await?;
        rows.first().map(read).transpose()
    }

    async fn send(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let before = State::before(State::Sent, Step::Plain);
        self.change(customer, key, &before, &Outcome::Sent, now).await
    }

    async fn conclude(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        stands: State,
        outcome: &Outcome,
        now: DateTime<Utc>,
    ) -> Result<Concluded, StoreError> {
        let plain = allowed(stands, outcome.state());
        if self.change(customer, key, &plain, outcome, now).await? {
            return Ok(Concluded::Written);
        }
        let late = State::before(outcome.state(), Step::Late);
        if self.change(customer, key, &late, outcome, now).await? {
            return Ok(Concluded::Late);
        }
        let stands = self.attempt(customer, key).await?;
        Ok(Concluded::Stands(stands.map(Box::new)))
    }

    async fn forget(&self, customer: CustomerId, key: &AttemptKey, stands: State) -> Result<(), StoreError> {
        let sql = "DELETE FROM attempts WHERE studio = $1 AND customer_id = $2 AND key = $3 AND state = $4";
        let values = with!(self, customer.0, key.as_str(), stands.as_str());
        self.database.run(sql, values).await.map(drop)
    }

    async fn open_attempts(
        &self,
        changed_before: DateTime<Utc>,
        looked_before: DateTime<Utc>,
    ) -> Result<Vec<OpenAttempt>, StoreError> {
        let sql = format!(
            "SELECT customer_id, key, {COLUMNS} FROM attempts WHERE studio = $1 AND state IN ({OPEN}) \
             AND changed_at < $2 AND {DUE} < $3 ORDER BY changed_at LIMIT 100"
        );
        let values = with!(self, changed_before.timestamp(), looked_before.timestamp());
        let rows = self.database.rows(AssertSqlSafe(sql), values).await?;
        rows.iter()
            .map(|row| {
                let customer = CustomerId(row.int("customer_id")?);
                Ok(OpenAttempt::new(customer, key_of(row, "key")?, read(row)?))
            })
            .collect()
    }

    async fn claim_look(
        &self,
        open: &OpenAttempt,
        looked_before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE attempts SET looked_at = $5 WHERE studio = $1 AND customer_id = $2 AND key = $3 \
             AND {DUE} < $4"
        );
        let (before, now) = (looked_before.timestamp(), now.timestamp());
        let values = with!(self, open.customer().0, open.key().as_str(), before, now);
        Ok(self.database.run(AssertSqlSafe(sql), values).await? == 1)
    }

    async fn tell_once(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE attempts SET told_at = $4 WHERE studio = $1 AND customer_id = $2 AND key = $3 \
                   AND told_at IS NULL";
        let values = with!(self, customer.0, key.as_str(), now.timestamp());
        Ok(self.database.run(sql, values).await? == 1)
    }

    async fn booked_since(
        &self,
        customer: CustomerId,
        wish: &BookingWish,
        since: DateTime<Utc>,
    ) -> Result<Option<AppointmentBooking>, StoreError> {
        let sql = "SELECT answer FROM attempts WHERE studio = $1 AND customer_id = $2 AND fingerprint = $3 \
                   AND state = 'BOOKED' AND changed_at >= $4 ORDER BY changed_at DESC LIMIT 1";
        let values = with!(self, customer.0, wishes::fingerprint(wish), since.timestamp());
        let rows = self.database.rows(sql, values).await?;
        let answer = rows.first().map(|row| row.text("answer")).transpose()?;
        Ok(answer.map(|answer| serde_json::from_str(&answer)).transpose()?)
    }

    async fn open_at(
        &self,
        customer: CustomerId,
        wish: &BookingWish,
    ) -> Result<Option<AttemptKey>, StoreError> {
        let open = self.open_of(customer, &wishes::fingerprint(wish)).await?;
        Ok(open.map(|(key, _)| key))
    }

    async fn wish_of(
        &self,
        customer: CustomerId,
        booking: BookingId,
    ) -> Result<Option<BookingWish>, StoreError> {
        let sql = "SELECT wish FROM attempts WHERE studio = $1 AND customer_id = $2 AND booking_id = $3 \
                   AND state = 'BOOKED' ORDER BY changed_at LIMIT 1";
        let rows = self
            .database
            .rows(sql, with!(self, customer.0, booking.0))
            .await?;
        let wish = rows.first().map(|row| row.text("wish")).transpose()?;
        Ok(wish.map(|wish| serde_json::from_str(&wish)).transpose()?)
    }

    async fn forget_attempts_before(&self, time: DateTime<Utc>) -> Result<u64, StoreError> {
        let sql = "DELETE FROM attempts WHERE studio = $1 AND changed_at < $2";
        self.database.run(sql, with!(self, time.timestamp())).await
    }
}

/// What is to be begun.
struct New<'a> {
    customer: CustomerId,
    key: &'a AttemptKey,
    wish: String,
    fingerprint: String,
    title: Option<&'a str>,
    now: DateTime<Utc>,
}

impl OfStudio {
    /// Once. Nothing where what was in the way was gone when it was looked at.
    async fn try_to_begin(&self, new: &New<'_>, wish: &BookingWish) -> Result<Option<Begun>, StoreError> {
        if self.insert(new).await? {
            return Ok(Some(Begun::New));
        }
        let mine = self.attempt(new.customer, new.key).await?;
        let waits = match mine {
            Some(mine) if mine.outcome.state() != State::Follows || mine.wish.as_ref() != Some(wish) => {
                return Ok(Some(Begun::Taken(Box::new(mine))));
            }
            other => other.is_some(),
        };
        match self.open_of(new.customer, &new.fingerprint).await? {
            Some((leader, open)) if self.follow(new, &leader).await? => {
                Ok(Some(Begun::Follows(leader, Box::new(open))))
            }
            None if waits && self.lead(new).await? => Ok(Some(Begun::New)),
            _ => Ok(None),
        }
    }

    async fn insert(&self, new: &New<'_>) -> Result<bool, StoreError> {
        let sql = "INSERT INTO attempts (studio, customer_id, key, wish, fingerprint, title, state, changed_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, 'INTENT', $7) ON CONFLICT DO NOTHING";
        let values = with!(
            self,
            new.customer.0,
            new.key.as_str(),
            new.wish.as_str(),
            new.fingerprint.as_str(),
            new.title,
            new.now.timestamp(),
        );
        Ok(self.database.run(sql, values).await? == 1)
    }

    /// The open attempt at the same wish.
    async fn open_of(
        &self,
        customer: CustomerId,
        fingerprint: &str,
    ) -> Result<Option<(AttemptKey, Attempt)>, StoreError> {
        let sql = format!(
            "SELECT key, {COLUMNS} FROM attempts WHERE studio = $1 AND customer_id = $2 AND fingerprint = $3 \
             AND state IN ({OPEN})"
        );
        let rows = self
            .database
            .rows(AssertSqlSafe(sql), with!(self, customer.0, fingerprint))
            .await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        Ok(Some((key_of(row, "key")?, read(row)?)))
    }

    /// Writes a key as one that follows another; `false` where it was taken for something else meanwhile.
    async fn follow(&self, new: &New<'_>, leader: &AttemptKey) -> Result<bool, StoreError> {
        let sql = "INSERT INTO attempts \
                   (studio, customer_id, key, wish, fingerprint, title, state, changed_at, follows) \
                   VALUES ($1, $2, $3, $4, $5, $6, 'FOLLOWS', $7, $8) \
                   ON CONFLICT (studio, customer_id, key) DO UPDATE SET follows = excluded.follows \
                   WHERE attempts.state = 'FOLLOWS'";
        let values = with!(
            self,
            new.customer.0,
            new.key.as_str(),
            new.wish.as_str(),
            new.fingerprint.as_str(),
            new.title,
            new.now.timestamp(),
            leader.as_str(),
        );
        Ok(self.database.run(sql, values).await? == 1)
    }

    /// Makes an intent of one that followed; `false` where another was quicker.
    async fn lead(&self, new: &New<'_>) -> Result<bool, StoreError> {
        let before = State::before(State::Intent, Step::Plain);
        match self
            .change(new.customer, new.key, &before, &Outcome::Intent, new.now)
            .await
        {
            Err(StoreError::Database(sqlx::Error::Database(error))) if error.is_unique_violation() => {
                Ok(false)
            }
            led => led,
        }
    }

    /// Changes the state from one of those `before`; whether there was one.
    async fn change(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        before: &[State],
        outcome: &Outcome,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if before.is_empty() {
            return Ok(false);
        }
        let before: Vec<_> = before
            .iter()
            .map(|state| format!("'{}'", state.as_str()))
            .collect();
        let sql = format!(
            "UPDATE attempts SET state = $4, answer = $5, booking_id = $6, changed_at = $7, follows = NULL \
             WHERE studio = $1 AND customer_id = $2 AND key = $3 AND state IN ({})",
            before.join(", ")
        );
        let to = Columns::of(outcome)?;
        let (state, now) = (outcome.state().as_str(), now.timestamp());
        let values = with!(
            self,
            customer.0,
            key.as_str(),
            state,
            to.answer.as_deref(),
            to.booking,
            now
        );
        Ok(self.database.run(AssertSqlSafe(sql), values).await? == 1)
    }
}

/// From what an outcome may be written by whoever thinks that the attempt `stands` so.
fn allowed(stands: State, next: State) -> Vec<State> {
    let mut before = State::before(next, Step::Plain);
    if next != State::Booked {
        before.retain(|state| *state == stands);
    }
    before
}
