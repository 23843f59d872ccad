//! A refusal: why, and every way on that it leaves.

use booking::flow::{Event, State};
use booking::refusal::{Refusal, Way};
use booking::slots::SlotKey;
use booking::{Failure, Route};
use perfectgym::Slot;
use words::RefusalContext;

use super::choice::{alternative, alternatives, choices};
use super::failure::{details, to_the_studio};
use super::show;
use crate::desk::Desk;
use crate::ui::html::{Html, rows};
use crate::ui::{Button, ButtonKind, LinkButton, Notice, NoticeKind};

/// Says why, and what is left to do; the upstream's own words under Details, where it refused to book.
pub fn refused(desk: Desk, state: &State, refusal: &Refusal, failure: Option<&Failure>) -> Notice {
    let drop = Button::new(desk.words.confirm.drop, desk.sends(Event::TimeDropped));
    let details = failure.map(|failure| details(desk, failure)).unwrap_or_default();
    let mut notice = Notice::new(NoticeKind::Warning, sentence(desk, state, refusal)).details(details);
    for way in refusal.ways() {
        notice = notice.way(view_way(desk, state, *way));
    }
    notice.way(drop.kind(ButtonKind::Plain))
}

/// A refusal in words.
pub fn sentence(desk: Desk, state: &State, refusal: &Refusal) -> String {
    (desk.words.refusals.of)(refusal, &refusal_context(desk, state))
}

/// What a refusal's sentence may name.
pub fn refusal_context(desk: Desk, state: &State) -> RefusalContext {
    let time = state
        .in_question()
        .map(|c| show::time(&state.zone, &c.slot.start_date_time))
        .unwrap_or_default();
    RefusalContext {
        time,
        clash: clash(desk, state),
    }
}

fn clash(desk: Desk, state: &State) -> Option<String> {
    let booking = state.clash()?;
    let period = show::period(&state.zone, &booking.start_date_time, &booking.end_date_time);
    Some((desk.words.refusals.clash)(
        &show::title(desk.words, booking.title.as_deref()),
        &period,
    ))
}

fn view_way(desk: Desk, state: &State, way: Way) -> Html {
    let text = (desk.words.refusals.way)(way);
    match way {
        Way::OtherTimes => alternatives(desk, state),
        Way::OtherTrainer => other_trainers(desk, state),
        Way::OtherDays => Button::new(text, desk.sends(Event::Later)).into(),
        Way::OtherServices => LinkButton::new(Route::home().format(), text).into(),
        Way::Bookings => LinkButton::new(in_the_way(state).format(), text).into(),
        Way::Studio => to_the_studio(desk),
    }
}

/// The booking that is in the way, where it is known; else all of them.
fn in_the_way(state: &State) -> Route {
    state
        .clash()
        .map_or(Route::Bookings, |booking| Route::Booking(booking.booking_id))
}

/// The same time with somebody else.
fn other_trainers(desk: Desk, state: &State) -> Html {
    let slots = state.other_trainers();
    let button = |slot| (show::slot_id(slot), other_trainer(desk, state, slot));
    choices(
        desk.words.confirm.other_trainers,
        slots.is_empty(),
        rows(slots.iter().map(button)),
    )
}

fn other_trainer(desk: Desk, state: &State, slot: &Slot) -> Button {
    match show::names(desk.words, &slot.instructors) {
        Some(names) => {
            let time = show::time(&state.zone, &slot.start_date_time);
            let text = (desk.words.confirm.option_with)(&time, &names);
            Button::new(text, desk.sends(Event::AlternativePicked(SlotKey::of(slot))))
        }
        None => alternative(desk, state, slot),
    }
}
