//! What is free today, on the start screen: never older than a minute, whatever the network, the night or the tablet's clock do.

use chrono::{DateTime, TimeDelta, Utc};
use perfectgym::{BookableAppointmentId, Slot};

use super::FreeToday;

/// What is older is not shown: somebody would come for it in vain.
const OLDEST: TimeDelta = TimeDelta::seconds(60);
/// Between two readings, in seconds: an answer may be some seconds old when it comes.
const EVERY: TimeDelta = TimeDelta::seconds(15);
/// After one that failed: the studio may be back at any moment.
const AGAIN: TimeDelta = TimeDelta::seconds(5);
/// Nobody waits longer for a reading; then it counts as failed.
const GIVEN_UP: TimeDelta = TimeDelta::seconds(20);
/// What "in the next hour" is.
const SOON: TimeDelta = TimeDelta::minutes(60);

/// One time on the start screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer<'a> {
    /// Of what.
    pub service: BookableAppointmentId,
    /// What it is called.
    pub title: Option<&'a str>,
    /// How long it takes, in minutes.
    pub duration: Option<i32>,
    /// Its next time.
    pub slot: &'a Slot,
    /// It begins within the hour: whoever walks in now can have it.
    pub soon: bool,
}

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Today<'a> {
    /// Nothing was heard yet.
    Unknown,
    /// The studio's system cannot be reached: nobody knows what is free.
    Unreachable,
    /// These, the soonest first; there may be none.
    Known(Vec<Offer<'a>>),
}

/// What was heard last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Free {
    heard: Option<(FreeToday, DateTime<Utc>)>,
    asked_at: Option<DateTime<Utc>>,
    answered_at: Option<DateTime<Utc>>,
    failed: bool,
}

impl Free {
    /// Whether to ask now; whoever does says so with [`Free::asked`]. Device's clock, here and below.
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        let passed = |since: Option<DateTime<Utc>>, most: TimeDelta| {
            since.is_none_or(|since| now < since || now - since >= most)
        };
        let waits = self.asked_at > self.answered_at;
        let every = if self.failed { AGAIN } else { EVERY };
        match waits {
            true => passed(self.asked_at, GIVEN_UP),
            false => passed(self.answered_at, every),
        }
    }

    /// It is being asked.
    pub fn asked(&mut self, now: DateTime<Utc>) {
        // An answer that never came.
        self.failed |= self.asked_at > self.answered_at;
        self.asked_at = Some(now);
    }

    /// An answer, or none.
    pub fn answered(&mut self, answer: Option<FreeToday>, now: DateTime<Utc>) {
        self.answered_at = Some(now);
        self.failed = answer.is_none();
        if let Some(answer) = answer {
            self.heard = Some((answer, now));
        }
    }

    /// Whether the proxy answered when it was asked last.
    pub fn is_reached(&self) -> bool {
        !self.failed && self.heard.is_some()
    }

    /// Whether something could not be read, and there may be more.
    pub fn is_partly_known(&self) -> bool {
        self.heard.as_ref().is_some_and(|(heard, _)| heard.partly)
    }

    /// Which build is served by now, where that is known.
    pub fn build(&self) -> Option<&str> {
        self.heard.as_ref().map(|(heard, _)| heard.build.as_str())
    }

    /// How it stands at a moment.
    pub fn today(&self, now: DateTime<Utc>) -> Today<'_> {
        match &self.heard {
            Some((heard, at)) if is_fresh(heard, *at, now) => Today::Known(offers(heard, *at, now)),
            None if !self.failed => Today::Unknown,
            _ => Today::Unreachable,
        }
    }
}

fn is_fresh(heard: &FreeToday, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let since = now - at;
    let age = heard.now - heard.read_at + since;
    since >= TimeDelta::zero() && age <= OLDEST
}

/// By the proxy's clock: a tablet's may be wrong.
fn offers(heard: &FreeToday, at: DateTime<Utc>, now: DateTime<Utc>) -> Vec<Offer<'_>> {
    let now = heard.now + (now - at);
    let mut offers: Vec<Offer<'_>> = heard
        .free
        .iter()
        .filter_map(|free| {
            let slot = free
                .slots
                .iter()
                .find(|slot| slot.start_date_time.instant() > now)?;
            Some(Offer {
                service: free.id,
                title: free.title.as_deref(),
                duration: free.duration,
                slot,
                soon: slot.start_date_time.instant() - now <= SOON,
            })
        })
        .collect();
    offers.sort_by_key(|offer| offer.slot.start_date_time.instant());
    offers
}

#[cfg(test)]
mod tests {
    use super::super::FreeService;
    use super::*;

    const AT: fn(i64) -> DateTime<Utc> = |s| DateTime::from_timestamp(1_764_576_000 + s, 0).unwrap();

    /// Starts so many minutes after `AT(0)`, 2025-12-01T08:00:00Z.
    fn slot(minutes: i64) -> Slot {
        let text = |m| (AT(0) + TimeDelta::minutes(m)).format("%Y-%m-%dT%H:%M:%S.000+00:00[UTC]");
        let json = format!(
            r#"{{"startDateTime":"{}","endDateTime":"{}"}}"#,
            text(minutes),
            text(minutes + 30)
        );
        serde_json::from_str(&json).unwrap()
    }

    fn service(id: i64, minutes: &[i64]) -> FreeService {
        FreeService {
            id: BookableAppointmentId(id),
            title: None,
            duration: Some(30),
            slots: minutes.iter().copied().map(slot).collect(),
        }
    }

    fn answer(now: i64, read_at: i64) -> FreeToday {
        FreeToday {
            now: AT(now),
            read_at: AT(read_at),
            build: "a".into(),
            partly: false,
            free: vec![service(1, &[5, 90]), service(2, &[30, 40])],
        }
    }

    fn known(free: &Free, now: i64) -> Option<Vec<(i64, bool)>> {
        match free.today(AT(now)) {
            Today::Known(offers) => Some(offers.iter().map(|o| (o.service.0, o.soon)).collect()),
            _ => None,
        }
    }

    #[test]
    fn the_soonest_is_first_and_what_has_begun_is_gone() {
        let mut free = Free::default();
        assert_eq!(free.today(AT(0)), Today::Unknown);
        free.answered(Some(answer(0, 0)), AT(0));
        assert_eq!(known(&free, 0), Some(vec![(1, true), (2, true)]));
        free.answered(Some(answer(301, 301)), AT(301));
        assert_eq!(known(&free, 301), Some(vec![(2, true), (1, false)]));
    }

    #[test]
    fn nothing_is_older_than_a_minute() {
        let mut free = Free::default();
        free.answered(Some(answer(40, 0)), AT(40));
        assert!(known(&free, 60).is_some());
        assert_eq!(free.today(AT(61)), Today::Unreachable);
        // A tablet that slept for days.
        assert_eq!(free.today(AT(86_400 * 3)), Today::Unreachable);
    }

    #[test]
    fn a_tablet_whose_clock_is_wrong_shows_what_is_free() {
        for wrong in [-86_400, 7_200] {
            let mut free = Free::default();
            free.answered(Some(answer(0, 0)), AT(wrong));
            assert_eq!(
                known(&free, wrong + 30),
                Some(vec![(1, true), (2, true)]),
                "{wrong}"
            );
            // Set right in between: what was heard has no age any more.
            assert!(known(&free, wrong - 3_600).is_none());
        }
    }

    #[test]
    fn it_asks_every_quarter_of_a_minute_and_sooner_where_nobody_answers() {
        let mut free = Free::default();
        assert!(free.is_due(AT(0)));
        free.asked(AT(0));
        assert!(!free.is_due(AT(19)) && free.is_due(AT(20)));
        free.answered(Some(answer(1, 1)), AT(1));
        assert!(!free.is_due(AT(15)) && free.is_due(AT(16)));
        free.asked(AT(16));
        free.answered(None, AT(17));
        assert!(!free.is_due(AT(21)) && free.is_due(AT(22)));
        assert!(!free.is_reached());
        assert!(
            known(&free, 30).is_some(),
            "what was heard is good for its minute"
        );
        free.asked(AT(22));
        free.answered(Some(answer(23, 23)), AT(23));
        assert!(free.is_reached());
    }

    #[test]
    fn nobody_reached_from_the_start_is_said_and_recovers() {
        let mut free = Free::default();
        free.asked(AT(0));
        // No answer at all: it is asked again.
        free.asked(AT(20));
        assert_eq!(free.today(AT(20)), Today::Unreachable);
        free.answered(None, AT(21));
        assert_eq!(free.today(AT(21)), Today::Unreachable);
        free.answered(Some(answer(26, 26)), AT(26));
        assert!(known(&free, 26).is_some());
    }
}
