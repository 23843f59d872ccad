//! The chosen time, in a bar that stays in view: what would be booked, the verdict on it, Book, and every way on.

use booking::Failure;
use booking::flow::{Choice, Event, Session, State};
use booking::refusal::Refusal;
use booking::route::Pick;
use booking::slots::{Offer, SlotKey};
use leptos::prelude::*;
use perfectgym::{Slot, ValidationStatus};

use super::failure::FailureNotice;
use super::refused::Refused;
use super::show;
use super::times::of_times;
use crate::desk::Desk;
use crate::ui::{
    Button, ButtonKind, ChipRadios, ChoiceBar, ChoiceLine, Icon, LinkButton, Notice, NoticeKind,
};

/// How far the choice has come, without what was chosen: a change of it draws the bar's lower half anew. All that is
/// one button is one stage, so that the focus stays on it from the first tap to the last.
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    Nothing,
    SignIn,
    Button,
    Refused(ValidationStatus),
    Unchecked(Failure),
    Uncertain { given_up: bool },
    NotBooked(Option<Failure>),
    Gone,
}

fn stage(state: &State) -> Stage {
    match &state.choice {
        Choice::None => Stage::Nothing,
        Choice::Picked { .. } if state.session != Session::Unknown => Stage::SignIn,
        Choice::Picked { .. } | Choice::Checking { .. } | Choice::Ready { .. } | Choice::Booking { .. } => {
            Stage::Button
        }
        Choice::Refused { status, .. } => Stage::Refused(status.clone()),
        Choice::Unchecked { failure, .. } => Stage::Unchecked(failure.clone()),
        Choice::Uncertain { given_up, .. } => Stage::Uncertain { given_up: *given_up },
        Choice::NotBooked { failure, .. } => Stage::NotBooked(failure.clone()),
        Choice::Gone { .. } => Stage::Gone,
    }
}

/// The bar. Nothing in it is said before it is known.
#[component]
pub fn ChoicePanel() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.confirm;
    let open = desk.watch(|state| state.choice != Choice::None);
    let stage = desk.watch(stage);
    view! {
        <ChoiceBar label=w.label open=open hint=w.hint>
            <Line />
            <With />
            {move || at(desk, stage.get())}
        </ChoiceBar>
    }
}

/// What would be booked, in one sentence.
#[component]
fn Line() -> impl IntoView {
    let desk = Desk::here();
    let when = desk.text(move |state| {
        state
            .choice
            .chosen()
            .map(|c| when(desk, state, &c.slot))
            .unwrap_or_default()
    });
    let what = desk.text(move |state| {
        state
            .choice
            .chosen()
            .map(|c| what(desk, state, &c.slot))
            .unwrap_or_default()
    });
    let shown = Memo::new(move |_| !when.read().is_empty());
    move || shown.get().then(|| view! { <ChoiceLine when=when what=what /> })
}

/// "Tue 2 Dec, 17:30–18:15".
pub fn when(desk: Desk, state: &State, slot: &Slot) -> String {
    let (start, end) = (
        state.zone.local_of(&slot.start_date_time),
        state.zone.local_of(&slot.end_date_time),
    );
    desk.words.dates.when(start, end, state.today())
}

fn what(desk: Desk, state: &State, slot: &Slot) -> String {
    let title = of_times(state, |times, _| {
        times.about.value.as_ref().and_then(|about| about.title.clone())
    });
    let title = show::title(desk.words, title.as_deref());
    match show::names(desk.words, &slot.instructors) {
        Some(names) => (desk.words.confirm.service_with)(&title, &names),
        None => title,
    }
}

/// Whom to have at the chosen time, where more than one is free.
#[component]
fn With() -> impl IntoView {
    let desk = Desk::here();
    let options = desk.watch(move |state| of_times(state, |times, pick| same_time(times.slots(), pick)));
    let named = Memo::new(move |_| {
        let options = options.read();
        let named = |slot: &Slot| Some((show::slot_id(slot), show::names(desk.words, &slot.instructors)?));
        let all: Vec<_> = options.iter().filter_map(named).collect();
        all.into_iter()
            .map(|(value, label)| crate::ui::Choice { value, label })
            .collect::<Vec<_>>()
    });
    let selected = desk.text(|state| {
        state
            .choice
            .chosen()
            .map(|c| show::slot_id(&c.slot))
            .unwrap_or_default()
    });
    let pick = Callback::new(move |id: String| {
        if let Some(key) = show::slot_of(&id) {
            desk.send(Event::TimePicked(key));
        }
    });
    let several = Memo::new(move |_| named.read().len() > 1);
    let legend = desk.words.confirm.choose_trainer;
    move || {
        several.get().then(|| {
            view! { <ChipRadios legend=legend name="with" options=named selected=selected on_pick=pick /> }
        })
    }
}

fn same_time(slots: Vec<&Slot>, pick: &Pick) -> Vec<Slot> {
    let Some(key) = pick.slot.as_ref().filter(|_| pick.trainer.is_none()) else {
        return Vec::new();
    };
    let offers = Offer::group(slots);
    offers
        .into_iter()
        .find(|offer| offer.has(key))
        .map(|offer| offer.slots)
        .unwrap_or_default()
}

fn at(desk: Desk, stage: Stage) -> AnyView {
    match stage {
        Stage::Nothing => ().into_any(),
        Stage::SignIn => sign_in(desk),
        Stage::Button => book_button(desk),
        Stage::Refused(status) => match Refusal::of(&status) {
            Some(refusal) => view! { <Refused refusal /> }.into_any(),
            None => ().into_any(),
        },
        Stage::Unchecked(failure) => view! { <FailureNotice failure /> }.into_any(),
        Stage::Uncertain { given_up } => uncertain(desk, given_up),
        Stage::NotBooked(failure) => not_booked(desk, failure),
        Stage::Gone => view! { <Gone /> }.into_any(),
    }
}

fn sign_in(desk: Desk) -> AnyView {
    let href = desk.text(|state| state.route.clone().through_sign_in().format());
    let w = &desk.words.confirm;
    view! {
        <LinkButton href=href text=w.sign_in kind=ButtonKind::Primary />
        <p class="quiet">{w.sign_in_to_book}</p>
    }
    .into_any()
}

/// One button from the first tap to the last: its words change, its place does not.
fn book_button(desk: Desk) -> AnyView {
    let w = &desk.words.confirm;
    let text = desk.text(move |state| {
        let text = match state.choice {
            Choice::Ready { .. } => w.book,
            Choice::Booking { .. } => w.booking,
            _ => w.checking,
        };
        text.to_owned()
    });
    let busy = desk.watch(|state| !matches!(state.choice, Choice::Ready { .. }));
    let reason = desk.text(move |state| {
        if state.online {
            String::new()
        } else {
            w.offline.to_owned()
        }
    });
    view! {
        <Button
            id="book"
            text=text
            kind=ButtonKind::Primary
            busy=busy
            reason=reason
            on_press=desk.sends(Event::Book)
        />
    }
    .into_any()
}

fn uncertain(desk: Desk, given_up: bool) -> AnyView {
    let w = &desk.words.confirm;
    if given_up {
        let about = desk.text(move |state| {
            state
                .choice
                .chosen()
                .map(|c| (w.given_up_about)(&when(desk, state, &c.slot)))
                .unwrap_or_default()
        });
        return view! {
            <Notice kind=NoticeKind::Warning title=w.given_up text=about>
                <Button text=w.look_now icon=Icon::Again on_press=desk.sends(Event::TryAgain) />
                <a href="#help">{desk.words.shell.help}</a>
            </Notice>
        }
        .into_any();
    }
    view! { <Notice title=w.uncertain text=w.uncertain_hint /> }.into_any()
}

fn not_booked(desk: Desk, failure: Option<Failure>) -> AnyView {
    let w = &desk.words.confirm;
    let why = failure
        .as_ref()
        .map_or(w.not_booked_hint, |f| (desk.words.failures.of)(&f.kind));
    let details = failure
        .as_ref()
        .map(|f| super::failure::details(desk, f))
        .unwrap_or_default();
    view! {
        <Notice kind=NoticeKind::Error title=w.not_booked text=why details=details>
            <Button text=w.check_again icon=Icon::Again on_press=desk.sends(Event::TryAgain) />
        </Notice>
    }
    .into_any()
}

/// The time that the address names is not there any more.
#[component]
fn Gone() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.confirm;
    view! {
        <Notice kind=NoticeKind::Warning title=w.gone text=w.gone_hint>
            <Alternatives />
            <Button text=w.drop kind=ButtonKind::Plain on_press=desk.sends(Event::TimeDropped) />
        </Notice>
    }
}

/// The nearest free times, one tap each.
#[component]
pub fn Alternatives() -> impl IntoView {
    let desk = Desk::here();
    let slots = desk.watch(|state| state.alternatives());
    move || {
        slots
            .get()
            .into_iter()
            .map(|slot| alternative(desk, &slot))
            .collect_view()
    }
}

/// A button that chooses another time.
pub fn alternative(desk: Desk, slot: &Slot) -> impl IntoView + use<> {
    let text = desk.state.with_untracked(|state| {
        desk.words
            .dates
            .start(state.zone.local_of(&slot.start_date_time), state.today())
    });
    let key = SlotKey::of(slot);
    view! { <Button text=text on_press=desk.sends(Event::AlternativePicked(key)) /> }
}
