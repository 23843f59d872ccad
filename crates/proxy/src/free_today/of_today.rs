//! What was found, put in order. Pure.

use booking::kiosk::FreeService;
use chrono::{DateTime, Utc};
use perfectgym::{BookableAppointmentId, Slot};

/// A start screen shows the next few.
const MOST_OF_EACH: usize = 6;

/// The times of one service today, as they came.
pub(super) struct Part {
    pub(super) read_at: DateTime<Utc>,
    /// Whether some of its times could not be read.
    pub(super) partly: bool,
    pub(super) service: FreeService,
}

/// All of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// When the oldest part was read.
    pub(super) read_at: DateTime<Utc>,
    /// Whether there may be more.
    pub(super) partly: bool,
    free: Vec<FreeService>,
}

impl Found {
    /// Nothing, as of now.
    pub(super) fn nothing(now: DateTime<Utc>) -> Self {
        Self {
            read_at: now,
            partly: false,
            free: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, part: Part) {
        self.read_at = self.read_at.min(part.read_at);
        self.partly |= part.partly;
        self.free.push(part.service);
    }

    /// The soonest first, of each and of all. All of the day: some will have begun when it is shown.
    pub(super) fn in_order(mut self) -> Self {
        for service in &mut self.free {
            service.slots.sort_by_key(start);
        }
        self.free.retain(|service| !service.slots.is_empty());
        self
    }

    /// What begins after a time: the next few of each service, by what begins first.
    pub(super) fn after(&self, now: DateTime<Utc>) -> Vec<FreeService> {
        let left = |service: &FreeService| FreeService {
            slots: next(&service.slots, now),
            ..service.clone()
        };
        let left = self.free.iter().map(left);
        let mut left: Vec<FreeService> = left.filter(|service| !service.slots.is_empty()).collect();
        left.sort_by_key(first);
        left
    }

    /// About as many bytes as it takes.
    pub(super) fn weight(&self) -> usize {
        serde_json::to_vec(&self.free).map_or(0, |json| json.len())
    }
}

fn next(slots: &[Slot], now: DateTime<Utc>) -> Vec<Slot> {
    let after = slots.iter().filter(|slot| start(slot) > now);
    after.take(MOST_OF_EACH).cloned().collect()
}

fn start(slot: &Slot) -> DateTime<Utc> {
    slot.start_date_time.instant()
}

/// What services go by. The id, so that two that begin together do not change places each time.
fn first(service: &FreeService) -> (Option<DateTime<Utc>>, BookableAppointmentId) {
    (service.slots.first().map(start), service.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-11-23T{time}:00Z").parse().unwrap()
    }

    fn part(id: i64, times: &[&str]) -> Part {
        let slot = |time: &&str| {
            let text = format!(
                r#"{{"startDateTime":"2026-11-23T{time}:00Z","endDateTime":"2026-11-23T23:59:00Z"}}"#
            );
            serde_json::from_str::<Slot>(&text).unwrap()
        };
        Part {
            read_at: at("07:59"),
            partly: false,
            service: FreeService {
                id: BookableAppointmentId(id),
                title: None,
                duration: None,
                slots: times.iter().map(slot).collect(),
            },
        }
    }

    fn of(parts: impl IntoIterator<Item = Part>) -> Found {
        let mut found = Found::nothing(at("08:00"));
        parts.into_iter().for_each(|part| found.take(part));
        found.in_order()
    }

    fn ids(free: &[FreeService]) -> Vec<i64> {
        free.iter().map(|service| service.id.0).collect()
    }

    #[test]
    fn what_begins_first_comes_first_and_what_has_begun_not_at_all() {
        let found = of([
            part(3, &["10:00", "08:30"]),
            part(2, &["09:00"]),
            part(1, &["09:00", "08:00"]),
            part(4, &[]),
        ]);
        assert_eq!(ids(&found.after(at("08:00"))), [3, 1, 2]);
        assert_eq!(ids(&found.after(at("08:30"))), [1, 2, 3]);
        assert_eq!(ids(&found.after(at("09:00"))), [3]);
        assert!(found.after(at("10:00")).is_empty());
        assert_eq!(found.read_at, at("07:59"), "of the oldest part");
    }

    #[test]
    fn six_of_a_service_are_shown_and_the_next_ones_move_up() {
        let times = ["08:10", "08:20", "08:30", "08:40", "08:50", "09:00", "09:10"];
        let found = of([part(1, &times)]);
        let shown = |now| {
            found
                .after(at(now))
                .first()
                .map(|service| service.slots.clone())
                .unwrap()
        };
        assert_eq!(shown("08:00").len(), 6);
        let later = shown("08:10");
        assert_eq!((later.len(), start(&later[5])), (6, at("09:10")));
    }
}
