//! What became of a booking while the member looks at something else: on top of whatever screen that is.

use booking::Route;
use booking::flow::{Choice, Chosen, News, State};
use booking::route::Pick;
use booking::slots::SlotKey;
use perfectgym::BookingId;

use crate::desk::Desk;
use crate::ui::html::Html;
use crate::ui::{LinkButton, Notice, NoticeKind};

/// What is to be told, and where it leads.
enum Outcome {
    Booked(BookingId),
    NotBooked(Route),
    GivenUp(Route),
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
fn away_from(state: &State, slot: &Chosen) -> Option<Route> {
    let here = state.pick().is_some_and(|pick| pick.service == slot.service);
    let there = Pick {
        slot: Some(SlotKey::of(&slot.slot)),
        ..Pick::of(slot.service)
    };
    (!here).then_some(Route::Times(there))
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
pub fn elsewhere(desk: Desk, state: &State) -> Html {
    outcome(state).map(|outcome| notice(desk, outcome)).into()
}

fn notice(desk: Desk, outcome: Outcome) -> Notice {
    let w = desk.words;
    let (kind, title, there, way) = match outcome {
        Outcome::Booked(id) => (
            NoticeKind::Success,
            w.booked.text,
            Route::Booking(id),
            w.bookings.detail_heading,
        ),
        Outcome::NotBooked(times) => (
            NoticeKind::Error,
            w.confirm.not_booked,
            times,
            w.confirm.check_again,
        ),
        Outcome::GivenUp(times) => (NoticeKind::Warning, w.confirm.given_up, times, w.confirm.look_now),
    };
    Notice::new(kind, title)
        .silent()
        .way(LinkButton::new(there.format(), way))
}
