//! What became of a booking while the member looks at something else: on top of whatever screen that is.

use booking::Route;
use booking::flow::{Choice, Chosen, News, State};
use booking::route::Pick;
use booking::slots::SlotKey;
use leptos::prelude::*;
use perfectgym::BookingId;

use crate::desk::Desk;
use crate::ui::{LinkButton, Notice, NoticeKind};

/// What is to be told, and where it leads.
#[derive(Clone, PartialEq, Eq)]
enum Outcome {
    Booked(BookingId),
    NotBooked(Box<Route>),
    GivenUp(Box<Route>),
}

fn outcome(state: &State) -> Option<Outcome> {
    match &state.choice {
        Choice::NotBooked { slot, .. } => away_from(state, slot).map(Outcome::NotBooked),
        Choice::Uncertain {
            slot, given_up: true, ..
        } => away_from(state, slot).map(Outcome::GivenUp),
        _ => booked(state),
    }
}

/// Where the screen of a chosen time is, for whoever is not on it.
fn away_from(state: &State, slot: &Chosen) -> Option<Box<Route>> {
    let here = state.pick().is_some_and(|pick| pick.service == slot.service);
    let there = Pick {
        slot: Some(SlotKey::of(&slot.slot)),
        ..Pick::of(slot.service)
    };
    (!here).then(|| Box::new(Route::Times(there)))
}

/// Whoever waited for the booking has seen it, and so has whoever opened it since.
fn booked(state: &State) -> Option<Outcome> {
    match state.said.as_ref()?.news {
        News::Booked(id) if state.booking.as_ref().is_none_or(|(seen, _)| *seen != id) => {
            Some(Outcome::Booked(id))
        }
        _ => None,
    }
}

/// Says it for eyes; ears have heard it already.
#[component]
pub fn Elsewhere() -> impl IntoView {
    let desk = Desk::here();
    let outcome = desk.watch(outcome);
    move || outcome.get().map(|outcome| notice(desk, outcome))
}

fn notice(desk: Desk, outcome: Outcome) -> AnyView {
    let w = desk.words;
    let (kind, title, href, way) = match outcome {
        Outcome::Booked(id) => (
            NoticeKind::Success,
            w.booked.text,
            Route::Booking(id).format(),
            w.bookings.detail_heading,
        ),
        Outcome::NotBooked(times) => (
            NoticeKind::Error,
            w.confirm.not_booked,
            times.format(),
            w.confirm.check_again,
        ),
        Outcome::GivenUp(times) => (
            NoticeKind::Warning,
            w.confirm.given_up,
            times.format(),
            w.confirm.look_now,
        ),
    };
    view! {
        <Notice kind=kind title=title silent=true>
            <LinkButton href=href text=way />
        </Notice>
    }
    .into_any()
}
