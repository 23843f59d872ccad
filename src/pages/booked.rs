//! It is booked: what, when, with whom, and into the calendar.

use booking::Route;
use booking::bookings::Standing;
use booking::flow::State;
use leptos::prelude::*;
use perfectgym::{AppointmentBooking, BookingId};

use super::failure::{FailureNotice, SlowLine};
use super::one_booking::{calendar_links, of_booking, whereabouts};
use super::show;
use crate::desk::Desk;
use crate::ui::{ButtonKind, Facts, LineSkeletons, LinkButton, PageHeading, SuccessTick};

/// The upstream's answer, shown.
#[component]
pub fn Booked(
    /// Which.
    id: BookingId,
) -> impl IntoView {
    let desk = Desk::here();
    let shown = desk.watch(move |state| of_booking(state, id));
    let slow = desk.watch(|state| state.booking.as_ref().is_some_and(|(_, remote)| remote.is_slow()));
    view! {
        <div class="narrow">
            {move || match shown.get() {
                (Some(booking), _) => success(desk, &booking).into_any(),
                (None, Some(failure)) => view! {
                    <PageHeading title=desk.words.shell.nav_bookings />
                    <FailureNotice failure />
                }
                .into_any(),
                (None, None) => view! {
                    <PageHeading title=desk.words.shell.loading />
                    <LineSkeletons count=2 />
                }
                .into_any(),
            }}
            <SlowLine slow=slow />
        </div>
    }
}

fn success(desk: Desk, booking: &AppointmentBooking) -> impl IntoView + use<> {
    let w = &desk.words.booked;
    let (facts, standing, what) = desk.state.with_untracked(|state| {
        let facts = show::facts(desk.words, state, booking, whereabouts(desk));
        (
            facts,
            Standing::of(booking, state.now),
            sentence(desk, state, booking),
        )
    });
    let heading = match standing {
        Standing::ToBeConfirmed => w.to_be_confirmed,
        Standing::Cancelled => (desk.words.bookings.standing)(Standing::Cancelled),
        Standing::Upcoming | Standing::Past | Standing::Unclear => w.heading,
    };
    let stands = standing != Standing::Cancelled;
    view! {
        <div class="panel">
            {stands.then(|| view! { <SuccessTick /> })}
            <PageHeading title=heading text=what />
            <Facts facts=facts />
            <div class="row">
                {stands.then(|| calendar_links(desk, booking, ButtonKind::Primary))}
                <LinkButton href=Route::Bookings.format() text=w.my_bookings />
                <LinkButton href=Route::home().format() text=w.another kind=ButtonKind::Plain />
            </div>
        </div>
    }
}

fn sentence(desk: Desk, state: &State, booking: &AppointmentBooking) -> String {
    let title = show::title(desk.words, booking.title.as_deref());
    let what = match show::names(desk.words, &booking.instructors) {
        Some(names) => (desk.words.confirm.service_with)(&title, &names),
        None => title,
    };
    let to_be_confirmed = Standing::of(booking, state.now) == Standing::ToBeConfirmed;
    if to_be_confirmed {
        format!("{what}. {}", desk.words.booked.to_be_confirmed_text)
    } else {
        what
    }
}
