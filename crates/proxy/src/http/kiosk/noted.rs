//! What staff learn of their kiosks: when each was last seen, and how much was wrong at one. Never what, or of whom.

use chrono::{DateTime, TimeDelta, Utc};
use moka::sync::Cache;

use crate::identity::Kiosk;
use crate::store::Store;

/// A kiosk asks each minute; the database is told this often.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);
/// No studio has more.
const MOST: u64 = 1000;

/// By the id of each.
pub(crate) struct Noted {
    seen: Cache<String, DateTime<Utc>>,
    wrong: Cache<String, u32>,
}

impl Default for Noted {
    fn default() -> Self {
        Self {
            seen: Cache::new(MOST),
            wrong: Cache::new(MOST),
        }
    }
}

impl Noted {
    /// It asks for something. That it cannot be written down keeps nobody from anything.
    pub(super) async fn seen(&self, kiosk: &Kiosk, store: &dyn Store, now: DateTime<Utc>) {
        let last = self.seen.get(kiosk.id());
        if last.is_some_and(|last| last <= now && now - last < SEEN_EVERY) {
            return;
        }
        self.seen.insert(kiosk.id().to_owned(), now);
        if let Err(error) = store.kiosk_seen(kiosk.id(), now, now - SEEN_EVERY).await {
            tracing::warn!(kiosk = kiosk.name(), %error, "that a kiosk was seen is not written down");
        }
    }

    /// Nobody was recognised at it; how often now since somebody was.
    pub(super) fn wrong(&self, kiosk: &Kiosk) -> u32 {
        let counted = self.wrong.entry(kiosk.id().to_owned());
        let counted = counted
            .and_upsert_with(|before| before.map_or(1, |before| before.into_value().saturating_add(1)));
        counted.into_value()
    }

    /// Somebody was.
    pub(super) fn right(&self, kiosk: &Kiosk) {
        self.wrong.invalidate(kiosk.id());
    }
}
