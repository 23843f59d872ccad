//! The strip of days.

use std::sync::Arc;

use booking::day;
use booking::flow::{DayView, Event, State, Times};
use booking::route::Pick;
use chrono::{Datelike, NaiveDate};

use crate::desk::Desk;
use crate::ui::html::Html;
use crate::ui::{DayCell, DayStrip, StripSide};

/// Five days, and ways to the five before and after.
pub fn strip(desk: Desk, state: &State, times: &Times, pick: &Pick) -> Html {
    let w = &desk.words.times;
    let days = times.days(pick.trainer, &state.zone);
    let shown = times.shown_day(pick, &state.zone);
    let turn = move |side| {
        desk.send(match side {
            StripSide::Earlier => Event::Earlier,
            StripSide::Later => Event::Later,
        });
    };
    DayStrip {
        label: w.strip_label,
        title: months(desk, &days).into(),
        days: cells(desk, state, &days, shown),
        earlier: (w.earlier, times.page > 0),
        later: (w.later, times.has_later()),
        on_pick: desk.picks(|id| day::parse(&id).map(Event::DayPicked)),
        on_turn: Arc::new(turn),
    }
    .into()
}

fn cells(desk: Desk, state: &State, days: &[DayView], shown: NaiveDate) -> Vec<DayCell> {
    let mut month = None;
    let today = state.today();
    let cell = |view: &DayView| {
        let new_month = month.replace(view.date.month()) != Some(view.date.month());
        cell(desk, view, today, new_month, view.date == shown)
    };
    days.iter().map(cell).collect()
}

fn cell(desk: Desk, view: &DayView, today: NaiveDate, new_month: bool, selected: bool) -> DayCell {
    let (w, dates) = (&desk.words.times, &desk.words.dates);
    let day = dates.day_long(view.date, today);
    // What is read begins with what is shown.
    let day = if view.is_today {
        [dates.today, ", ", &day].concat()
    } else {
        day
    };
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
fn months(desk: Desk, days: &[DayView]) -> String {
    match (days.first(), days.last()) {
        (Some(first), Some(last)) => desk.words.dates.month_span(first.date, last.date),
        _ => String::new(),
    }
}
