//! The studio's zone: what the operator set, else what the first slot's bracket says, and until then UTC.

use std::sync::{Arc, PoisonError, RwLock};

use booking::StudioZone;
use chrono::{DateTime, Days, Offset as _, TimeDelta, Utc};
use chrono_tz::Tz;
use perfectgym::{DaysAhead, ListSlots, Slot};

use crate::catalogue::Catalogue;
use crate::upstream::Upstream;

const BACK: Days = Days::new(3653);
const AHEAD: Days = Days::new(3 * 366);
/// How many services are asked for a slot when the zone has to be learnt.
const ASKED: usize = 5;

/// Keeps the zone.
pub(crate) struct ZoneKeeper(RwLock<Option<Tz>>);

impl ZoneKeeper {
    /// Starts with what the operator set.
    pub(crate) fn new(configured: Option<Tz>) -> Self {
        Self(RwLock::new(configured))
    }

    /// The zone, where it is known.
    pub(crate) fn zone(&self) -> Option<Tz> {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the zone of the first slot that names one, unless it is known.
    pub(crate) fn learn(&self, slots: &[Slot]) {
        if self.zone().is_some() {
            return;
        }
        let named = slots
            .iter()
            .find_map(|slot| slot.start_date_time.zone()?.parse::<Tz>().ok());
        if let Some(zone) = named {
            tracing::info!(zone = zone.name(), "learnt the studio's zone from a slot");
            *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(zone);
        }
    }

    /// What the app gets: the shifts from ten years ago to three years ahead.
    pub(crate) fn for_browser(&self, now: DateTime<Utc>) -> StudioZone {
        self.zone().map_or_else(StudioZone::utc, |zone| shifts(zone, now))
    }
}

/// Looks for a slot that names the zone. What fails is left: the first member who looks at times teaches it.
pub(crate) async fn ask(keeper: &ZoneKeeper, catalogue: &Catalogue, upstream: &Arc<Upstream>) {
    let Some(first) = booking::boot::walk_of_catalogue().next() else {
        return;
    };
    let Ok(slice) = catalogue.slice(upstream, &first, "en").await else {
        return;
    };
    for service in slice.result.items.iter().take(ASKED) {
        let days = Some(DaysAhead::MOST);
        let slots = ListSlots {
            id: service.id,
            customer_id: None,
            days_ahead: days,
            slot_window_start_date: None,
        };
        if let Ok(slots) = upstream.call(&slots, "en").await {
            keeper.learn(&slots.items);
        }
        if keeper.zone().is_some() {
            return;
        }
    }
}

fn shifts(zone: Tz, now: DateTime<Utc>) -> StudioZone {
    let from = now.checked_sub_days(BACK).unwrap_or(now);
    let until = now.checked_add_days(AHEAD).unwrap_or(now);
    let (mut day, mut last) = (from, offset(zone, from));
    let mut shifts = vec![(from.timestamp(), last)];
    while let Some(next) = day.checked_add_days(Days::new(1)).filter(|next| *next <= until) {
        let then = offset(zone, next);
        if then != last {
            let at = first_second_of(zone, day, next);
            shifts.push((at.timestamp(), then));
        }
        (day, last) = (next, then);
    }
    StudioZone {
        name: zone.name().to_owned(),
        shifts,
    }
}

fn offset(zone: Tz, at: DateTime<Utc>) -> i32 {
    at.with_timezone(&zone).offset().fix().local_minus_utc()
}

/// Halves the day until the second of the shift is found.
fn first_second_of(zone: Tz, mut before: DateTime<Utc>, mut after: DateTime<Utc>) -> DateTime<Utc> {
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if offset(zone, middle) == offset(zone, before) {
            before = middle
        } else {
            after = middle
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn berlin_shifts_at_one_in_the_morning_utc() {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let zone = shifts(chrono_tz::Europe::Berlin, now);
        let spring = "2027-03-28T01:00:00Z"
            .parse::<DateTime<Utc>>()
            .unwrap()
            .timestamp();
        assert!(zone.shifts.contains(&(spring, 7200)));
        // What holds ten years ago is the start; then two a year.
        assert_eq!(zone.shifts.len(), 1 + 2 * 13);
        assert!(zone.shifts.is_sorted());
    }

    #[test]
    fn a_slot_teaches_the_zone_once_and_the_operator_has_the_last_word() {
        let slot = |zone: &str| {
            let start = format!("2026-12-02T17:30:00.000+01:00[{zone}]");
            let text = format!(r#"{{"startDateTime":"{start}","endDateTime":"{start}"}}"#);
            serde_json::from_str::<Slot>(&text).unwrap()
        };
        let keeper = ZoneKeeper::new(None);
        keeper.learn(&[slot("Mars/Base"), slot("Europe/Vienna")]);
        keeper.learn(&[slot("Europe/Berlin")]);
        assert_eq!(keeper.zone(), Some(chrono_tz::Europe::Vienna));
        let keeper = ZoneKeeper::new(Some(chrono_tz::Europe::Zurich));
        keeper.learn(&[slot("Europe/Berlin")]);
        assert_eq!(keeper.zone(), Some(chrono_tz::Europe::Zurich));
    }
}
