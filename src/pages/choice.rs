//! The chosen time, in a bar that stays in view: what would be booked, the verdict on it, Book, and every way on.

use booking::Failure;
use booking::flow::{Choice, Chosen, Event, Session, State, Times};
use booking::refusal::Refusal;
use booking::route::Pick;
use booking::slots::{Offer, SlotKey};
use perfectgym::Slot;

use super::failure::{details, slow_line, to_the_studio};
use super::refused::refused;
use super::{moves, show};
use crate::desk::Desk;
use crate::ui::html::{Html, Text, el, list, rows};
use crate::ui::{
    Button, ButtonKind, ChipRadios, Icon, LinkButton, Notice, NoticeKind, choice_bar, choice_line,
    notice_group,
};

/// The bar. Nothing in it is said before it is known.
pub fn choice(desk: Desk, state: &State, times: &Times, pick: &Pick) -> Html {
    let w = &desk.words.confirm;
    let open = state.choice != Choice::None;
    let chosen = open.then(|| {
        list([
            line(desk, state),
            with_whom(desk, state, times, pick),
            stage(desk, state),
            moves::old_stays(desk, state).into(),
            slow_line(desk, waits(state) && state.is_slow_to_answer()).into(),
        ])
    });
    choice_bar(w.label, w.hint, chosen).into()
}

fn waits(state: &State) -> bool {
    matches!(
        state.choice,
        Choice::Checking { .. } | Choice::Booking { .. } | Choice::Uncertain { .. }
    )
}

/// What would be booked, in one sentence.
fn line(desk: Desk, state: &State) -> Html {
    let line = |chosen: &Chosen| choice_line(when(desk, state, &chosen.slot), what(desk, state, chosen));
    state.choice.chosen().map(line).into()
}

/// "Tue 2 Dec, 17:30–18:15".
pub fn when(desk: Desk, state: &State, slot: &Slot) -> String {
    let (start, end) = (
        state.zone.local_of(&slot.start_date_time),
        state.zone.local_of(&slot.end_date_time),
    );
    desk.words.dates.when(start, end, state.today())
}

/// Of what it was chosen, which need not be what the screen is about by now.
fn what(desk: Desk, state: &State, chosen: &Chosen) -> String {
    let title = chosen.title.as_deref();
    let title = title.or_else(|| state.service_title(chosen.service));
    let title = show::title(desk.words, title);
    match show::names(desk.words, &chosen.slot.instructors) {
        Some(names) => (desk.words.confirm.service_with)(&title, &names),
        None => title,
    }
}

/// Whom to have at the chosen time, where more than one is free.
fn with_whom(desk: Desk, state: &State, times: &Times, pick: &Pick) -> Html {
    let named = |slot: &Slot| {
        Some(crate::ui::Choice {
            value: show::slot_id(slot),
            label: show::names(desk.words, &slot.instructors)?,
        })
    };
    let options: Vec<_> = same_time(times.slots(), pick).iter().filter_map(named).collect();
    let selected = state.choice.chosen().map(|chosen| show::slot_id(&chosen.slot));
    (options.len() > 1)
        .then(|| ChipRadios {
            legend: desk.words.confirm.choose_trainer,
            name: "with",
            options,
            selected: selected.unwrap_or_default(),
            on_pick: desk.picks(|id| show::slot_of(&id).map(Event::TimePicked)),
        })
        .into()
}

fn same_time(slots: Vec<&Slot>, pick: &Pick) -> Vec<Slot> {
    let Some(key) = pick.slot.as_ref().filter(|_| pick.trainer.is_none()) else {
        return Vec::new();
    };
    let offers = Offer::group(slots);
    let same = offers.into_iter().find(|offer| offer.has(key));
    same.map(|offer| offer.slots).unwrap_or_default()
}

/// How far the choice has come. All that is one button is drawn at one place, so that the focus stays on it from the first
/// tap to the last.
fn stage(desk: Desk, state: &State) -> Html {
    match &state.choice {
        Choice::None => Html::Nothing,
        Choice::Picked { .. } if state.session != Session::Unknown => sign_in(desk, state),
        Choice::Picked { .. } | Choice::Checking { .. } => {
            book_button(desk, state, desk.words.confirm.checking)
        }
        Choice::Ready { slot } => book_button(desk, state, moves::verb(desk, state, slot)),
        Choice::Booking { slot, .. } => book_button(desk, state, moves::under_way(desk, slot)),
        Choice::Refused { status, failure, .. } => Refusal::of(status)
            .map(|refusal| refused(desk, state, &refusal, failure.as_ref()))
            .into(),
        Choice::Unchecked { failure, .. } => unchecked(desk, failure).into(),
        Choice::Uncertain { slot, given_up, .. } => uncertain(desk, state, &slot.slot, *given_up).into(),
        Choice::NotBooked { failure, .. } => not_booked(desk, failure.as_ref()).into(),
        Choice::Gone { .. } => gone(desk, state).into(),
    }
}

fn sign_in(desk: Desk, state: &State) -> Html {
    let href = state.route.clone().through_sign_in().format();
    let w = &desk.words.confirm;
    list([
        LinkButton::new(href, w.sign_in).kind(ButtonKind::Primary).into(),
        el("p").class("quiet").child(w.sign_in_to_book).into(),
    ])
}

/// One button from the first tap to the last: its words change, its place does not.
fn book_button(desk: Desk, state: &State, text: impl Into<Text>) -> Html {
    let reason = if state.online {
        ""
    } else {
        desk.words.confirm.offline
    };
    Button::new(text, desk.sends(Event::Book))
        .kind(ButtonKind::Primary)
        .busy(!state.is_ready_to_book())
        .reason("book", reason)
        .into()
}

fn uncertain(desk: Desk, state: &State, slot: &Slot, given_up: bool) -> Notice {
    let w = &desk.words.confirm;
    if !given_up {
        return Notice::new(NoticeKind::Info, w.uncertain).text(w.uncertain_hint);
    }
    let look = Button::new(w.look_now, desk.sends(Event::TryAgain)).icon(Icon::Again);
    Notice::new(NoticeKind::Warning, w.given_up)
        .text((w.given_up_about)(&when(desk, state, slot)))
        .way(look)
        .way(to_the_studio(desk))
}

fn unchecked(desk: Desk, failure: &Failure) -> Notice {
    let w = &desk.words.confirm;
    let again = Button::new(w.check_again, desk.sends(Event::TryAgain)).icon(Icon::Again);
    Notice::new(NoticeKind::Error, w.unchecked)
        .text((desk.words.failures.of)(&failure.kind))
        .details(details(desk, failure))
        .way(again)
}

fn not_booked(desk: Desk, failure: Option<&Failure>) -> Notice {
    let w = &desk.words.confirm;
    let why = failure.map_or(w.not_booked_hint, |f| (desk.words.failures.of)(&f.kind));
    let details = failure
        .map(|f| super::failure::details(desk, f))
        .unwrap_or_default();
    let again = Button::new(w.check_again, desk.sends(Event::TryAgain)).icon(Icon::Again);
    Notice::new(NoticeKind::Error, w.not_booked)
        .text(why)
        .details(details)
        .way(again)
}

/// The time that the address names is not there any more.
fn gone(desk: Desk, state: &State) -> Notice {
    let w = &desk.words.confirm;
    let drop = Button::new(w.drop, desk.sends(Event::TimeDropped)).kind(ButtonKind::Plain);
    Notice::new(NoticeKind::Warning, w.gone)
        .text(w.gone_hint)
        .way(alternatives(desk, state))
        .way(drop)
}

/// The nearest free times, one tap each.
pub fn alternatives(desk: Desk, state: &State) -> Html {
    let slots = state.alternatives();
    let button = |slot| (show::slot_id(slot), alternative(desk, state, slot));
    choices(
        desk.words.confirm.alternatives,
        slots.is_empty(),
        rows(slots.iter().map(button)),
    )
}

/// Times to take instead, under the words for what they are.
pub fn choices(label: &'static str, none: bool, buttons: Html) -> Html {
    (!none).then(|| notice_group(label, buttons)).into()
}

/// A button that chooses another time.
pub fn alternative(desk: Desk, state: &State, slot: &Slot) -> Button {
    let at = state.zone.local_of(&slot.start_date_time);
    let text = desk.words.dates.start(at, state.today());
    Button::new(text, desk.sends(Event::AlternativePicked(SlotKey::of(slot))))
}
