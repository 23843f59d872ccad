//! Why a time cannot be booked, and what is left to do. The words for it are not here.

use chrono::{DateTime, TimeDelta, Utc};
use perfectgym::{Slot, ValidationStatus};

use crate::slots::{is_with, nearest, overlap};

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

    /// Whether the fault is the app's, so that the operator should hear of it.
    pub fn is_our_fault(&self) -> bool {
        *self == Self::NotAPeriod
    }
}

/// How many alternatives are offered at once.
pub const ALTERNATIVES: usize = 3;

/// The times to offer instead of a refused one, nearest first; `busy` are the member's own bookings.
pub fn alternatives<'a>(
    refusal: &Refusal,
    refused: &Slot,
    slots: impl IntoIterator<Item = &'a Slot>,
    busy: &[(DateTime<Utc>, DateTime<Utc>)],
) -> Vec<Slot> {
    if !refusal.ways().contains(&Way::OtherTimes) {
        return Vec::new();
    }
    let at = refused.start_date_time.instant();
    let clashes = |slot: &Slot| {
        let period = (slot.start_date_time.instant(), slot.end_date_time.instant());
        busy.iter().any(|other| overlap(period, *other))
    };
    let fits = |slot: &Slot| slot != refused && on_its_side(refusal, slot, at) && !clashes(slot);
    nearest(slots, at, ALTERNATIVES, fits)
}

/// The same time with somebody else.
pub fn other_trainers<'a>(refused: &Slot, slots: impl IntoIterator<Item = &'a Slot>) -> Vec<Slot> {
    let same_time = |slot: &&Slot| {
        slot.start_date_time == refused.start_date_time && slot.end_date_time == refused.end_date_time
    };
    let with_another = |slot: &&Slot| {
        refused
            .instructor_ids()
            .iter()
            .all(|id| !is_with(slot, Some(*id)))
    };
    slots
        .into_iter()
        .filter(same_time)
        .filter(with_another)
        .filter(|slot| *slot != refused)
        .cloned()
        .collect()
}

/// A time that is over, or whose last moment for booking has passed, leads to later ones.
fn on_its_side(refusal: &Refusal, slot: &Slot, refused_at: DateTime<Utc>) -> bool {
    let start = slot.start_date_time.instant();
    match refusal {
        Refusal::Past | Refusal::TooLate => start > refused_at,
        Refusal::Taken => (start - refused_at).abs() <= TimeDelta::days(2),
        _ => true,
    }
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
