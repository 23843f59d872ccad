//! A session as its cookie carries it: whose it is, since when, and until when.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use perfectgym::CustomerId;
use serde::{Deserialize, Serialize};

/// A browser keeps no cookie above 4 kB.
const LONGEST_NAME: usize = 60;
/// A session is sealed anew when this part of the time it may be idle has passed.
const RENEWED_EVERY: i32 = 10;

/// A session, as its cookie carries it. Neither `Debug` nor public in what it holds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionToken {
    #[serde(rename = "s")]
    id: String,
    #[serde(rename = "c")]
    customer: CustomerId,
    #[serde(rename = "n")]
    first_name: Option<String>,
    #[serde(rename = "i")]
    issued_at: i64,
    #[serde(rename = "e")]
    expires_at: i64,
    /// Unix milliseconds: whoever signs out everywhere and in again within a second is signed in. Absent in cookies of
    /// before, as is the next.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    began_at: Option<i64>,
    /// Unix seconds of the last time that the cookie was sealed anew.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    renewed_at: Option<i64>,
    /// The kiosk that it began at, and at which alone it holds.
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    kiosk: Option<String>,
}

impl SessionToken {
    /// A new session. Only for whoever has just established who the customer is.
    pub fn start(
        customer: CustomerId,
        first_name: Option<&str>,
        now: DateTime<Utc>,
        lasts: TimeDelta,
    ) -> Self {
        let id = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>());
        let first_name = first_name.map(str::trim).filter(|name| !name.is_empty());
        Self {
            id,
            customer,
            first_name: first_name.map(|name| name.chars().take(LONGEST_NAME).collect()),
            issued_at: now.timestamp(),
            expires_at: (now + lasts).timestamp(),
            began_at: Some(now.timestamp_millis()),
            renewed_at: None,
            kiosk: None,
        }
    }

    /// The same session, bound to a kiosk.
    #[must_use]
    pub fn at_kiosk(self, kiosk: &str) -> Self {
        let kiosk = Some(kiosk.to_owned());
        Self { kiosk, ..self }
    }

    /// The kiosk that it is bound to.
    pub(super) fn kiosk(&self) -> Option<&str> {
        self.kiosk.as_deref()
    }

    /// What it is revoked by.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whose it is.
    pub fn customer(&self) -> CustomerId {
        self.customer
    }

    /// All that the browser may know of them.
    pub fn first_name(&self) -> Option<&str> {
        self.first_name.as_deref()
    }

    /// When it ends, however often it is used.
    pub fn expires_at(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.expires_at, 0).unwrap_or_default()
    }

    /// Whether it began after somebody signed out everywhere.
    pub fn began_after(&self, signed_out: DateTime<Utc>) -> bool {
        let began = self
            .began_at
            .unwrap_or_else(|| self.issued_at.saturating_mul(1000));
        began > signed_out.timestamp_millis()
    }

    /// The same session, begun after a time: for clocks of several machines that do not agree, and for those that were
    /// set back.
    #[must_use]
    pub fn beginning_after(mut self, signed_out: Option<DateTime<Utc>>) -> Self {
        if let Some(time) = signed_out.filter(|time| !self.began_after(*time)) {
            self.began_at = Some(time.timestamp_millis() + 1);
        }
        self
    }

    /// Whether it has begun and not ended.
    pub(super) fn holds_at(&self, now: DateTime<Utc>) -> bool {
        // A minute's grace, for clocks that were set back.
        (self.issued_at - 60..self.expires_at).contains(&now.timestamp())
    }

    /// Whether it was used within the time that it may be idle.
    pub(super) fn is_fresh(&self, idle: TimeDelta, now: DateTime<Utc>) -> bool {
        now.timestamp() - self.used_at() < idle.num_seconds()
    }

    /// Whether less than a time has passed since it began.
    pub(super) fn is_younger_than(&self, lasts: TimeDelta, now: DateTime<Utc>) -> bool {
        now.timestamp() - self.issued_at < lasts.num_seconds()
    }

    /// The same session, used now; `None` where it is not time to seal it anew. One at a kiosk ends when it ends.
    #[must_use]
    pub fn renewed(&self, idle: TimeDelta, now: DateTime<Utc>) -> Option<Self> {
        let due = now.timestamp() - self.used_at() >= (idle / RENEWED_EVERY).num_seconds();
        let slides = idle < TimeDelta::seconds(self.expires_at - self.issued_at);
        (due && slides && self.kiosk.is_none()).then(|| Self {
            renewed_at: Some(now.timestamp()),
            ..self.clone()
        })
    }

    /// How long its cookie is worth keeping.
    pub fn kept_for(&self, idle: TimeDelta, now: DateTime<Utc>) -> TimeDelta {
        (self.expires_at() - now).min(idle)
    }

    fn used_at(&self) -> i64 {
        self.renewed_at.unwrap_or(self.issued_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
    }

    fn token(hours: i64) -> SessionToken {
        SessionToken::start(CustomerId(7), Some("Ada"), at(0), TimeDelta::hours(hours))
    }

    #[test]
    fn a_session_in_use_slides_and_one_that_is_idle_ends() {
        let idle = TimeDelta::minutes(100);
        let mut token = token(24);
        assert!(token.renewed(idle, at(9)).is_none(), "at most every tenth");
        for minute in (10..600).step_by(90) {
            assert!(token.is_fresh(idle, at(minute)), "{minute}");
            token = token.renewed(idle, at(minute)).unwrap();
        }
        assert!(!token.is_fresh(idle, at(550 + 100)));
        assert_eq!(token.expires_at(), at(24 * 60), "the absolute end stays");
        assert_eq!(token.kept_for(idle, at(24 * 60 - 5)), TimeDelta::minutes(5));
        assert_eq!(token.kept_for(idle, at(600)), idle);
    }

    #[test]
    fn a_session_at_a_kiosk_never_slides() {
        let idle = TimeDelta::minutes(10);
        assert!(token(24).renewed(idle, at(5)).is_some());
        let token = token(24).at_kiosk("a");
        assert!((1..24).all(|hour| token.renewed(idle, at(hour * 60)).is_none()));
    }

    #[test]
    fn without_an_end_of_its_own_nothing_slides() {
        let token = token(2);
        assert!(token.renewed(TimeDelta::hours(2), at(100)).is_none());
    }

    #[test]
    fn a_session_of_after_signing_out_everywhere_holds_even_where_the_clock_was_set_back() {
        let token = token(2);
        assert!(!token.began_after(at(0)) && !token.began_after(at(60)));
        assert!(token.clone().beginning_after(Some(at(60))).began_after(at(60)));
        assert!(token.clone().beginning_after(None).began_after(at(-1)));
    }
}
