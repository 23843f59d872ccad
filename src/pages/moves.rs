//! Another time of a booking: the way to it, what is being moved, and what a move has come to.

use booking::bookings::Standing;
use booking::flow::{Another, Cancel, Choice, Chosen, Event, Instead, Moved, State};
use booking::route::Pick;
use booking::{Failure, Route};
use perfectgym::{AppointmentBooking, BookingId};

use super::failure::failure_notice;
use super::one_booking::outcome;
use super::show;
use crate::desk::Desk;
use crate::ui::html::{Element, Html, Text, el, list};
use crate::ui::{Button, ButtonKind, LinkButton, Notice, NoticeKind};

/// Another time for a booking that stands; one that is over, once more.
pub fn another(desk: Desk, state: &State, booking: &AppointmentBooking) -> Button {
    let w = &desk.words.moves;
    let stands = Standing::of(booking, state.now).can_be_cancelled();
    let text = if stands { w.another_time } else { w.again };
    let title = show::title(desk.words, booking.title.as_deref());
    let id = booking.booking_id;
    Button::new(text, desk.sends(Event::AnotherAsked(id)))
        .about([&title, ", ", &show::start(desk, state, booking)].concat())
        .busy(state.another.asks(id))
}

/// Why there are no other times to look at.
pub fn another_told(desk: Desk, state: &State) -> Html {
    let w = &desk.words.moves;
    match &state.another {
        Another::None | Another::Asking(_) => Html::Nothing,
        Another::OfUnknown(_) => Notice::new(NoticeKind::Warning, w.of_unknown)
            .text(w.of_unknown_hint)
            .way(LinkButton::new(Route::home().format(), desk.words.not_found.home))
            .into(),
        Another::Failed(_, failure) => failure_notice(desk, failure).into(),
    }
}

/// What the times are looked for instead of.
pub fn instead(desk: Desk, state: &State) -> Html {
    let w = &desk.words.moves;
    let (Some(instead), Some(pick)) = (state.instead(), state.pick()) else {
        return Html::Nothing;
    };
    match instead {
        Instead::Unknown => Notice::new(NoticeKind::Info, w.pending).silent(),
        Instead::Stands(old) => {
            Notice::new(NoticeKind::Info, (w.instead)(&show::start(desk, state, old))).silent()
        }
        Instead::Over => over(desk, pick),
        Instead::Unread(failure) => failure_notice(desk, failure),
    }
    .into()
}

fn over(desk: Desk, pick: &Pick) -> Notice {
    let w = &desk.words.moves;
    let extra = Pick {
        instead: None,
        ..pick.clone()
    };
    Notice::new(NoticeKind::Warning, w.over).way(LinkButton::new(Route::Times(extra).format(), w.over_way))
}

/// What the button does with the chosen time.
pub fn verb(desk: Desk, state: &State, chosen: &Chosen) -> Text {
    if chosen.instead.is_none() {
        return desk.words.confirm.book.into();
    }
    let at = state.zone.local_of(&chosen.slot.start_date_time);
    (desk.words.moves.move_to)(&desk.words.dates.start(at, state.today())).into()
}

/// The same while it does it.
pub fn under_way(desk: Desk, chosen: &Chosen) -> &'static str {
    match chosen.instead {
        Some(_) => desk.words.moves.moving,
        None => desk.words.confirm.booking,
    }
}

/// Where the new time cannot be had, the old one is no worse for it.
pub fn old_stays(desk: Desk, state: &State) -> Option<Element> {
    let not_had = matches!(
        state.choice,
        Choice::Refused { .. } | Choice::Unchecked { .. } | Choice::NotBooked { .. } | Choice::Gone { .. }
    );
    let old = state.old_stays().filter(|_| not_had)?;
    let text = (desk.words.moves.stays)(&show::start(desk, state, old));
    Some(el("p").class("quiet").child(text))
}

/// What a move has come to, on the screen of the booking that was made for it.
pub fn moved(desk: Desk, state: &State, new: BookingId) -> Html {
    let Some(old) = state.old.as_ref().filter(|(id, _)| state.route.is_about(*id)) else {
        return Html::Nothing;
    };
    let told = match state.moved() {
        Some(moved) => told(desk, state, new, &moved),
        None => unread(desk, old.1.value.is_none(), old.1.failure()),
    };
    list([told, cancelled(desk, state, new), cancelled(desk, state, old.0)])
}

fn told(desk: Desk, state: &State, new: BookingId, moved: &Moved<'_>) -> Html {
    let w = &desk.words.moves;
    let when = |old| show::start(desk, state, old);
    match moved {
        Moved::Done(old) => el("p").class("quiet").child((w.given_up)(&when(old))).into(),
        Moved::BothStand(old) => Notice::new(NoticeKind::Warning, (w.both)(&when(old)))
            .way(cancel(desk, state, w.cancel_old, old.booking_id))
            .way(cancel(desk, state, w.cancel_new, new))
            .into(),
        Moved::Undone(old) => Notice::new(NoticeKind::Info, (w.undone)(&when(old)))
            .silent()
            .into(),
    }
}

fn cancel(desk: Desk, state: &State, text: &'static str, id: BookingId) -> Button {
    Button::new(text, desk.sends(Event::CancelAsked(id)))
        .kind(ButtonKind::Quiet)
        .busy(state.cancel.is_busy())
}

/// Where nothing is known of the old time, nothing is said of it.
fn unread(desk: Desk, unknown: bool, failure: Option<&Failure>) -> Html {
    failure
        .filter(|_| unknown)
        .map(|failure| failure_notice(desk, failure))
        .into()
}

/// A cancellation that did not work; one that did shows in what stands.
fn cancelled(desk: Desk, state: &State, id: BookingId) -> Html {
    match state.cancel {
        Cancel::Done(_) => Html::Nothing,
        _ => outcome(desk, state, id),
    }
}
