//! A member's bookings: what they mean, how they are grouped, and finding one again whose answer was lost.

use chrono::{DateTime, Utc};
use perfectgym::{AppointmentBooking, AppointmentStatus, BookingStatus, BookingWish};

/// What a booking is to its member now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// To come.
    Upcoming,
    /// To come, and the studio still has to confirm it.
    ToBeConfirmed,
    /// Under way or over.
    Past,
    /// Cancelled, by whomever.
    Cancelled,
    /// The upstream says a word this version does not know; to come.
    Unclear,
}

impl Standing {
    /// What a booking is at `now`.
    pub fn of(booking: &AppointmentBooking, now: DateTime<Utc>) -> Self {
        let cancelled = booking.booking_status == BookingStatus::Canceled
            || booking.appointment_status == AppointmentStatus::Canceled;
        if cancelled {
            return Self::Cancelled;
        }
        if booking.start_date_time.instant() <= now
            || booking.appointment_status == AppointmentStatus::Completed
        {
            return Self::Past;
        }
        match (&booking.booking_status, &booking.appointment_status) {
            (_, AppointmentStatus::Unknown(_)) => Self::Unclear,
            (BookingStatus::BookedWithConfirmationRequired, _) => Self::ToBeConfirmed,
            (BookingStatus::Booked, _) => Self::Upcoming,
            _ => Self::Unclear,
        }
    }

    /// Whether cancelling can be offered. Until when the upstream allows it is not known; it decides.
    pub fn can_be_cancelled(self) -> bool {
        matches!(self, Self::Upcoming | Self::ToBeConfirmed | Self::Unclear)
    }
}

/// Bookings as My bookings shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouped {
    /// Soonest first.
    pub upcoming: Vec<AppointmentBooking>,
    /// Latest first.
    pub past: Vec<AppointmentBooking>,
    /// Latest first.
    pub cancelled: Vec<AppointmentBooking>,
}

impl Grouped {
    /// Sorts a member's bookings into what is to come, what is over, and what was cancelled.
    pub fn of(bookings: &[AppointmentBooking], now: DateTime<Utc>) -> Self {
        let mut groups = Self::default();
        for booking in bookings {
            match Standing::of(booking, now) {
                Standing::Cancelled => put(&mut groups.cancelled, booking, true),
                Standing::Past => put(&mut groups.past, booking, true),
                Standing::Upcoming | Standing::ToBeConfirmed | Standing::Unclear => {
                    put(&mut groups.upcoming, booking, false);
                }
            }
        }
        groups
    }

    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        self.upcoming.is_empty() && self.past.is_empty() && self.cancelled.is_empty()
    }
}

/// Puts a booking in its place. By hand: a sort for each order would be most of this file in the browser's bundle.
fn put(group: &mut Vec<AppointmentBooking>, booking: &AppointmentBooking, latest_first: bool) {
    let start = booking.start_date_time.instant();
    let before = |other: &AppointmentBooking| {
        let other = other.start_date_time.instant();
        other == start || (other > start) == latest_first
    };
    group.insert(group.partition_point(before), booking.clone());
}

/// Whether a booking is the one that was wished for: same start, same end, same title, not cancelled.
///
/// By instant, not by text: a booking may come in another form than its slot. A title is compared where both sides
/// have one; a result names no bookable appointment.
pub fn same_booking(wish: &BookingWish, title: Option<&str>, booking: &AppointmentBooking) -> bool {
    let same_time = wish.start_date_time.instant() == booking.start_date_time.instant()
        && wish.end_date_time.instant() == booking.end_date_time.instant();
    let same_title = title.is_none_or(|t| booking.title.as_deref().is_none_or(|b| b == t));
    let stands = booking.booking_status != BookingStatus::Canceled
        && booking.appointment_status != AppointmentStatus::Canceled;
    same_time && same_title && stands
}
