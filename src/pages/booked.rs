//! It is booked: what, when, with whom, and into the calendar.

use booking::Route;
use booking::bookings::Standing;
use booking::flow::State;
use leptos::prelude::*;
use perfectgym::AppointmentBooking;

use super::failure::{failure_notice, slow_line};
use super::one_booking::{calendar_links, of_route, whereabouts};
use super::show;
use crate::desk::Desk;
use crate::ui::html::{Element, Html, el, list};
use crate::ui::{ButtonKind, LinkButton, facts, line_skeletons, page_heading, success_tick};

/// The upstream's answer, shown.
#[component]
pub fn Booked() -> Html {
    Desk::here().show(page)
}

fn page(desk: Desk, state: &State) -> Html {
    let w = &desk.words.shell;
    let remote = of_route(state);
    let shown = match (remote.value, remote.failure) {
        (Some(booking), _) => success(desk, state, booking).into(),
        (None, Some(failure)) => list([
            page_heading(w.nav_bookings, "").into(),
            failure_notice(desk, failure).into(),
        ]),
        (None, None) => list([page_heading(w.loading, "").into(), line_skeletons(2).into()]),
    };
    el("div")
        .class("narrow")
        .child(shown)
        .child(slow_line(desk, remote.slow))
        .into()
}

fn success(desk: Desk, state: &State, booking: &AppointmentBooking) -> Element {
    let w = &desk.words.booked;
    let standing = Standing::of(booking, state.now);
    let stands = standing != Standing::Cancelled;
    let tick = stands && standing != Standing::Unclear;
    let ways = el("div")
        .class("row")
        .child(stands.then(|| calendar_links(desk, booking, ButtonKind::Primary)))
        .child(LinkButton::new(Route::Bookings.format(), w.my_bookings))
        .child(LinkButton::new(Route::home().format(), w.another).kind(ButtonKind::Plain));
    el("div")
        .class("panel")
        .child(tick.then(success_tick))
        .child(page_heading(
            w.headed(standing),
            sentence(desk, standing, booking),
        ))
        .child(facts(show::facts(desk.words, state, booking, whereabouts(desk))))
        .child(show::zone_note(desk, state))
        .child(ways)
}

fn sentence(desk: Desk, standing: Standing, booking: &AppointmentBooking) -> String {
    let title = show::title(desk.words, booking.title.as_deref());
    let what = match show::names(desk.words, &booking.instructors) {
        Some(names) => (desk.words.confirm.service_with)(&title, &names),
        None => title,
    };
    let w = &desk.words.booked;
    let more = match standing {
        Standing::Upcoming | Standing::Past => return what,
        Standing::ToBeConfirmed => w.to_be_confirmed_text,
        Standing::Unclear | Standing::Cancelled => w.said(standing),
    };
    // "Lena H." has its full stop already.
    [what.trim_end_matches('.'), ". ", more].concat()
}
