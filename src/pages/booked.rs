//! It is booked: what, when, with whom, and into the calendar.

use booking::Route;
use booking::bookings::Standing;
use booking::flow::{Moved, State};
use perfectgym::AppointmentBooking;
use words::Words;

use super::failure::{failure_notice, slow_line};
use super::one_booking::{ask_to_cancel, calendar_links, of_route, whereabouts};
use super::{moves, show};
use crate::desk::Desk;
use crate::ui::html::{Element, Html, el};
use crate::ui::{ButtonKind, LinkButton, facts, line_skeletons, page_heading, success_tick};

/// The upstream's answer, shown.
pub fn screen() -> Html {
    Desk::here().show(page)
}

/// One heading whatever is known: it has the focus when the screen comes up, and keeps it.
fn page(desk: Desk, state: &State) -> Html {
    let w = desk.words;
    let known = of_route(state);
    let standing = known.value.map(|booking| Standing::of(booking, state.now));
    let stands = standing.is_some_and(|standing| standing != Standing::Cancelled);
    let heading = match (standing, known.failure) {
        (Some(standing), _) => title(w, state, standing),
        (None, Some(_)) => w.shell.nav_bookings,
        (None, None) => w.shell.loading,
    };
    let moved = state.moved();
    let what = known.value.map(|booking| sentence(desk, state, booking));
    let below: Html = match (known.value, known.failure) {
        (Some(booking), _) => details(desk, state, booking, stands).into(),
        (None, Some(failure)) => failure_notice(desk, failure).into(),
        (None, None) => line_skeletons(2).into(),
    };
    let as_wanted = !matches!(moved, Some(Moved::BothStand(_)));
    let tick = stands && as_wanted && standing != Some(Standing::Unclear);
    let panel = el("div")
        .class("panel")
        .child(tick.then(success_tick))
        .child(page_heading(heading, what.unwrap_or_default()))
        .child(below);
    let asked = state.cancel.booking().and_then(|id| state.booking(id));
    el("div")
        .class("narrow")
        .child(panel)
        .child(slow_line(desk, known.slow))
        .child(ask_to_cancel(desk, state, asked))
        .into()
}

/// What the screen is called. A move is called what it came to, and a booking what it is.
pub fn title(words: &Words, state: &State, standing: Standing) -> &'static str {
    let w = &words.moves;
    match (state.moved(), standing) {
        (Some(Moved::BothStand(_)), _) => w.both_heading,
        (Some(Moved::Undone(_)), _) => w.undone_heading,
        (Some(Moved::Done(_)), Standing::Upcoming) => w.heading,
        _ => words.booked.headed(standing),
    }
}

fn details(desk: Desk, state: &State, booking: &AppointmentBooking, stands: bool) -> Element {
    let w = &desk.words.booked;
    let ways = el("div")
        .class("row")
        .child(stands.then(|| calendar_links(desk, state, booking, ButtonKind::Primary)))
        .child(LinkButton::new(Route::Bookings.format(), w.my_bookings))
        .child(LinkButton::new(Route::home().format(), w.another).kind(ButtonKind::Plain));
    el("div")
        .class("stack")
        .child(facts(show::facts(
            desk.words,
            state,
            what_stands(state, booking),
            whereabouts(desk),
        )))
        .child(show::zone_note(desk, state))
        .child(moves::moved(desk, state, booking.booking_id))
        .child(ways)
}

/// Where a move was undone, the old booking is the one to be told of.
fn what_stands<'a>(state: &'a State, made: &'a AppointmentBooking) -> &'a AppointmentBooking {
    match state.moved() {
        Some(Moved::Undone(old)) => old,
        _ => made,
    }
}

fn sentence(desk: Desk, state: &State, booking: &AppointmentBooking) -> String {
    let booking = what_stands(state, booking);
    let title = show::title(desk.words, booking.title.as_deref());
    let what = match show::names(desk.words, &booking.instructors) {
        Some(names) => (desk.words.confirm.service_with)(&title, &names),
        None => title,
    };
    let w = &desk.words.booked;
    let standing = Standing::of(booking, state.now);
    let more = match standing {
        Standing::Upcoming | Standing::Past => return what,
        Standing::ToBeConfirmed => w.to_be_confirmed_text,
        Standing::Unclear | Standing::Cancelled => w.said(standing),
    };
    // "Lena H." has its full stop already.
    [what.trim_end_matches('.'), ". ", more].concat()
}
