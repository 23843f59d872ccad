//! The right to find out what became of a customer's attempts. It books
//! nothing; and it cancels nothing but what the store says its customer moved ([`crate::moving`]).

use perfectgym::{BookingWish, CustomerId, ListBookings, ValidateBooking};

use crate::identity::Member;
use crate::store::{OpenAttempt, OpenMove};

/// On whose behalf it is looked. There are two ways to have one: to be the member, or to hold what of theirs
/// the store gave as open; a handler, which is given neither but by a cookie, has the first alone.
#[derive(Clone, Copy)]
pub(crate) struct Whose(CustomerId);

impl Whose {
    /// The member's own.
    pub(crate) fn of_member(member: &Member) -> Self {
        Self(member.customer())
    }

    /// Those of whoever began an attempt and did not come back.
    pub(super) fn of_open(open: &OpenAttempt) -> Self {
        Self(open.customer())
    }

    /// Likewise of a move.
    pub(super) fn of_open_move(open: &OpenMove) -> Self {
        Self(open.customer())
    }

    /// The customer, for the store.
    pub(crate) fn customer(self) -> CustomerId {
        self.0
    }

    /// Their bookings.
    pub(super) fn list(self) -> ListBookings {
        ListBookings { customer_id: self.0 }
    }

    /// Whether they could book it now.
    pub(super) fn could(self, wish: &BookingWish) -> ValidateBooking {
        ValidateBooking(wish.clone().for_customer(self.0))
    }
}
