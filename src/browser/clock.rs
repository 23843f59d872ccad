//! The device's clock: the one place in the app that reads it.

use chrono::{DateTime, Utc};

/// Now, by the device's clock.
pub fn now() -> DateTime<Utc> {
    // A double holds the milliseconds of any date a device can show.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds, far below 2^53"
    )]
    let millis = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}
