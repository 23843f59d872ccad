//! A booking in the member's own calendar: where the file is, and a link for a calendar that takes none.

use chrono::{DateTime, Datelike, Timelike, Utc};
use form_urlencoded::Serializer;
use perfectgym::{AppointmentBooking, BookingId};

use crate::day::push_digits;

/// The template of [`path`], as a router wants it.
pub const ROUTE: &str = "/bookings/{id}/calendar.ics";

/// Where a booking's `text/calendar` file is.
pub fn path(id: BookingId) -> String {
    ROUTE.replace("{id}", &id.to_string())
}

/// A page of Google Calendar with the booking filled in.
pub fn google_address(booking: &AppointmentBooking, title: &str, place: Option<&str>) -> String {
    let dates = format!(
        "{}/{}",
        basic(booking.start_date_time.instant()),
        basic(booking.end_date_time.instant())
    );
    let mut query = Serializer::new("https://calendar.google.com/calendar/render?".to_owned());
    query
        .append_pair("action", "TEMPLATE")
        .append_pair("text", title)
        .append_pair("dates", &dates);
    if let Some(place) = place {
        query.append_pair("location", place);
    }
    query.finish()
}

/// RFC 5545 "form #2": UTC, as any zone would need its rules sent along. By hand, as chrono's formatter is large.
pub fn basic(at: DateTime<Utc>) -> String {
    let at = at.naive_utc();
    let mut text = String::with_capacity(16);
    push_digits(&mut text, at.year().unsigned_abs(), 4);
    push_digits(&mut text, at.month(), 2);
    push_digits(&mut text, at.day(), 2);
    text.push('T');
    push_digits(&mut text, at.hour(), 2);
    push_digits(&mut text, at.minute(), 2);
    push_digits(&mut text, at.second(), 2);
    text.push('Z');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_reads_the_instant_with_all_its_zeros() {
        let at: DateTime<Utc> = "2027-01-02T03:04:05+01:00".parse().unwrap();
        assert_eq!(basic(at), "20270102T020405Z");
    }
}
