//! My bookings: upcoming, past, cancelled.

use booking::Route;
use booking::bookings::{Grouped, Standing};
use booking::flow::State;
use chrono::Datelike;
use perfectgym::AppointmentBooking;

use super::failure::{failure_notice, slow_line, unreadable};
use super::{moves, show};
use crate::desk::Desk;
use crate::ui::html::{Element, Html, el, list};
use crate::ui::{
    ButtonKind, DateBlock, Entry, Icon, LinkButton, Tone, badge, empty_state, entry_group, line_skeletons,
    page_heading,
};

/// The list.
pub fn screen() -> Html {
    Desk::here().show(page)
}

fn page(desk: Desk, state: &State) -> Html {
    let w = &desk.words.bookings;
    let failure = state.bookings.failure();
    let shown = match &state.bookings.value {
        Some(all) => groups(desk, state, Grouped::of(all, state.now)),
        None if failure.is_some() => Html::Nothing,
        None => line_skeletons(3).into(),
    };
    el("div")
        .class("narrow")
        .child(page_heading(w.heading, w.covers))
        .child(show::zone_note(desk, state))
        .child(show::as_of(desk, state, state.bookings.as_of, w.as_of))
        .child(moves::another_told(desk, state))
        .child(failure.map(|failure| failure_notice(desk, failure)))
        .child(shown)
        .child(unreadable(state.unreadable_bookings, w.unreadable))
        .child(slow_line(desk, state.bookings.is_slow() || state.session_slow))
        .into()
}

fn groups(desk: Desk, state: &State, groups: Grouped) -> Html {
    let w = &desk.words.bookings;
    let nothing_ahead = groups.upcoming.is_empty().then(|| {
        let book = LinkButton::new(Route::home().format(), w.book_one).kind(ButtonKind::Primary);
        empty_state(Icon::Calendar, w.no_upcoming, "", Some(book.into()))
    });
    list([
        nothing_ahead.into(),
        group(desk, state, ("upcoming", w.upcoming), &groups.upcoming),
        group(desk, state, ("past", w.past), &groups.past),
        group(desk, state, ("cancelled", w.cancelled), &groups.cancelled),
    ])
}

fn group(
    desk: Desk,
    state: &State,
    (id, title): (&'static str, &'static str),
    bookings: &[AppointmentBooking],
) -> Html {
    let over = id != "upcoming";
    let entry = |booking| entry(desk, state, booking, over);
    (!bookings.is_empty())
        .then(|| entry_group(id, title, bookings.iter().map(entry).collect()))
        .into()
}

fn entry(desk: Desk, state: &State, booking: &AppointmentBooking, past: bool) -> Entry {
    Entry {
        href: Route::Booking(booking.booking_id).format(),
        title: show::title(desk.words, booking.title.as_deref()),
        date: date(desk, state, booking),
        text: line(desk, state, booking),
        past,
        badge: status(desk, state, booking),
        way: moves::another(desk, state, booking)
            .kind(ButtonKind::Plain)
            .into(),
    }
}

fn date(desk: Desk, state: &State, booking: &AppointmentBooking) -> DateBlock {
    let day = state.zone.local_of(&booking.start_date_time).date();
    DateBlock {
        weekday: desk.words.dates.weekday_short(day).into(),
        day: day.day().to_string().into(),
        month: desk.words.dates.month_short(day).into(),
    }
}

fn line(desk: Desk, state: &State, booking: &AppointmentBooking) -> String {
    let period = show::period(&state.zone, &booking.start_date_time, &booking.end_date_time);
    match show::names(desk.words, &booking.instructors) {
        Some(names) => [period, (desk.words.confirm.with)(&names)].join(", "),
        None => period,
    }
}

/// A booking's standing, in words, with a sign beside the colour.
pub fn status(desk: Desk, state: &State, booking: &AppointmentBooking) -> Element {
    let w = &desk.words.bookings;
    let standing = Standing::of(booking, state.now);
    let absent = w
        .participant(&booking.participant_status)
        .filter(|_| standing == Standing::Past);
    let text = absent.unwrap_or_else(|| (w.standing)(standing));
    let (tone, sign) = match standing {
        Standing::Upcoming => (Tone::Good, Some(Icon::Tick)),
        Standing::ToBeConfirmed => (Tone::Care, Some(Icon::Clock)),
        Standing::Past => (Tone::Neutral, None),
        Standing::Cancelled => (Tone::Bad, Some(Icon::Cross)),
        Standing::Unclear => (Tone::Care, Some(Icon::Info)),
    };
    badge(text, tone, sign)
}
