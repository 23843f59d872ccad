//! One of my bookings, and cancelling it.

use booking::Route;
use booking::bookings::Standing;
use booking::calendar;
use booking::flow::{Cancel, Event, State};
use booking::{Failure, FailureKind};
use leptos::prelude::*;
use perfectgym::{AppointmentBooking, BookingId};

use super::bookings::status;
use super::failure::{FailureNotice, SlowLine, details};
use super::show;
use crate::app::zone_note;
use crate::desk::Desk;
use crate::ui::{
    Button, ButtonKind, Dialog, Facts, Icon, LineSkeletons, LinkButton, Notice, NoticeKind, PageHeading,
};

/// What is known of one booking, and why no more is.
pub fn of_booking(state: &State, id: BookingId) -> (Option<AppointmentBooking>, Option<Failure>) {
    match &state.booking {
        Some((known, remote)) if *known == id => (remote.value.clone(), remote.failure().cloned()),
        _ => (None, None),
    }
}

/// The booking page.
#[component]
pub fn OneBooking(
    /// Which.
    id: BookingId,
) -> impl IntoView {
    let desk = Desk::here();
    let shown = desk.watch(move |state| of_booking(state, id));
    let slow = desk.watch(|state| state.booking.as_ref().is_some_and(|(_, remote)| remote.is_slow()));
    let title = desk.text(move |state| match of_booking(state, id) {
        (Some(booking), _) => show::title(desk.words, booking.title.as_deref()),
        _ => desk.words.shell.nav_bookings.to_owned(),
    });
    view! {
        <div class="narrow">
            <PageHeading title=title back_href=Route::Bookings.format() back_text=desk.words.shell.nav_bookings />
            {move || match shown.get() {
                (Some(booking), _) => detail(desk, &booking).into_any(),
                (None, Some(failure)) => missing(desk, failure),
                (None, None) => view! { <LineSkeletons count=2 /> }.into_any(),
            }}
            <SlowLine slow=slow />
            <AskToCancel id />
        </div>
    }
}

/// A booking of somebody else's and one that does not exist look the same.
fn missing(desk: Desk, failure: Failure) -> AnyView {
    if failure.kind == FailureKind::NotFound {
        return view! { <Notice kind=NoticeKind::Warning title=desk.words.bookings.detail_gone /> }
            .into_any();
    }
    view! { <FailureNotice failure /> }.into_any()
}

fn detail(desk: Desk, booking: &AppointmentBooking) -> impl IntoView + use<> {
    let w = &desk.words.cancel;
    let id = booking.booking_id;
    let zone = zone_note(desk);
    let (facts, standing) = desk.state.with_untracked(|state| {
        (
            show::facts(desk.words, state, booking, whereabouts(desk)),
            Standing::of(booking, state.now),
        )
    });
    let offline = desk.text(move |state| {
        if state.online {
            String::new()
        } else {
            w.offline.to_owned()
        }
    });
    let busy = desk.watch(|state| state.cancel.is_busy());
    let cancel = standing.can_be_cancelled().then(|| {
        view! { <Button id="cancel" text=w.open busy=busy reason=offline on_press=desk.sends(Event::CancelAsked(id)) /> }
    });
    view! {
        <Outcome id />
        <div class="panel">
            <div class="row">{status(desk, booking)}</div>
            <Facts facts=facts />
            {move || (!zone.read().is_empty()).then(|| view! { <p class="quiet">{zone.get()}</p> })}
            <div class="row">
                {standing.can_be_cancelled().then(|| calendar_links(desk, booking, ButtonKind::Quiet))}
                {cancel}
            </div>
        </div>
    }
}

/// What became of a cancellation.
#[component]
fn Outcome(id: BookingId) -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.cancel;
    let cancel = desk.watch(move |state| (state.cancel.booking() == Some(id)).then(|| state.cancel.clone()));
    move || {
        match cancel.get() {
        Some(Cancel::Done(_)) => view! { <Notice kind=NoticeKind::Success title=w.done text=w.done_hint silent=true /> }.into_any(),
        Some(Cancel::Stands(_, failure)) => {
            let details = failure.as_ref().map(|f| details(desk, f)).unwrap_or_default();
            view! {
                <Notice kind=NoticeKind::Error title=w.stands text=w.stands_hint details=details>
                    <LinkButton href="#help" text=(desk.words.refusals.way)(booking::refusal::Way::Studio) />
                </Notice>
            }
            .into_any()
        }
        Some(Cancel::Unclear(_, failure)) => view! {
            <Notice kind=NoticeKind::Warning title=w.unclear text=w.unclear_hint details=details(desk, &failure)>
                <Button text=desk.words.failures.try_again icon=Icon::Again on_press=desk.sends(Event::TryAgain) />
            </Notice>
        }
        .into_any(),
        _ => ().into_any(),
    }
    }
}

/// Asks once, in words that name what.
#[component]
fn AskToCancel(id: BookingId) -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.cancel;
    let open = desk.watch(move |state| {
        state.cancel.booking() == Some(id)
            && matches!(
                state.cancel,
                Cancel::Asked(_) | Cancel::Sending(_) | Cancel::ReadingBack(..)
            )
    });
    let busy = desk.watch(|state| state.cancel.is_busy());
    let title = desk.text(move |state| {
        let (booking, _) = of_booking(state, id);
        booking.map(|b| question(desk, state, &b)).unwrap_or_default()
    });
    let body = desk.text(move |state| {
        let (booking, _) = of_booking(state, id);
        booking
            .map(|b| (w.body)(&show::title(desk.words, b.title.as_deref())))
            .unwrap_or_default()
    });
    view! {
        <Dialog id="ask-to-cancel" open=open title=title text=body on_dismiss=desk.sends(Event::CancelKept)>
            <Button text=w.keep autofocus=true on_press=desk.sends(Event::CancelKept) />
            <Button text=w.confirm kind=ButtonKind::Danger busy=busy on_press=desk.sends(Event::CancelConfirmed) />
        </Dialog>
    }
}

fn question(desk: Desk, state: &State, booking: &AppointmentBooking) -> String {
    let at = state.zone.local_of(&booking.start_date_time);
    (desk.words.cancel.ask)(&desk.words.dates.start(at, state.today()))
}

/// Name and street of the studio, as far as they are known.
pub fn whereabouts(desk: Desk) -> Option<String> {
    let studio = desk.studio();
    let parts: Vec<String> = [studio.name, studio.address].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Into the member's calendar: as a file that every calendar opens, and a link for the one that wants none.
pub fn calendar_links(desk: Desk, booking: &AppointmentBooking, kind: ButtonKind) -> impl IntoView + use<> {
    let w = &desk.words.booked;
    let title = show::title(desk.words, booking.title.as_deref());
    let google = calendar::google_address(booking, &title, whereabouts(desk).as_deref());
    view! {
        <LinkButton href=calendar::path(booking.booking_id) text=w.add_to_calendar kind=kind icon=Icon::Calendar download="" />
        <LinkButton href=google text=w.google_calendar outside=true />
    }
}
