//! One of my bookings, and cancelling it.

use booking::bookings::Standing;
use booking::calendar;
use booking::flow::{Cancel, Event, State};
use booking::{Failure, FailureKind, Route};
use chrono::{DateTime, Utc};
use perfectgym::{AppointmentBooking, BookingId};

use super::bookings::status;
use super::failure::{details, failure_notice, slow_line, to_the_studio};
use super::{moves, show};
use crate::desk::Desk;
use crate::kiosk;
use crate::ui::html::{Html, el, list};
use crate::ui::{
    Button, ButtonKind, Dialog, Icon, LinkButton, Notice, NoticeKind, facts, line_skeletons,
    page_heading_below,
};

/// What is known of a booking, and why no more is.
#[derive(Default)]
pub struct Known<'a> {
    /// The booking.
    pub value: Option<&'a AppointmentBooking>,
    /// Why it could not be read.
    pub failure: Option<&'a Failure>,
    /// Reading it takes long.
    pub slow: bool,
}

/// What is known of the booking in the address.
pub fn of_route(state: &State) -> Known<'_> {
    match (&state.booking, &state.route) {
        (Some((known, remote)), Route::Booking(id) | Route::Booked { id, .. }) if known == id => Known {
            value: remote.value.as_ref(),
            failure: remote.failure(),
            slow: remote.is_slow(),
        },
        _ => Known::default(),
    }
}

/// The booking page.
pub fn screen() -> Html {
    Desk::here().show(page)
}

fn page(desk: Desk, state: &State) -> Html {
    let nav = desk.words.shell.nav_bookings;
    let known = of_route(state);
    let title = known.value.map_or_else(
        || nav.to_owned(),
        |booking| show::title(desk.words, booking.title.as_deref()),
    );
    let shown = match (known.value, known.failure) {
        (Some(booking), _) => detail(desk, state, booking),
        (None, Some(failure)) => missing(desk, failure),
        (None, None) => line_skeletons(2).into(),
    };
    let above = Some((Route::Bookings.format(), nav));
    el("div")
        .class("narrow")
        .child(page_heading_below(above, title, ""))
        .child(shown)
        .child(slow_line(desk, known.slow))
        .child(ask_to_cancel(desk, state, known.value))
        .into()
}

/// A booking of somebody else's and one that does not exist look the same.
fn missing(desk: Desk, failure: &Failure) -> Html {
    if failure.kind == FailureKind::NotFound {
        return Notice::new(NoticeKind::Warning, desk.words.bookings.detail_gone).into();
    }
    failure_notice(desk, failure).into()
}

fn detail(desk: Desk, state: &State, booking: &AppointmentBooking) -> Html {
    let stands = Standing::of(booking, state.now).can_be_cancelled();
    let cancel = stands.then(|| {
        Button::new(
            desk.words.cancel.open,
            desk.sends(Event::CancelAsked(booking.booking_id)),
        )
        .busy(state.cancel.is_busy())
        .reason("cancel", offline(desk, state))
    });
    let ways = el("div")
        .class("row")
        .child(stands.then(|| calendar_links(desk, state, booking, ButtonKind::Quiet)))
        .child(moves::another(desk, state, booking))
        .child(cancel);
    let panel = el("div")
        .class("panel")
        .child(el("div").class("row").child(status(desk, state, booking)))
        .child(facts(show::facts(desk.words, state, booking, whereabouts(desk))))
        .child(show::zone_note(desk, state))
        .child(show::as_of(desk, state, as_of(state), desk.words.bookings.as_of))
        .child(ways);
    list([
        outcome(desk, state, booking.booking_id),
        moves::another_told(desk, state),
        panel.into(),
    ])
}

fn as_of(state: &State) -> Option<DateTime<Utc>> {
    state.booking.as_ref().and_then(|(_, booking)| booking.as_of)
}

/// Why nothing can be cancelled now; empty where it can.
fn offline(desk: Desk, state: &State) -> &'static str {
    if state.online {
        ""
    } else {
        desk.words.cancel.offline
    }
}

/// What became of a cancellation.
pub fn outcome(desk: Desk, state: &State, id: BookingId) -> Html {
    let w = &desk.words.cancel;
    match &state.cancel {
        cancel if cancel.booking() != Some(id) => Html::Nothing,
        Cancel::Done(_) => Notice::new(NoticeKind::Success, w.done)
            .text(w.done_hint)
            .silent()
            .into(),
        Cancel::Stands(_, failure) => {
            let details = failure.as_ref().map(|f| details(desk, f)).unwrap_or_default();
            Notice::new(NoticeKind::Error, w.stands)
                .text(w.stands_hint)
                .details(details)
                .way(to_the_studio(desk))
                .into()
        }
        Cancel::Unclear(_, failure) => {
            let again = Button::new(desk.words.failures.try_again, desk.sends(Event::TryAgain));
            Notice::new(NoticeKind::Warning, w.unclear)
                .text(w.unclear_hint)
                .details(details(desk, failure))
                .way(again.icon(Icon::Again))
                .into()
        }
        Cancel::None | Cancel::Asked(_) | Cancel::Sending(_) | Cancel::ReadingBack(..) => Html::Nothing,
    }
}

/// Asks once, in words that name what.
pub fn ask_to_cancel(desk: Desk, state: &State, booking: Option<&AppointmentBooking>) -> Html {
    let w = &desk.words.cancel;
    let asked = matches!(
        state.cancel,
        Cancel::Asked(_) | Cancel::Sending(_) | Cancel::ReadingBack(..)
    );
    let open = asked && state.cancel.booking() == booking.map(|b| b.booking_id);
    let verb = match state.cancel {
        Cancel::Sending(_) => w.sending,
        Cancel::ReadingBack(..) => w.reading_back,
        _ => w.confirm,
    };
    let confirm = Button::new(verb, desk.sends(Event::CancelConfirmed))
        .kind(ButtonKind::Danger)
        .busy(state.cancel.is_busy())
        .reason("confirm", offline(desk, state));
    let keep = desk.sends(Event::CancelKept);
    let title = |b: &AppointmentBooking| show::title(desk.words, b.title.as_deref());
    Dialog {
        id: "ask-to-cancel",
        open,
        title: booking
            .map(|b| question(desk, state, b))
            .unwrap_or_default()
            .into(),
        text: booking.map(|b| (w.body)(&title(b))).unwrap_or_default().into(),
        answers: list([
            Button::new(w.keep, keep.clone()).autofocus().into(),
            confirm.into(),
            slow_line(desk, state.cancel.is_busy() && state.is_slow_to_answer()).into(),
        ]),
        on_dismiss: keep,
    }
    .into()
}

fn question(desk: Desk, state: &State, booking: &AppointmentBooking) -> String {
    (desk.words.cancel.ask)(&show::start(desk, state, booking))
}

/// Name and street of the studio, as far as they are known.
pub fn whereabouts(desk: Desk) -> Option<String> {
    let studio = desk.studio();
    let parts: Vec<String> = [studio.name, studio.address].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Into the member's calendar: an address that every calendar opens, and a link for the one that wants none. Not a
/// download: an iPhone puts those among the files. Where no cookie says whose it is, it leads to signing in: in a tab of its
/// own, or who is signed in here would be so no more.
pub fn calendar_links(desk: Desk, state: &State, booking: &AppointmentBooking, kind: ButtonKind) -> Html {
    if let Some(kiosk) = desk.kiosk() {
        return kiosk::calendar(kiosk, booking);
    }
    let w = &desk.words.booked;
    let title = show::title(desk.words, booking.title.as_deref());
    let google = calendar::google_address(booking, &title, whereabouts(desk).as_deref());
    let file = LinkButton::new(calendar::path(booking.booking_id), w.add_to_calendar);
    let file = if state.keeps_no_cookie {
        file.outside()
    } else {
        file
    };
    list([
        file.kind(kind).icon(Icon::Calendar).into(),
        LinkButton::new(google, w.google_calendar).outside().into(),
    ])
}
