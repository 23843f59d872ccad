//! How values of the upstream are put on a screen: its words, our layout.

use crate::leptos::Get;
use booking::StudioZone;
use booking::flow::State;
use booking::slots::SlotKey;
use chrono::{DateTime, Utc};
use perfectgym::{AppointmentBooking, Instructor, Moment, Slot};
use words::Words;

use crate::desk::Desk;
use crate::ui::html::Element;
use crate::ui::html::el;
use crate::ui::{Fact, Icon};

/// A title is optional; an appointment without one is called just that.
pub fn title(words: &Words, title: Option<&str>) -> String {
    title
        .map(str::trim)
        .filter(|t| !t.is_empty())
        .unwrap_or(words.catalogue.untitled)
        .to_owned()
}

/// Only pictures that come from our own address are shown: a member's browser asks no third party for anything.
pub fn picture(url: Option<String>) -> Option<String> {
    url.filter(|url| url.starts_with('/') && !url.starts_with("//"))
}

/// "Anna and Ben"; `None` where nobody has a name to show.
pub fn names(words: &Words, instructors: &[Instructor]) -> Option<String> {
    let names: Vec<String> = instructors.iter().filter_map(Instructor::shown_name).collect();
    (!names.is_empty()).then(|| words.dates.names(&names))
}

/// "17:30".
pub fn time(zone: &StudioZone, moment: &Moment) -> String {
    words::time(zone.local_of(moment))
}

/// "17:30–18:15".
pub fn period(zone: &StudioZone, start: &Moment, end: &Moment) -> String {
    words::period(zone.local_of(start), zone.local_of(end))
}

/// Whose clock the times are by; said where the device's differs.
pub fn zone_note(desk: Desk, state: &State) -> Option<Element> {
    let device = desk.device_zone.get();
    let differs = device.is_some_and(|device| device != state.zone.name);
    differs.then(|| {
        el("p")
            .class("quiet")
            .child((desk.words.times.zone)(&state.zone.name))
    })
}

/// As of when something is that stands in for what could not be had. `say` takes that time.
pub fn as_of(desk: Desk, state: &State, at: Option<DateTime<Utc>>, say: words::With) -> Option<Element> {
    let at = state.zone.local(at?);
    let when = if at.date() == state.today() {
        words::time(at)
    } else {
        desk.words.dates.start(at, state.today())
    };
    Some(el("p").class("quiet").child(say(&when)))
}

/// "Tue 2 Dec, 17:30": what a booking is called among others.
pub fn start(desk: Desk, state: &State, booking: &AppointmentBooking) -> String {
    let at = state.zone.local_of(&booking.start_date_time);
    desk.words.dates.start(at, state.today())
}

/// A slot as the value of a radio button: its identity as text. Read back with [`slot_of`].
pub fn slot_id(slot: &Slot) -> String {
    let ids: Vec<String> = slot.instructor_ids().iter().map(ToString::to_string).collect();
    [
        slot.start_date_time.text(),
        slot.end_date_time.text(),
        &ids.join(","),
    ]
    .join("|")
}

/// The slot that a [`slot_id`] names.
pub fn slot_of(id: &str) -> Option<SlotKey> {
    let mut parts = id.split('|');
    let (start, end, ids) = (parts.next()?, parts.next()?, parts.next()?);
    let ids: Result<_, _> = ids
        .split(',')
        .filter(|id| !id.is_empty())
        .map(str::parse)
        .collect();
    Some(SlotKey {
        start: start.to_owned(),
        end: end.to_owned(),
        instructors: ids.ok()?,
    })
}

/// What a booking is, line by line.
pub fn facts(
    words: &Words,
    state: &State,
    booking: &AppointmentBooking,
    studio: Option<String>,
) -> Vec<Fact> {
    let w = &words.booked;
    let zone = &state.zone;
    let start = zone.local_of(&booking.start_date_time);
    let fact = |icon, name, value: String| Fact { icon, name, value };
    let mut facts = vec![
        fact(
            Icon::Calendar,
            w.day,
            words.dates.day_long(start.date(), state.today()),
        ),
        fact(
            Icon::Clock,
            w.time,
            period(zone, &booking.start_date_time, &booking.end_date_time),
        ),
    ];
    facts.extend(names(words, &booking.instructors).map(|names| fact(Icon::Person, w.trainer, names)));
    facts.extend(studio.map(|studio| fact(Icon::Place, w.studio, studio)));
    facts.push(fact(Icon::Tag, w.number, booking.booking_id.to_string()));
    facts
}
