//! Kiosks.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::super::{KioskState, Kiosks, NewKiosk, PairedKiosk, StoreError};
use super::database::Row;
use super::{OfStudio, with};

#[async_trait]
impl Kiosks for OfStudio {
    async fn put_kiosk(&self, kiosk: &NewKiosk) -> Result<bool, StoreError> {
        let sql = "INSERT INTO kiosks (studio, name, id, code_hash, code_until) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (studio, name) DO UPDATE SET id = excluded.id, code_hash = excluded.code_hash, \
                   code_until = excluded.code_until, paired_at = NULL, revoked_at = NULL, seen_at = NULL \
                   WHERE kiosks.paired_at IS NULL OR kiosks.revoked_at IS NOT NULL";
        let (name, id, hash) = (kiosk.name.as_str(), kiosk.id.as_str(), kiosk.code_hash.as_str());
        let values = with!(self, name, id, hash, kiosk.code_until.timestamp());
        Ok(self.database.run(sql, values).await? == 1)
    }

    async fn pair_kiosk(
        &self,
        code_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<PairedKiosk>, StoreError> {
        let sql = "UPDATE kiosks SET paired_at = $3, code_hash = NULL WHERE studio = $1 AND code_hash = $2 \
                   AND code_until > $3 AND revoked_at IS NULL RETURNING id, name";
        let values = with!(self, code_hash, now.timestamp());
        let rows = self.database.rows(sql, values).await?;
        rows.first().map(paired).transpose()
    }

    async fn kiosk(&self, id: &str) -> Result<Option<PairedKiosk>, StoreError> {
        let sql = "SELECT id, name FROM kiosks WHERE studio = $1 AND id = $2 \
                   AND paired_at IS NOT NULL AND revoked_at IS NULL";
        let rows = self.database.rows(sql, with!(self, id)).await?;
        rows.first().map(paired).transpose()
    }

    async fn kiosk_seen(
        &self,
        id: &str,
        now: DateTime<Utc>,
        unless_since: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        // One from the future is of a clock that was set back.
        let sql = "UPDATE kiosks SET seen_at = $3 WHERE studio = $1 AND id = $2 \
                   AND (seen_at IS NULL OR seen_at <= $4 OR seen_at > $3)";
        let values = with!(self, id, now.timestamp(), unless_since.timestamp());
        self.database.run(sql, values).await.map(drop)
    }

    async fn kiosks(&self) -> Result<Vec<(String, KioskState)>, StoreError> {
        let sql = "SELECT name, code_until, COALESCE(paired_at, -1) AS paired, COALESCE(revoked_at, -1) AS revoked, \
                   COALESCE(seen_at, -1) AS seen \
                   FROM kiosks WHERE studio = $1 ORDER BY name";
        let rows = self.database.rows(sql, with!(self)).await?;
        rows.iter()
            .map(|row| Ok((row.text("name")?, state(row)?)))
            .collect()
    }

    async fn revoke_kiosk(&self, name: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = "UPDATE kiosks SET revoked_at = $3, code_hash = NULL \
                   WHERE studio = $1 AND name = $2 AND revoked_at IS NULL";
        let values = with!(self, name, now.timestamp());
        Ok(self.database.run(sql, values).await? == 1)
    }

    async fn forget_kiosks_before(&self, time: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "DELETE FROM kiosks WHERE studio = $1 \
                   AND (revoked_at < $2 OR (paired_at IS NULL AND revoked_at IS NULL AND code_until < $2))";
        let values = with!(self, time.timestamp());
        self.database.run(sql, values).await.map(drop)
    }
}

fn paired(row: &Row) -> Result<PairedKiosk, StoreError> {
    Ok(PairedKiosk {
        id: row.text("id")?,
        name: row.text("name")?,
    })
}

fn state(row: &Row) -> Result<KioskState, StoreError> {
    let at = |column| Ok::<_, StoreError>(DateTime::from_timestamp(row.int(column)?, 0).unwrap_or_default());
    let (paired, revoked) = (row.int("paired")?, row.int("revoked")?);
    Ok(match (paired, revoked) {
        (_, 0..) => KioskState::Revoked(at("revoked")?),
        (0.., _) => KioskState::Paired {
            at: at("paired")?,
            seen: (row.int("seen")? >= 0).then(|| at("seen")).transpose()?,
        },
        _ => KioskState::Waits(at("code_until")?),
    })
}
