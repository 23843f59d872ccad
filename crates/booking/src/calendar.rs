//! A booking in the member's own calendar: where the file is, and a link for a calendar that takes none.

use chrono::{DateTime, Utc};
use form_urlencoded::Serializer;
use perfectgym::{AppointmentBooking, BookingId};

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

/// RFC 5545 "form #2": UTC, as any zone would need its rules sent along.
pub fn basic(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}
