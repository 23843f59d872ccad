//! A refusal: why, and every way on that it leaves.

use booking::Route;
use booking::flow::{Event, State};
use booking::refusal::{Refusal, Way};
use leptos::prelude::*;
use words::RefusalContext;

use super::choice::{Alternatives, alternative};
use super::show;
use crate::desk::Desk;
use crate::ui::{Button, ButtonKind, LinkButton, Notice, NoticeKind};

/// Says why, and what is left to do.
#[component]
pub fn Refused(
    /// Why.
    refusal: Refusal,
) -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.confirm;
    let why = refusal.clone();
    let title = desk.text(move |state| sentence(desk, state, &why));
    let ways = refusal
        .ways()
        .iter()
        .map(|way| view_way(desk, *way))
        .collect_view();
    view! {
        <Notice kind=NoticeKind::Warning title=title text=w.not_booked_hint>
            {ways}
            <Button text=w.drop kind=ButtonKind::Plain on_press=desk.sends(Event::TimeDropped) />
        </Notice>
    }
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

/// "Massage at 17:00–18:00".
fn clash(desk: Desk, state: &State) -> Option<String> {
    let booking = state.clash()?;
    let period = show::period(&state.zone, &booking.start_date_time, &booking.end_date_time);
    Some((desk.words.refusals.clash)(
        &show::title(desk.words, booking.title.as_deref()),
        &period,
    ))
}

fn view_way(desk: Desk, way: Way) -> AnyView {
    let text = (desk.words.refusals.way)(way);
    match way {
        Way::OtherTimes => view! { <Alternatives /> }.into_any(),
        Way::OtherTrainer => view! { <OtherTrainers /> }.into_any(),
        Way::OtherDays => view! { <Button text=text on_press=desk.sends(Event::Later) /> }.into_any(),
        Way::OtherServices => view! { <LinkButton href=Route::home().format() text=text /> }.into_any(),
        Way::Bookings => view! { <Clash /> }.into_any(),
        Way::Studio => view! { <LinkButton href="#help" text=text kind=ButtonKind::Plain /> }.into_any(),
    }
}

/// The booking that is in the way, where it is known; else all of them.
#[component]
fn Clash() -> impl IntoView {
    let desk = Desk::here();
    let href = desk.text(|state| match state.clash() {
        Some(booking) => Route::Booking(booking.booking_id).format(),
        None => Route::Bookings.format(),
    });
    view! { <LinkButton href=href text=(desk.words.refusals.way)(Way::Bookings) /> }
}

/// The same time with somebody else.
#[component]
fn OtherTrainers() -> impl IntoView {
    let desk = Desk::here();
    let slots = desk.watch(|state| state.other_trainers());
    move || {
        slots
            .get()
            .into_iter()
            .map(|slot| other_trainer(desk, &slot))
            .collect_view()
    }
}

fn other_trainer(desk: Desk, slot: &perfectgym::Slot) -> AnyView {
    match show::names(desk.words, &slot.instructors) {
        Some(names) => {
            let key = booking::slots::SlotKey::of(slot);
            let text = desk.state.with_untracked(|state| {
                let time = show::time(&state.zone, &slot.start_date_time);
                (desk.words.confirm.option_with)(&time, &names)
            });
            view! { <Button text=text on_press=desk.sends(Event::AlternativePicked(key)) /> }.into_any()
        }
        None => alternative(desk, slot).into_any(),
    }
}
