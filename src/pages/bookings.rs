//! My bookings: upcoming, past, cancelled.

use booking::Route;
use booking::bookings::{Grouped, Standing};
use booking::flow::State;
use chrono::Datelike;
use leptos::prelude::*;
use perfectgym::AppointmentBooking;

use super::failure::{FailureNotice, SlowLine};
use super::show;
use crate::app::zone_note;
use crate::desk::Desk;
use crate::ui::{
    Badge, ButtonKind, DateBlock, EmptyState, Entry, EntryGroup, Icon, LineSkeletons, LinkButton,
    PageHeading, Tone,
};

/// The list.
#[component]
pub fn Bookings() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.bookings;
    let groups = desk.watch(|state| {
        state
            .bookings
            .value
            .as_ref()
            .map(|all| Grouped::of(all, state.now))
    });
    let failure = desk.watch(|state| state.bookings.failure().cloned());
    let slow = desk.watch(|state| state.bookings.is_slow());
    let zone = zone_note(desk);
    view! {
        <div class="narrow">
            <PageHeading title=w.heading text=w.covers />
            {move || (!zone.read().is_empty()).then(|| view! { <p class="quiet">{zone.get()}</p> })}
            {move || failure.get().map(|failure| view! { <FailureNotice failure /> })}
            {move || match groups.get() {
                Some(groups) => list(desk, groups).into_any(),
                None if failure.read().is_some() => ().into_any(),
                None => view! { <LineSkeletons count=3 /> }.into_any(),
            }}
            <SlowLine slow=slow />
        </div>
    }
}

fn list(desk: Desk, groups: Grouped) -> impl IntoView {
    let w = &desk.words.bookings;
    let nothing_ahead = groups.upcoming.is_empty().then(|| {
        view! {
            <EmptyState icon=Icon::Calendar title=w.no_upcoming>
                <LinkButton href=Route::home().format() text=w.book_one kind=ButtonKind::Primary />
            </EmptyState>
        }
    });
    view! {
        {nothing_ahead}
        {group(desk, "upcoming", w.upcoming, groups.upcoming)}
        {group(desk, "past", w.past, groups.past)}
        {group(desk, "cancelled", w.cancelled, groups.cancelled)}
    }
}

fn group(
    desk: Desk,
    id: &'static str,
    title: &'static str,
    bookings: Vec<AppointmentBooking>,
) -> impl IntoView {
    let over = id != "upcoming";
    (!bookings.is_empty()).then(|| {
        let entries = bookings
            .iter()
            .map(|booking| entry(desk, booking, over))
            .collect_view();
        view! { <EntryGroup id=id title=title>{entries}</EntryGroup> }
    })
}

fn entry(desk: Desk, booking: &AppointmentBooking, past: bool) -> impl IntoView + use<> {
    let (date, text) = desk
        .state
        .with_untracked(|state| (date(desk, state, booking), line(desk, state, booking)));
    let href = Route::Booking(booking.booking_id).format();
    let title = show::title(desk.words, booking.title.as_deref());
    let status = status(desk, booking);
    view! { <Entry href=href title=title date=date text=text past=past>{status}</Entry> }
}

fn date(desk: Desk, state: &State, booking: &AppointmentBooking) -> DateBlock {
    let day = state.zone.local_of(&booking.start_date_time).date();
    DateBlock {
        weekday: desk.words.dates.weekday_short(day).to_owned(),
        day: day.day().to_string(),
        month: desk.words.dates.month_short(day).to_owned(),
    }
}

fn line(desk: Desk, state: &State, booking: &AppointmentBooking) -> String {
    let period = show::period(&state.zone, &booking.start_date_time, &booking.end_date_time);
    match show::names(desk.words, &booking.instructors) {
        Some(names) => format!("{period}, {}", (desk.words.confirm.with)(&names)),
        None => period,
    }
}

/// A booking's standing, in words, with a sign beside the colour.
pub fn status(desk: Desk, booking: &AppointmentBooking) -> AnyView {
    let w = &desk.words.bookings;
    let standing = desk
        .state
        .with_untracked(|state| Standing::of(booking, state.now));
    let absent = w
        .participant(&booking.participant_status)
        .filter(|_| standing == Standing::Past);
    let text = absent.unwrap_or_else(|| (w.standing)(standing));
    let (tone, icon) = match standing {
        Standing::Upcoming => (Tone::Good, Some(Icon::Tick)),
        Standing::ToBeConfirmed => (Tone::Care, Some(Icon::Clock)),
        Standing::Past => (Tone::Neutral, None),
        Standing::Cancelled => (Tone::Bad, Some(Icon::Cross)),
        Standing::Unclear => (Tone::Care, Some(Icon::Info)),
    };
    match icon {
        Some(icon) => view! { <Badge text=text tone=tone icon=icon /> }.into_any(),
        None => view! { <Badge text=text tone=tone /> }.into_any(),
    }
}
