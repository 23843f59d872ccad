//! Times: the windows they are read in, the days they fall on, and which of them are near.
//!
//! A slot is (start, end, instructor ids); it has no id. Days are the studio's, by the slot's own offset.

use std::cmp::Ordering;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Timelike, Utc};
use perfectgym::{DaysAhead, Instructor, InstructorId, Moment, Slot};

use crate::StudioZone;

/// How many days one page of the strip shows.
pub const PAGE_DAYS: u32 = 5;

/// The last page of the strip: a year ahead, as the upstream names no horizon.
pub const LAST_PAGE: u32 = 72;

/// What tells one slot from another, in the upstream's own text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlotKey {
    /// `startDateTime`, byte for byte.
    pub start: String,
    /// `endDateTime`, byte for byte.
    pub end: String,
    /// Ids in the upstream's order.
    pub instructors: Vec<InstructorId>,
}

impl SlotKey {
    /// A slot's identity.
    pub fn of(slot: &Slot) -> Self {
        Self {
            start: slot.start_date_time.text().to_owned(),
            end: slot.end_date_time.text().to_owned(),
            instructors: slot.instructor_ids(),
        }
    }

    /// When it starts, if its text is a moment (an address can say anything).
    pub fn starts(&self) -> Option<Moment> {
        Moment::parse(&self.start).ok()
    }

    /// The slot it is of, as far as its identity tells: nobody has a name.
    pub fn slot(&self) -> Option<Slot> {
        let nameless = |id: &InstructorId| Instructor {
            id: Some(*id),
            ..Instructor::default()
        };
        Some(Slot {
            start_date_time: self.starts()?,
            end_date_time: Moment::parse(&self.end).ok()?,
            instructors: self.instructors.iter().map(nameless).collect(),
        })
    }
}

/// What to ask the upstream for to know every slot of one page of days.
///
/// Whether a window's ends are inclusive is undocumented. A page is five days and its window six, starting the day
/// before: whichever reading holds, all five days are inside. The first page starts today, as yesterday might be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// `slotWindowStartDate`.
    pub start: NaiveDate,
    /// `daysAhead`.
    pub days_ahead: DaysAhead,
}

impl Window {
    /// The window of a page of days that are counted from `today`.
    pub fn of_page(today: NaiveDate, page: u32) -> Self {
        let ahead = u64::from(page) * u64::from(PAGE_DAYS);
        let start = today
            .checked_add_days(Days::new(ahead.saturating_sub(1)))
            .unwrap_or(today);
        Self {
            start,
            days_ahead: DaysAhead::MOST,
        }
    }
}

/// The page that shows a day; the first one for a day that is over, none beyond the last page.
pub fn page_of(today: NaiveDate, day: NaiveDate) -> Option<u32> {
    let ahead = u32::try_from((day - today).num_days().max(0)).ok()?;
    Some(ahead / PAGE_DAYS).filter(|page| *page <= LAST_PAGE)
}

/// The days that a page shows.
pub fn days_of(today: NaiveDate, page: u32) -> impl Iterator<Item = NaiveDate> {
    let first = u64::from(page) * u64::from(PAGE_DAYS);
    (first..first + u64::from(PAGE_DAYS)).filter_map(move |ahead| today.checked_add_days(Days::new(ahead)))
}

/// Merges what several windows answered: in order of start, each slot once. They come in order mostly, so each is put in
/// its place; a sort would be more code than all of this.
pub fn merge<'a>(windows: impl IntoIterator<Item = &'a [Slot]>) -> Vec<&'a Slot> {
    let mut all: Vec<&Slot> = Vec::new();
    for slot in windows.into_iter().flatten() {
        add(&mut all, slot);
    }
    all
}

/// Puts a slot in its place among those that are in order, unless it is there.
pub(crate) fn add<'a>(all: &mut Vec<&'a Slot>, slot: &'a Slot) {
    if let Err(place) = all.binary_search_by(|other| order(other, slot)) {
        all.insert(place, slot);
    }
}

/// By start, then end, then what else tells two slots apart.
fn order(a: &Slot, b: &Slot) -> Ordering {
    let key = |slot: &Slot| (slot.start_date_time.instant(), slot.end_date_time.instant());
    key(a)
        .cmp(&key(b))
        .then_with(|| a.start_date_time.text().cmp(b.start_date_time.text()))
        .then_with(|| a.end_date_time.text().cmp(b.end_date_time.text()))
        .then_with(|| a.instructor_ids().cmp(&b.instructor_ids()))
}

/// The studio's day a slot starts on.
pub fn day_of(slot: &Slot, zone: &StudioZone) -> NaiveDate {
    zone.local_of(&slot.start_date_time).date()
}

/// Whether a slot is one with this trainer; any slot is with "any trainer".
pub fn is_with(slot: &Slot, trainer: Option<InstructorId>) -> bool {
    trainer.is_none_or(|id| slot.instructors.iter().any(|i| i.id == Some(id)))
}

/// The trainers of some slots, by name, each once. One without an id or a name cannot be asked for.
pub fn trainers<'a>(slots: impl IntoIterator<Item = &'a Slot>) -> Vec<(InstructorId, String)> {
    let mut found: Vec<(InstructorId, String)> = Vec::new();
    for instructor in slots.into_iter().flat_map(|slot| &slot.instructors) {
        let (Some(id), Some(name)) = (instructor.id, instructor.shown_name()) else {
            continue;
        };
        if found.iter().all(|(known, _)| *known != id) {
            let place = found.partition_point(|(other, known)| (known, *other) < (&name, id));
            found.insert(place, (id, name));
        }
    }
    found
}

/// When in a day something starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartOfDay {
    /// Before noon.
    Morning,
    /// From noon.
    Afternoon,
    /// From five.
    Evening,
}

impl PartOfDay {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// By the studio's clock.
    pub fn of(moment: &Moment, zone: &StudioZone) -> Self {
        match zone.local_of(moment).hour() {
            0..12 => Self::Morning,
            12..17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }
}

/// One time to choose: slots of the same start and end, that differ in who gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// At least one, in the upstream's order of ids.
    pub slots: Vec<Slot>,
    /// When it starts.
    pub start: Moment,
    /// When it ends.
    pub end: Moment,
}

impl Offer {
    /// Groups slots, which [`merge`] has put in order, into times.
    pub fn group<'a>(slots: impl IntoIterator<Item = &'a Slot>) -> Vec<Self> {
        let mut offers: Vec<Self> = Vec::new();
        for slot in slots {
            let same = |o: &&mut Offer| o.start == slot.start_date_time && o.end == slot.end_date_time;
            match offers.last_mut().filter(same) {
                Some(offer) => offer.slots.push(slot.clone()),
                None => offers.push(Self {
                    slots: vec![slot.clone()],
                    start: slot.start_date_time.clone(),
                    end: slot.end_date_time.clone(),
                }),
            }
        }
        offers
    }

    /// Whether a slot is among those of this time.
    pub fn has(&self, key: &SlotKey) -> bool {
        self.slots.iter().any(|slot| &SlotKey::of(slot) == key)
    }
}

/// The times nearest to an instant, nearest first; one slot for each time.
pub fn nearest<'a>(slots: impl IntoIterator<Item = &'a Slot>, to: DateTime<Utc>) -> Vec<Slot> {
    let away = |slot: &Slot| (slot.start_date_time.instant() - to).abs();
    let mut found: Vec<Slot> = Vec::new();
    for slot in Offer::group(slots)
        .into_iter()
        .filter_map(|offer| offer.slots.into_iter().next())
    {
        let place = found.partition_point(|other| away(other) <= away(&slot));
        found.insert(place, slot);
    }
    found
}

/// Whether two periods share any time. Ends that touch do not.
pub fn overlap(a: (DateTime<Utc>, DateTime<Utc>), b: (DateTime<Utc>, DateTime<Utc>)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// Whole minutes from start to end.
pub fn minutes(start: &Moment, end: &Moment) -> i64 {
    (end.instant() - start.instant())
        .max(TimeDelta::zero())
        .num_minutes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(start: &str, end: &str, ids: &[i64]) -> Slot {
        let instructor = |id: &i64| Instructor {
            id: Some(InstructorId(*id)),
            ..Instructor::default()
        };
        Slot {
            start_date_time: Moment::parse(start).unwrap(),
            end_date_time: Moment::parse(end).unwrap(),
            instructors: ids.iter().map(instructor).collect(),
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Every reading of "from slotWindowStartDate to that + daysAhead" that the contract leaves open.
    fn readings(window: Window) -> [Vec<NaiveDate>; 4] {
        let span = u64::try_from(window.days_ahead.get()).unwrap();
        let days = |from: u64, to: u64| (from..=to).map(|n| window.start + Days::new(n)).collect();
        [days(0, span), days(0, span - 1), days(1, span), days(1, span - 1)]
    }

    #[test]
    fn a_page_is_whole_whichever_way_the_upstream_reads_a_window() {
        let today = day("2026-10-23");
        for page in 1..=LAST_PAGE {
            for reading in readings(Window::of_page(today, page)) {
                assert!(
                    days_of(today, page).all(|d| reading.contains(&d)),
                    "page {page}: {reading:?}"
                );
            }
        }
        assert_eq!(Window::of_page(today, 0).start, today);
    }

    #[test]
    fn every_day_is_on_the_page_that_shows_it() {
        let today = day("2026-12-30");
        for page in 0..=LAST_PAGE {
            assert!(days_of(today, page).all(|d| page_of(today, d) == Some(page)));
        }
        assert_eq!(page_of(today, day("2026-12-01")), Some(0));
        assert_eq!(page_of(today, day("9999-01-01")), None);
    }

    #[test]
    fn two_trainers_at_one_time_are_two_slots_and_one_offer() {
        let (start, end) = (
            "2026-12-02T09:00:00.000+01:00[Europe/Berlin]",
            "2026-12-02T10:00:00.000+01:00[Europe/Berlin]",
        );
        let a = [slot(start, end, &[1]), slot(start, end, &[2])];
        let b = [slot(start, end, &[2])];
        let merged = merge([a.as_slice(), b.as_slice()]);
        assert_eq!(merged.len(), 2);
        let offers = Offer::group(merged);
        assert_eq!((offers.len(), offers[0].slots.len()), (1, 2));
    }

    #[test]
    fn the_hour_that_an_autumn_night_has_twice_is_two_times() {
        let first = slot(
            "2026-10-25T02:30:00.000+02:00",
            "2026-10-25T03:00:00.000+01:00",
            &[],
        );
        let second = slot(
            "2026-10-25T02:30:00.000+01:00",
            "2026-10-25T03:00:00.000+01:00",
            &[],
        );
        let all = [second.clone(), first.clone()];
        assert_eq!(merge([all.as_slice()]), [&first, &second]);
        assert_eq!(minutes(&first.start_date_time, &first.end_date_time), 90);
    }

    #[test]
    fn the_nearest_times_are_the_nearest_on_either_side() {
        let at = |hour: u32| {
            slot(
                &format!("2026-12-02T{hour:02}:00:00Z"),
                &format!("2026-12-02T{:02}:00:00Z", hour + 1),
                &[],
            )
        };
        let all: Vec<Slot> = [8, 9, 12, 17].map(at).to_vec();
        let found = nearest(&all, at(10).start_date_time.instant());
        let hours: Vec<u32> = found.iter().map(|s| s.start_date_time.instant().hour()).collect();
        assert_eq!(hours, [9, 8, 12, 17]);
    }
}
