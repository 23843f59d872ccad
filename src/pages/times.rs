//! The times of one bookable appointment: what it is, with whom, on which day, at what time.

use booking::Route;
use booking::flow::{Event, Listed, Mark, State, Times as Known};
use booking::route::Pick;
use booking::slots::{PartOfDay, trainers};
use leptos::prelude::*;
use perfectgym::BookableAppointment;

use super::choice::ChoicePanel;
use super::failure::{FailureNotice, SlowLine};
use super::show;
use super::strip::Strip;
use crate::app::zone_note;
use crate::desk::Desk;
use crate::ui::{Button, Slot as SlotChip};
use crate::ui::{
    ButtonKind, ChipRadios, Choice, EmptyState, Icon, LineSkeletons, LinkButton, PageHead, SlotList,
    SlotSection, TimeSkeletons,
};

/// Radio value of "any trainer"; ids are numbers, so it is none of them.
const ANY: &str = "any";

/// The times page.
#[component]
pub fn Times() -> impl IntoView {
    let desk = Desk::here();
    let may_see = desk.watch(|state| state.may_see_times());
    view! {
        <About />
        <div class="with-aside">
            <div class="stack">
                {move || if may_see.get() {
                    view! { <Picker /> }.into_any()
                } else {
                    view! { <MembersOnly /> }.into_any()
                }}
            </div>
            <ChoicePanel />
        </div>
    }
}

/// Reads a part of what is known of the times, once there is any.
pub fn of_times<T: Default>(state: &State, read: impl FnOnce(&Known, &Pick) -> T) -> T {
    match (&state.times, state.pick()) {
        (Some(times), Some(pick)) => read(times, pick),
        _ => T::default(),
    }
}

#[component]
fn About() -> impl IntoView {
    let desk = Desk::here();
    let about = desk.watch(|state| {
        of_times(state, |times, _| {
            Some((times.about.value.clone(), times.about.failure().cloned()))
        })
    });
    move || {
        match about.get() {
        Some((Some(service), _)) => head(desk, service).into_any(),
        Some((None, Some(failure))) => view! {
            <PageHead title=show::title(desk.words, None) picture=None back_href=Route::home().format() back_text=desk.words.times.back />
            <FailureNotice failure />
        }
        .into_any(),
        _ => view! { <LineSkeletons count=2 /> }.into_any(),
    }
    }
}

fn head(desk: Desk, service: BookableAppointment) -> impl IntoView {
    let minutes = service
        .duration
        .map(|m| (Icon::Clock, desk.words.dates.duration(m.into())));
    let category = service.category.map(|category| (Icon::Tag, category));
    let facts: Vec<_> = minutes.into_iter().chain(category).collect();
    view! {
        <PageHead
            title=show::title(desk.words, service.title.as_deref())
            picture=show::picture(service.img_url)
            facts=facts
            text=service.description.unwrap_or_default()
            back_href=Route::home().format()
            back_text=desk.words.times.back
        />
    }
}

#[component]
fn MembersOnly() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.times;
    let href = desk.text(|state| state.route.clone().through_sign_in().format());
    view! {
        <EmptyState icon=Icon::Person title=w.sign_in_to_see>
            <LinkButton href=href text=desk.words.shell.sign_in kind=ButtonKind::Primary />
        </EmptyState>
    }
}

#[component]
fn Picker() -> impl IntoView {
    let desk = Desk::here();
    let slow = desk.watch(|state| {
        of_times(state, |times, _| {
            times.current().is_some_and(|page| page.is_slow())
        })
    });
    let zone = zone_note(desk);
    view! {
        <Trainers />
        <Strip />
        {move || (!zone.read().is_empty()).then(|| view! { <p class="quiet">{zone.get()}</p> })}
        <List />
        <SlowLine slow=slow />
    }
}

#[component]
fn Trainers() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.times;
    let options = desk.watch(move |state| {
        let known = of_times(state, |times, _| trainers(times.slots()));
        let any = Choice {
            value: ANY.to_owned(),
            label: w.any_trainer.to_owned(),
        };
        let one = |(id, name): (perfectgym::InstructorId, String)| Choice {
            value: id.to_string(),
            label: name,
        };
        std::iter::once(any)
            .chain(known.into_iter().map(one))
            .collect::<Vec<_>>()
    });
    let selected = desk.text(|state| {
        of_times(state, |_, pick| pick.trainer).map_or_else(|| ANY.to_owned(), |id| id.to_string())
    });
    let pick = Callback::new(move |value: String| desk.send(Event::TrainerPicked(value.parse().ok())));
    let several = Memo::new(move |_| options.read().len() > 2);
    move || {
        several.get().then(|| {
            view! { <ChipRadios legend=w.trainer name="trainer" options=options selected=selected on_pick=pick /> }
        })
    }
}

/// What stands below the strip.
#[derive(Clone, PartialEq, Eq)]
enum Below {
    Waiting,
    Failed(booking::Failure),
    Times,
    Empty,
}

fn below(state: &State) -> Below {
    let Some((times, pick)) = state.times.as_ref().zip(state.pick()) else {
        return Below::Waiting;
    };
    match times.current() {
        None => Below::Waiting,
        Some(page) => match (&page.value, page.failure()) {
            (_, Some(failure)) if state.online || page.value.is_none() => Below::Failed(failure.clone()),
            (None, _) => Below::Waiting,
            (Some(_), _) => {
                let day = times.shown_day(pick, &state.zone);
                let none = times.on_day(day, pick.trainer, &state.zone).is_empty();
                if none { Below::Empty } else { Below::Times }
            }
        },
    }
}

#[component]
fn List() -> impl IntoView {
    let desk = Desk::here();
    let below = desk.watch(below);
    move || match below.get() {
        Below::Waiting => view! { <TimeSkeletons days=0 times=8 /> }.into_any(),
        Below::Failed(failure) => view! { <FailureNotice failure /> }.into_any(),
        Below::Times => view! { <TimesOfDay /> }.into_any(),
        Below::Empty => view! { <EmptyDay /> }.into_any(),
    }
}

#[component]
fn TimesOfDay() -> impl IntoView {
    let desk = Desk::here();
    let legend = desk.text(move |state| {
        of_times(state, |times, pick| {
            let day = times.shown_day(pick, &state.zone);
            (desk.words.times.legend)(&desk.words.dates.day_long(day, state.today()))
        })
    });
    let sections = desk.watch(move |state| of_times(state, |times, pick| sections(desk, state, times, pick)));
    let selected = desk.text(|state| {
        of_times(state, |times, pick| {
            selected(state, times, pick).unwrap_or_default()
        })
    });
    let picked = Callback::new(move |id: String| {
        if let Some(key) = show::slot_of(&id) {
            desk.send(Event::TimePicked(key));
        }
    });
    view! { <SlotList legend=legend name="time" sections=sections selected=selected on_pick=picked /> }
}

/// The times of the shown day, the lost one in its place.
fn listed(state: &State, times: &Known, pick: &Pick) -> Vec<Listed> {
    let day = times.shown_day(pick, &state.zone);
    times.listed(day, pick.trainer, &state.zone)
}

fn selected(state: &State, times: &Known, pick: &Pick) -> Option<String> {
    let key = pick.slot.as_ref()?;
    let all = listed(state, times, pick);
    let chosen = all.iter().find(|listed| listed.offer.has(key))?;
    chosen.offer.slots.first().map(show::slot_id)
}

fn sections(desk: Desk, state: &State, times: &Known, pick: &Pick) -> Vec<SlotSection> {
    let w = &desk.words.times;
    let all = listed(state, times, pick);
    let section = |part| SlotSection {
        heading: w.part(part).to_owned(),
        slots: all
            .iter()
            .filter(|listed| PartOfDay::of(&listed.offer.start, &state.zone) == part)
            .map(|listed| chip(desk, state, listed))
            .collect(),
    };
    PartOfDay::ALL.map(section).to_vec()
}

fn chip(desk: Desk, state: &State, listed: &Listed) -> SlotChip {
    let w = &desk.words.times;
    let offer = &listed.offer;
    let gone = match listed.mark {
        Mark::Free => "",
        Mark::Taken => w.gone_mark,
        Mark::Lost => w.lost_mark,
    };
    SlotChip {
        id: offer.slots.first().map(show::slot_id).unwrap_or_default(),
        label: show::time(&state.zone, &offer.start),
        detail: (w.until)(&show::time(&state.zone, &offer.end)),
        gone: gone.to_owned(),
    }
}

/// No time on this day: the next free one in one tap, or what was searched.
#[component]
fn EmptyDay() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.times;
    let dates = &desk.words.dates;
    let ahead = desk.watch(|state| {
        state.times.as_ref().zip(state.pick()).map(|(times, pick)| {
            let day = times.shown_day(pick, &state.zone);
            let next = times.next_free(day, pick.trainer, &state.zone);
            let next = next.map(|slot| state.zone.local_of(&slot.start_date_time));
            (
                state.today(),
                next,
                times.is_looking_ahead(),
                times.searched_until(),
            )
        })
    });
    move || {
        let (today, next, looking, until) = ahead.get()?;
        let text = match (next, until) {
            (Some(_), _) => String::new(),
            (None, _) if looking => w.looking_ahead.to_owned(),
            (None, Some(until)) => (w.none_until)(&dates.day_long(until, today)),
            (None, None) => String::new(),
        };
        let go = next.map(|at| {
            let text = (w.next_free)(&dates.start(at, today));
            let press = desk.sends(Event::NextFreePicked);
            view! { <Button text=text kind=ButtonKind::Primary on_press=press /> }
        });
        Some(view! { <EmptyState icon=Icon::Nothing title=w.empty_day text=text>{go}</EmptyState> })
    }
}
