//! When two wishes are the same.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use perfectgym::BookingWish;
use sha2::{Digest as _, Sha256};

/// The same for the same wish: by instant, as in [`booking::bookings::same_booking`], and with the same people, in
/// whatever order. A digest, as an index takes no text of any length.
pub(super) fn fingerprint(wish: &BookingWish) -> String {
    let people: BTreeSet<_> = wish.instructor_ids.iter().map(|id| id.0).collect();
    let text = format!(
        "{} {} {} {people:?}",
        wish.bookable_appointment_id.0,
        wish.start_date_time.instant().timestamp_millis(),
        wish.end_date_time.instant().timestamp_millis(),
    );
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// Whether two wishes are for the same.
pub(crate) fn same_wish(one: &BookingWish, other: &BookingWish) -> bool {
    fingerprint(one) == fingerprint(other)
}
