//! Moves.

use async_trait::async_trait;
use booking::{AttemptKey, Failure};
use chrono::{DateTime, Utc};
use perfectgym::{BookingId, BookingWish, CustomerId};
use sqlx::AssertSqlSafe;

use super::super::{BegunMove, Move, MoveStep, Moves, OpenMove, StoreError, wish as wishes};
use super::database::Row;
use super::rows::{DUE, key_of, refusal};
use super::{OfStudio, with};

/// How often a move is begun while others of the same booking begin and end.
const TRIES: usize = 8;

#[async_trait]
impl Moves for OfStudio {
    async fn begin_move(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        old: BookingId,
        wish: &BookingWish,
        now: DateTime<Utc>,
    ) -> Result<BegunMove, StoreError> {
        let sql = "INSERT INTO moves (studio, customer_id, key, old_id, fingerprint, state, changed_at) \
                   VALUES ($1, $2, $3, $4, $5, 'BOOKING', $6) ON CONFLICT DO NOTHING";
        let wish = wishes::fingerprint(wish);
        for _ in 0..TRIES {
            let (wish, now) = (wish.as_str(), now.timestamp());
            let values = with!(self, customer.0, key.as_str(), old.0, wish, now);
            if self.database.run(sql, values).await? == 1 {
                return Ok(BegunMove::New);
            }
            if let Some(taken) = self.move_of(customer, key).await? {
                return Ok(BegunMove::Taken(taken));
            }
            if let Some((key, another)) = self.move_from(customer, old).await? {
                return Ok(BegunMove::Another(key, another));
            }
        }
        Err(StoreError::Contended)
    }

    async fn move_from(
        &self,
        customer: CustomerId,
        old: BookingId,
    ) -> Result<Option<(AttemptKey, Move)>, StoreError> {
        let sql = "SELECT key, old_id, fingerprint, state, failure FROM moves \
                   WHERE studio = $1 AND customer_id = $2 AND old_id = $3 \
                   AND state IN ('BOOKING', 'CANCELLING', 'MOVED')";
        let rows = self.database.rows(sql, with!(self, customer.0, old.0)).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        Ok(Some((key_of(row, "key")?, read(row)?)))
    }

    async fn move_of(&self, customer: CustomerId, key: &AttemptKey) -> Result<Option<Move>, StoreError> {
        let sql = "SELECT old_id, fingerprint, state, failure FROM moves \
                   WHERE studio = $1 AND customer_id = $2 AND key = $3";
        let rows = self
            .database
            .rows(sql, with!(self, customer.0, key.as_str()))
            .await?;
        rows.first().map(read).transpose()
    }

    async fn step_move(
        &self,
        customer: CustomerId,
        key: &AttemptKey,
        next: MoveStep,
        failure: Option<&Failure>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let before: Vec<_> = MoveStep::ALL
            .into_iter()
            .filter(|step| step.may_become(next))
            .map(|step| format!("'{}'", step.as_str()))
            .collect();
        let sql = format!(
            "UPDATE moves SET state = $4, failure = $5, changed_at = $6 \
             WHERE studio = $1 AND customer_id = $2 AND key = $3 AND state IN ({})",
            before.join(", ")
        );
        let (failure, now) = (failure.map(refusal).transpose()?, now.timestamp());
        let values = with!(self, customer.0, key.as_str(), next.as_str(), failure, now);
        Ok(self.database.run(AssertSqlSafe(sql), values).await? == 1)
    }

    async fn open_moves(
        &self,
        changed_before: DateTime<Utc>,
        looked_before: DateTime<Utc>,
    ) -> Result<Vec<OpenMove>, StoreError> {
        let sql = format!(
            "SELECT customer_id, key FROM moves WHERE studio = $1 AND state IN ('BOOKING', 'CANCELLING') \
             AND changed_at < $2 AND {DUE} < $3 ORDER BY changed_at LIMIT 100"
        );
        let values = with!(self, changed_before.timestamp(), looked_before.timestamp());
        let rows = self.database.rows(AssertSqlSafe(sql), values).await?;
        rows.iter()
            .map(|row| {
                let customer = CustomerId(row.int("customer_id")?);
                let key = key_of(row, "key")?;
                Ok(OpenMove { customer, key })
            })
            .collect()
    }

    async fn claim_move(
        &self,
        open: &OpenMove,
        looked_before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE moves SET looked_at = $5 WHERE studio = $1 AND customer_id = $2 AND key = $3 AND {DUE} < $4"
        );
        let (before, now) = (looked_before.timestamp(), now.timestamp());
        let values = with!(self, open.customer.0, open.key.as_str(), before, now);
        Ok(self.database.run(AssertSqlSafe(sql), values).await? == 1)
    }

    async fn forget_moves_before(&self, time: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "DELETE FROM moves WHERE studio = $1 AND changed_at < $2";
        self.database
            .run(sql, with!(self, time.timestamp()))
            .await
            .map(drop)
    }
}

fn read(row: &Row) -> Result<Move, StoreError> {
    let state = row.text("state")?;
    let step = MoveStep::ALL.into_iter().find(|step| step.as_str() == state);
    let failure = row.maybe_text("failure")?;
    Ok(Move {
        old: BookingId(row.int("old_id")?),
        step: step.ok_or(StoreError::Column("state"))?,
        failure: failure.map(|text| serde_json::from_str(&text)).transpose()?,
        fingerprint: row.text("fingerprint")?,
    })
}
