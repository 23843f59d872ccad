//! The times of one bookable appointment: what it is, with whom, on which day, at what time.

use booking::flow::{Event, Listed, Mark, Session, State, Times as Known};
use booking::route::Pick;
use booking::slots::{PartOfDay, trainers};
use booking::{FailureKind, Route};
use perfectgym::{BookableAppointment, InstructorId};

use super::choice::choice;
use super::failure::{failure_notice, slow_line, unreadable};
use super::strip::strip;
use super::{moves, show};
use crate::desk::Desk;
use crate::ui::html::{Html, el, list};
use crate::ui::{
    Button, ButtonKind, ChipRadios, Choice, Icon, LinkButton, Notice, NoticeKind, PageHead, Slot as SlotChip,
    SlotList, SlotSection, empty_state, line_skeletons, time_skeletons,
};

/// Radio value of "any trainer"; ids are numbers, so it is none of them.
const ANY: &str = "any";

/// The times page.
pub fn screen() -> Html {
    Desk::here().show(page)
}

fn page(desk: Desk, state: &State) -> Html {
    let Some((times, pick)) = state.times.as_ref().zip(state.pick()) else {
        return line_skeletons(2).into();
    };
    let gone = times.about.value.is_none()
        && times
            .about
            .failure()
            .is_some_and(|failure| failure.kind == FailureKind::NotFound);
    if gone {
        return service_gone(desk, pick);
    }
    let picker = el("div").class("stack").child(picker(desk, state, times, pick));
    let both = el("div")
        .class("with-aside")
        .child(picker)
        .child(choice(desk, state, times, pick));
    list([about(desk, times, pick), moves::instead(desk, state), both.into()])
}

/// The heading is there from the start, and stays: it has the focus when the screen comes up.
fn about(desk: Desk, times: &Known, pick: &Pick) -> Html {
    let above = above(desk, pick);
    match (&times.about.value, times.about.failure()) {
        (Some(service), _) => list([head(desk, service, above).into(), Html::Nothing]),
        (None, Some(failure)) => list([untitled(desk, above).into(), failure_notice(desk, failure).into()]),
        (None, None) => list([untitled(desk, above).into(), line_skeletons(2).into()]),
    }
}

/// Where it all came from: the booking that is to be moved, or what the studio offers.
fn above(desk: Desk, pick: &Pick) -> (String, &'static str) {
    match pick.instead {
        Some(booking) => (
            Route::Booking(booking).format(),
            desk.words.bookings.detail_heading,
        ),
        None => (Route::home().format(), desk.words.times.back),
    }
}

fn head(desk: Desk, service: &BookableAppointment, above: (String, &'static str)) -> PageHead {
    let minutes = service
        .duration
        .map(|m| (Icon::Clock, desk.words.dates.duration(m.into())));
    let category = service.category.clone().map(|category| (Icon::Tag, category));
    PageHead {
        title: show::title(desk.words, service.title.as_deref()),
        picture: show::picture(service.img_url.clone()),
        facts: minutes.into_iter().chain(category).collect(),
        text: service.description.clone().unwrap_or_default(),
        above,
    }
}

fn untitled(desk: Desk, above: (String, &'static str)) -> PageHead {
    PageHead {
        title: show::title(desk.words, None),
        picture: None,
        facts: Vec::new(),
        text: String::new(),
        above,
    }
}

fn service_gone(desk: Desk, pick: &Pick) -> Html {
    let w = &desk.words.times;
    let all = LinkButton::new(Route::home().format(), w.back).kind(ButtonKind::Primary);
    let notice = Notice::new(NoticeKind::Warning, w.service_gone)
        .text(w.service_gone_hint)
        .way(all);
    list([untitled(desk, above(desk, pick)).into(), notice.into()])
}

/// Everything that a time is picked with; where times are for members, the way to become one first.
fn picker(desk: Desk, state: &State, times: &Known, pick: &Pick) -> Html {
    let w = &desk.words.times;
    if !state.may_see_times() {
        if state.session == Session::Unknown {
            return time_skeletons(8).into();
        }
        let href = state.route.clone().through_sign_in().format();
        let sign_in = LinkButton::new(href, desk.words.shell.sign_in).kind(ButtonKind::Primary);
        return empty_state(Icon::Person, w.sign_in_to_see, "", Some(sign_in.into())).into();
    }
    list([
        with_whom(desk, times, pick),
        strip(desk, state, times, pick),
        show::zone_note(desk, state).into(),
        show::as_of(desk, state, times.current().and_then(|page| page.as_of), w.as_of).into(),
        failed(desk, state, times),
        below(desk, state, times, pick),
        unreadable(times.unreadable(), w.unreadable).into(),
        slow_line(desk, times.is_slow()).into(),
    ])
}

/// The filter stays while it is used: whoever asked for somebody who is away has to be able to let them go.
fn with_whom(desk: Desk, times: &Known, pick: &Pick) -> Html {
    let w = &desk.words.times;
    let known = trainers(times.slots());
    if known.len() < 2 && pick.trainer.is_none() {
        return Html::Nothing;
    }
    let any = Choice {
        value: ANY.to_owned(),
        label: w.any_trainer.to_owned(),
    };
    let one = |(id, name): (InstructorId, String)| Choice {
        value: id.to_string(),
        label: name,
    };
    let selected = pick.trainer.map_or_else(|| ANY.to_owned(), |id| id.to_string());
    ChipRadios {
        legend: w.trainer,
        name: "trainer",
        options: std::iter::once(any).chain(known.into_iter().map(one)).collect(),
        selected,
        on_pick: desk.picks(|value| Some(Event::TrainerPicked(value.parse().ok()))),
    }
    .into()
}

/// Why the shown days could not be read (again). Offline the banner says it, as long as there is something to show.
fn failed(desk: Desk, state: &State, times: &Known) -> Html {
    let page = times.current();
    let shown = page.is_some_and(|page| page.value.is_some());
    page.and_then(|page| page.failure())
        .filter(|_| state.online || !shown)
        .map(|failure| failure_notice(desk, failure))
        .into()
}

/// What stands below the strip.
fn below(desk: Desk, state: &State, times: &Known, pick: &Pick) -> Html {
    match times.current() {
        Some(page) if page.value.is_some() => {
            let day = times.shown_day(pick, &state.zone);
            let listed = times.listed(day, pick.trainer, &state.zone);
            let free = listed.iter().any(|listed| listed.mark == Mark::Free);
            list([
                (!listed.is_empty())
                    .then(|| times_of_day(desk, state, times, pick, &listed))
                    .into(),
                (!free).then(|| empty_day(desk, state, times, pick)).into(),
            ])
        }
        Some(page) if page.failure().is_some() => Html::Nothing,
        _ => time_skeletons(8).into(),
    }
}

/// The lost time stays in its place, struck out.
fn times_of_day(desk: Desk, state: &State, times: &Known, pick: &Pick, all: &[Listed]) -> SlotList {
    let w = &desk.words.times;
    let day = times.shown_day(pick, &state.zone);
    let section = |part| {
        let in_part = all
            .iter()
            .filter(|listed| PartOfDay::of(&listed.offer.start, &state.zone) == part);
        SlotSection {
            heading: w.part(part),
            slots: in_part.map(|listed| chip(desk, state, listed)).collect(),
        }
    };
    let chosen = all.iter().find(|listed| times.chosen_in(listed, pick));
    SlotList {
        legend: (w.legend)(&desk.words.dates.day_long(day, state.today())),
        name: "time",
        sections: PartOfDay::ALL.map(section).to_vec(),
        selected: chosen.map(Listed::id).unwrap_or_default(),
        on_pick: desk.picks(|id| Some(Event::ListedPicked(id))),
    }
}

fn chip(desk: Desk, state: &State, listed: &Listed) -> SlotChip {
    let w = &desk.words.times;
    let gone = match listed.mark {
        Mark::Free => "",
        Mark::Taken => w.gone_mark,
        Mark::Lost => w.lost_mark,
    };
    SlotChip {
        id: listed.id(),
        label: show::time(&state.zone, &listed.offer.start),
        detail: (w.until)(&show::time(&state.zone, &listed.offer.end)),
        gone: gone.to_owned(),
    }
}

/// No time on this day: the next free one in one tap, or what was searched.
fn empty_day(desk: Desk, state: &State, times: &Known, pick: &Pick) -> Html {
    let (w, dates) = (&desk.words.times, &desk.words.dates);
    let today = state.today();
    let day = times.shown_day(pick, &state.zone);
    let next = times.next_free(day, pick.trainer, &state.zone);
    let next = next.map(|slot| state.zone.local_of(&slot.start_date_time));
    let text = match times.searched_until() {
        _ if next.is_some() => String::new(),
        _ if times.is_looking_ahead() => w.looking_ahead.to_owned(),
        Some(until) => (w.none_until)(&dates.day_long(until, today)),
        None => String::new(),
    };
    let go = next.map(|at| {
        let press = desk.sends(Event::NextFreePicked);
        Button::new((w.next_free)(&dates.start(at, today)), press)
            .kind(ButtonKind::Primary)
            .into()
    });
    empty_state(Icon::Nothing, w.empty_day, text, go).into()
}
