//! A booking as iCalendar (RFC 5545): pure text, UTC times, lines of at most 75 octets, CRLF.

use std::fmt::Write as _;

use booking::StudioContact;
use booking::bookings::Standing;
use chrono::{DateTime, Utc};
use perfectgym::AppointmentBooking;

/// What a line of the short form says at most, in characters.
const LONGEST_SHORT: usize = 80;

/// What an entry is made of.
pub(crate) struct Event<'a> {
    pub(crate) booking: &'a AppointmentBooking,
    pub(crate) studio: &'a StudioContact,
    /// The tenant: booking ids are unique within it.
    pub(crate) host: &'a str,
    pub(crate) now: DateTime<Utc>,
}

impl Event<'_> {
    /// Whether it does not take place.
    pub(crate) fn is_cancelled(&self) -> bool {
        Standing::of(self.booking, self.now) == Standing::Cancelled
    }
}

/// Writes one calendar with one event. The same booking always has the same UID, so that a second download replaces
/// the first.
pub(crate) fn write(event: &Event<'_>) -> String {
    let mut text = String::new();
    for (name, value) in lines(event) {
        fold(&mut text, &format!("{name}:{value}"));
    }
    text
}

/// The event alone, in as few characters as say it: for a QR code, whose squares are the larger the shorter it is. Of the
/// same UID as the whole one. No line is folded: what reads such codes takes the next line for another.
pub(crate) fn write_short(event: &Event<'_>) -> String {
    let shown = ["SUMMARY", "DTSTART", "DTEND", "LOCATION", "UID"];
    let all = lines(event);
    let lines = all.iter().filter(|(name, _)| shown.contains(name));
    let mut text = String::from("BEGIN:VEVENT\r\n");
    for (name, value) in lines {
        // Writing to a String cannot fail.
        let _ = match *name {
            "SUMMARY" | "LOCATION" => write!(text, "{name}:{}\r\n", shortened(value)),
            _ => write!(text, "{name}:{value}\r\n"),
        };
    }
    text + "END:VEVENT"
}

/// At most as long as somebody reads in a calendar. An escape is not cut in two.
fn shortened(value: &str) -> String {
    if value.chars().count() <= LONGEST_SHORT {
        return value.to_owned();
    }
    let cut: String = value.chars().take(LONGEST_SHORT - 1).collect();
    let slashes = cut.chars().rev().take_while(|c| *c == '\\').count();
    let whole = cut.len() - slashes % 2;
    cut.get(..whole).unwrap_or_default().to_owned() + "\u{2026}"
}

fn lines(event: &Event<'_>) -> Vec<(&'static str, String)> {
    let booking = event.booking;
    let mut lines = vec![
        ("BEGIN", "VCALENDAR".to_owned()),
        ("VERSION", "2.0".to_owned()),
        ("PRODID", "-//Frontdesk//Frontdesk//EN".to_owned()),
        ("METHOD", "PUBLISH".to_owned()),
        ("BEGIN", "VEVENT".to_owned()),
        (
            "UID",
            format!("booking-{}@{}", booking.booking_id, host_name(event.host)),
        ),
        ("DTSTAMP", utc(event.now)),
        ("DTSTART", utc(booking.start_date_time.instant())),
        ("DTEND", utc(booking.end_date_time.instant())),
        ("SUMMARY", escape(&summary(event))),
    ];
    lines.extend(place(event.studio).map(|place| ("LOCATION", escape(&place))));
    lines.extend(
        booking
            .description
            .as_deref()
            .map(|text| ("DESCRIPTION", escape(text))),
    );
    lines.push(("STATUS", status(event).to_owned()));
    lines.push(("END", "VEVENT".to_owned()));
    lines.push(("END", "VCALENDAR".to_owned()));
    lines
}

fn summary(event: &Event<'_>) -> String {
    let title = event
        .booking
        .title
        .as_deref()
        .or(event.studio.name.as_deref())
        .unwrap_or("Appointment");
    let names: Vec<String> = event
        .booking
        .instructors
        .iter()
        .filter_map(perfectgym::Instructor::shown_name)
        .collect();
    if names.is_empty() {
        title.to_owned()
    } else {
        format!("{title} ({})", names.join(", "))
    }
}

fn place(studio: &StudioContact) -> Option<String> {
    let parts: Vec<&str> = [&studio.name, &studio.address]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn status(event: &Event<'_>) -> &'static str {
    match Standing::of(event.booking, event.now) {
        Standing::Cancelled => "CANCELLED",
        Standing::ToBeConfirmed | Standing::Unclear => "TENTATIVE",
        Standing::Upcoming | Standing::Past => "CONFIRMED",
    }
}

/// Without scheme and port: a UID is best a plain address.
fn host_name(origin: &str) -> &str {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    host.rsplit_once(':').map_or(host, |(name, _)| name)
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// TEXT of RFC 5545, 3.3.11. A control character has no place in it.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.trim().replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line longer than 75 octets goes on in the next, which begins with a blank; no character is cut in two.
fn fold(text: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > 75 {
            text.push_str("\r\n ");
            length = 1;
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "{c}");
        length += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn booking(title: &str, description: &str) -> AppointmentBooking {
        let json = serde_json::json!({
            "bookingId": 9_007_199_254_740_993_i64, "bookingStatus": "BOOKED",
            "startDateTime": "2026-12-02T17:30:00.000+01:00[Europe/Berlin]", "endDateTime": "2026-12-02T17:15:00Z",
            "title": title, "description": description,
            "instructors": [{"publicName": "Anna"}, {}],
            "appointmentStatus": "PLANNED", "participantStatus": "UNSET"
        });
        serde_json::from_str(&json.to_string()).unwrap()
    }

    fn written(booking: &AppointmentBooking) -> String {
        let studio = StudioContact {
            name: Some("Studio".into()),
            address: Some("Weg 1, Berlin".into()),
            ..Default::default()
        };
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        write(&Event {
            booking,
            studio: &studio,
            host: "https://tenant.example:443",
            now,
        })
    }

    #[test]
    fn a_calendar_reads_title_times_place_and_a_uid_that_stays() {
        let text = written(&booking("Massage; deep, \\ slow", "One\nTwo"));
        let unfolded = text.replace("\r\n ", "");
        for line in [
            "UID:booking-9007199254740993@tenant.example",
            "DTSTAMP:20261123T120000Z",
            "DTSTART:20261202T163000Z",
            "DTEND:20261202T171500Z",
            "SUMMARY:Massage\\; deep\\, \\\\ slow (Anna)",
            "LOCATION:Studio\\, Weg 1\\, Berlin",
            "DESCRIPTION:One\\nTwo",
            "STATUS:CONFIRMED",
        ] {
            assert!(
                unfolded.contains(&format!("\r\n{line}\r\n")),
                "{line} in {unfolded}"
            );
        }
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let description = "Rückenschule für Anfängerinnen und Anfänger 💪 ".repeat(20);
        let text = written(&booking("x", &description));
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        assert!(text.replace("\r\n ", "").contains(description.trim()));
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    }

    #[test]
    fn the_short_form_is_one_event_with_the_same_uid_and_no_line_is_folded() {
        let title = "Massage, ".repeat(30);
        let booking = booking(&title, "long");
        let studio = StudioContact {
            name: Some("Studio".into()),
            ..Default::default()
        };
        let text = write_short(&Event {
            booking: &booking,
            studio: &studio,
            host: "https://tenant.example",
            now: "2026-11-23T12:00:00Z".parse().unwrap(),
        });
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert!(lines[4].starts_with("SUMMARY:Massage\\, Massage\\, ") && lines[4].ends_with('\u{2026}'));
        assert!(!lines[4].contains("\\\u{2026}") && lines[4].chars().count() <= 88);
        assert_eq!(
            (
                lines[0],
                lines[1],
                lines[2],
                lines[3],
                lines[5],
                lines[6],
                lines.len()
            ),
            (
                "BEGIN:VEVENT",
                "UID:booking-9007199254740993@tenant.example",
                "DTSTART:20261202T163000Z",
                "DTEND:20261202T171500Z",
                "LOCATION:Studio",
                "END:VEVENT",
                7
            )
        );
    }

    #[test]
    fn a_title_cannot_smuggle_a_line_in() {
        let text = written(&booking("Yoga\r\nATTENDEE:mailto:x@example.org\u{7}", ""));
        assert!(!text.contains("\nATTENDEE"));
    }
}
