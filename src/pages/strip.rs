//! The strip of days.

use booking::flow::{DayView, Event, State};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use super::times::of_times;
use crate::desk::Desk;
use crate::ui::{DayCell, DayStrip, StripSide};

/// Five days, and ways to the five before and after.
#[component]
pub fn Strip() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.times;
    let days = desk.watch(move |state| cells(desk, state));
    let title = desk.text(move |state| months(desk, state));
    let has_earlier = desk.watch(|state| of_times(state, |times, _| times.page > 0));
    let has_later = desk.watch(|state| of_times(state, |times, _| times.has_later()));
    let pick = Callback::new(move |id: String| {
        if let Ok(day) = id.parse() {
            desk.send(Event::DayPicked(day));
        }
    });
    let turn = Callback::new(move |side| {
        desk.send(match side {
            StripSide::Earlier => Event::Earlier,
            StripSide::Later => Event::Later,
        });
    });
    view! {
        <DayStrip
            label=w.strip_label
            title=title
            days=days
            earlier=w.earlier
            has_earlier=has_earlier
            later=w.later
            has_later=has_later
            on_pick=pick
            on_turn=turn
        />
    }
}

fn views(state: &State) -> (Vec<DayView>, Option<NaiveDate>) {
    of_times(state, |times, pick| {
        (
            times.days(pick.trainer, &state.zone),
            Some(times.shown_day(pick, &state.zone)),
        )
    })
}

fn cells(desk: Desk, state: &State) -> Vec<DayCell> {
    let (days, shown) = views(state);
    let mut month = None;
    let today = state.today();
    let mut cell = |view: &DayView| {
        let new_month = month.replace(view.date.month()) != Some(view.date.month());
        cell(desk, view, today, new_month, Some(view.date) == shown)
    };
    days.iter().map(&mut cell).collect()
}

fn cell(desk: Desk, view: &DayView, today: NaiveDate, new_month: bool, selected: bool) -> DayCell {
    let (w, dates) = (&desk.words.times, &desk.words.dates);
    let day = dates.day_long(view.date, today);
    let label = view
        .count
        .map_or_else(|| (w.day_unknown)(&day), |count| (w.day_times)(&day, count));
    DayCell {
        id: view.date.to_string(),
        label,
        weekday: dates.weekday_short(view.date).to_owned(),
        number: view.date.day().to_string(),
        month: new_month.then(|| dates.month_short(view.date).to_owned()),
        count: view.count.map(|count| (w.count_mark)(count)),
        today: view.is_today.then(|| dates.today.to_owned()),
        selected,
        empty: view.count == Some(0),
    }
}

/// "November – December 2026".
fn months(desk: Desk, state: &State) -> String {
    let (days, _) = views(state);
    match (days.first(), days.last()) {
        (Some(first), Some(last)) => desk.words.dates.month_span(first.date, last.date),
        _ => String::new(),
    }
}
