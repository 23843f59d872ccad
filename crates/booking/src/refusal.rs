//! Why a time cannot be booked, and what is left to do. The words for it are not here.

use chrono::{DateTime, Utc};
use perfectgym::{Slot, ValidationStatus};

use crate::slots::{SlotKey, is_with, nearest, overlap};

/// A verdict that is not "available".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has started.
    Past,
    /// The end is not after the start: a fault of ours or the upstream's.
    NotAPeriod,
    /// The studio changed how long it takes.
    PeriodChanged,
    /// The member has another booking then.
    OtherBooking,
    /// The membership is paused then.
    Paused,
    /// Nothing left of what it needs.
    NoContingent,
    /// It has conditions that the membership does not meet.
    Restricted,
    /// As many booked as one may.
    LimitReached,
    /// Before the earliest booking date-time. Whether "not yet open" is meant is undocumented.
    TooEarly,
    /// After the latest booking date-time; the desk may still fit the member in.
    TooLate,
    /// The studio is closed then.
    StudioClosed,
    /// Trainer, room or device is taken.
    Taken,
    /// No reason named.
    NotAvailable,
    /// A word this version does not know.
    Unknown(Box<str>),
}

/// A way on from a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The nearest times that fit, offered one by one.
    OtherTimes,
    /// The same time with somebody else.
    OtherTrainer,
    /// Another day of the strip.
    OtherDays,
    /// What else the studio offers.
    OtherServices,
    /// My bookings.
    Bookings,
    /// Call or write to the studio.
    Studio,
}

impl Refusal {
    /// Every refusal there are words for.
    pub const ALL: [Self; 13] = [
        Self::Past,
        Self::NotAPeriod,
        Self::PeriodChanged,
        Self::OtherBooking,
        Self::Paused,
        Self::NoContingent,
        Self::Restricted,
        Self::LimitReached,
        Self::TooEarly,
        Self::TooLate,
        Self::StudioClosed,
        Self::Taken,
        Self::NotAvailable,
    ];

    /// What a verdict refuses; `None` where it does not.
    pub fn of(status: &ValidationStatus) -> Option<Self> {
        Some(match status {
            ValidationStatus::Available => return None,
            ValidationStatus::PastStartDateTime => Self::Past,
            ValidationStatus::EndDateTimeNotAfterStartDateTime => Self::NotAPeriod,
            ValidationStatus::PeriodDoesNotMatch => Self::PeriodChanged,
            ValidationStatus::CustomerInOtherBooking => Self::OtherBooking,
            ValidationStatus::CustomerIdle => Self::Paused,
            ValidationStatus::NoContingent => Self::NoContingent,
            ValidationStatus::BookableAppointmentRestrictionsNotFulfilled => Self::Restricted,
            ValidationStatus::BookingLimitReached => Self::LimitReached,
            ValidationStatus::DateTimeBeforeEarliestBookingDateTime => Self::TooEarly,
            ValidationStatus::DateTimeAfterLatestBookingDateTime => Self::TooLate,
            ValidationStatus::StudioClosed => Self::StudioClosed,
            ValidationStatus::ResourceNotAvailable => Self::Taken,
            ValidationStatus::NotAvailable => Self::NotAvailable,
            ValidationStatus::Unknown(word) => Self::Unknown(word.clone()),
        })
    }

    /// What is left to do, best first; never empty.
    pub fn ways(&self) -> &'static [Way] {
        match self {
            Self::Past | Self::NotAPeriod | Self::PeriodChanged | Self::TooEarly => {
                &[Way::OtherTimes, Way::OtherDays]
            }
            Self::OtherBooking => &[Way::Bookings, Way::OtherTimes],
            Self::Paused => &[Way::OtherDays, Way::Studio],
            Self::NoContingent | Self::Restricted => &[Way::OtherServices, Way::Studio],
            Self::LimitReached => &[Way::Bookings],
            Self::TooLate | Self::StudioClosed => &[Way::OtherTimes, Way::Studio],
            Self::Taken => &[Way::OtherTrainer, Way::OtherTimes, Way::OtherDays],
            Self::NotAvailable | Self::Unknown(_) => &[Way::OtherTimes, Way::Studio],
        }
    }

    /// Whether what is on the screen is no longer true, so that the times have to be read again.
    pub fn outdates_times(&self) -> bool {
        use Refusal::{NotAPeriod, NotAvailable, Past, PeriodChanged, StudioClosed, Taken, Unknown};
        matches!(
            self,
            Past | NotAPeriod | PeriodChanged | StudioClosed | Taken | NotAvailable | Unknown(_)
        )
    }
}

/// How many alternatives are offered at once.
pub const ALTERNATIVES: usize = 3;

/// What there is to know beside the slots when others are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around<'a> {
    /// What has begun by now is not offered.
    pub now: DateTime<Utc>,
    /// The member's own bookings, from when to when.
    pub busy: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// What was refused before.
    pub refused: &'a [SlotKey],
}

impl Around<'_> {
    /// Whether a slot may be offered instead of another: still to come, not refused before, and in no booking's way.
    fn lets(&self, slot: &Slot) -> bool {
        let period = (slot.start_date_time.instant(), slot.end_date_time.instant());
        period.0 > self.now
            && !self.refused.contains(&SlotKey::of(slot))
            && !self.busy.iter().any(|other| overlap(period, *other))
    }
}

/// The times to offer instead of a refused one, nearest first. The same time with somebody else is not among them where
/// that is a way of its own.
pub fn alternatives(refusal: &Refusal, refused: &Slot, slots: &[&Slot], around: &Around<'_>) -> Vec<Slot> {
    let ways = refusal.ways();
    if !ways.contains(&Way::OtherTimes) {
        return Vec::new();
    }
    let at = refused.start_date_time.instant();
    let later_only = matches!(refusal, Refusal::Past | Refusal::TooLate);
    let apart = ways.contains(&Way::OtherTrainer);
    let mut fitting = slots.to_vec();
    fitting.retain(|slot| {
        let on_its_side = !later_only || slot.start_date_time.instant() > at;
        *slot != refused && on_its_side && !(apart && same_time(slot, refused)) && around.lets(slot)
    });
    let mut found = nearest(fitting, at);
    if *refusal == Refusal::StudioClosed {
        on_both_sides(&mut found, at);
    }
    found.truncate(ALTERNATIVES);
    found
}

/// The times to offer instead of one that is no longer there.
pub fn instead_of_gone(key: &SlotKey, slots: &[&Slot], around: &Around<'_>) -> Vec<Slot> {
    let Some(at) = key.starts() else {
        return Vec::new();
    };
    let mut fitting = slots.to_vec();
    fitting.retain(|slot| around.lets(slot));
    let mut found = nearest(fitting, at.instant());
    found.truncate(ALTERNATIVES);
    found
}

/// Puts the nearest of the other side among those that are offered, where it would not be.
fn on_both_sides(found: &mut Vec<Slot>, at: DateTime<Utc>) {
    let is_later = |slot: &Slot| slot.start_date_time.instant() > at;
    let Some(first_is_later) = found.first().map(is_later) else {
        return;
    };
    let other = found.iter().position(|slot| is_later(slot) != first_is_later);
    if let Some(other) = other.filter(|other| *other >= ALTERNATIVES) {
        let slot = found.remove(other);
        found.insert(ALTERNATIVES - 1, slot);
    }
}

/// The same time with somebody else.
pub fn other_trainers(refused: &Slot, slots: &[&Slot], around: &Around<'_>) -> Vec<Slot> {
    let ids = refused.instructor_ids();
    let mut found = slots.to_vec();
    found.retain(|slot| {
        let with_another = ids.iter().all(|id| !is_with(slot, Some(*id)));
        same_time(slot, refused) && with_another && *slot != refused && around.lets(slot)
    });
    found.into_iter().cloned().collect()
}

fn same_time(a: &Slot, b: &Slot) -> bool {
    a.start_date_time == b.start_date_time && a.end_date_time == b.end_date_time
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_but_available_is_a_refusal_with_a_way_on() {
        for status in ValidationStatus::KNOWN {
            let refusal = Refusal::of(status);
            assert_eq!(
                refusal.is_none(),
                *status == ValidationStatus::Available,
                "{status}"
            );
            assert!(refusal.is_none_or(|r| !r.ways().is_empty() && Refusal::ALL.contains(&r)));
        }
        let odd = Refusal::of(&ValidationStatus::from("FULL_MOON"));
        assert!(odd.is_some_and(|r| !r.ways().is_empty()));
    }
}
