//! A page of days to pick one from.
//!
//! A radio group with one tab stop: arrows, Home and End move and pick, and going past an end asks for the next page and
//! goes on there. It knows no calendar: the page says which days there are and what stands in each.

use std::sync::Arc;

use crate::leptos::queue_microtask;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use super::html::{Element, Html, Text, el, rows};
use super::{Icon, Pick, icon};

/// A day in the strip, all of it in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayCell {
    /// What the page gets back; unique in the strip.
    pub id: String,
    /// Read by screen readers in place of everything else: "Tuesday 2 December, 6 times".
    pub label: String,
    /// Short: "Tue".
    pub weekday: String,
    /// Day of the month.
    pub number: String,
    /// Short, where the month changes and on the first cell: "Dec".
    pub month: Option<String>,
    /// "6 times", "none"; `None` while not known yet.
    pub count: Option<String>,
    /// "Today"; shown in place of the weekday.
    pub today: Option<String>,
    /// The one whose times are shown.
    pub selected: bool,
    /// No times: it can be picked all the same, to be told what comes next.
    pub empty: bool,
}

/// An end of the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StripSide {
    /// Towards the past.
    Earlier,
    /// Towards the future.
    Later,
}

/// The strip, below a heading with an arrow to each side.
pub struct DayStrip {
    /// Names the group: "Day".
    pub label: &'static str,
    /// Shown above: "December 2026".
    pub title: Text,
    /// The days of this page.
    pub days: Vec<DayCell>,
    /// Words for the arrow back ("Earlier days"), and whether there are any.
    pub earlier: (&'static str, bool),
    /// Words for the arrow on ("Later days"), and whether there are any.
    pub later: (&'static str, bool),
    /// Told the `id` of the day picked.
    pub on_pick: Pick,
    /// Told which way to turn the page.
    pub on_turn: Turn,
}

/// Turning the page.
pub type Turn = Arc<dyn Fn(StripSide) + Send + Sync>;

impl From<DayStrip> for Html {
    fn from(strip: DayStrip) -> Self {
        let DayStrip {
            label,
            title,
            days,
            earlier,
            later,
            on_pick,
            on_turn,
        } = strip;
        // One tab stop: the picked day, else the first.
        let picked = days.iter().position(|day| day.selected).unwrap_or(0);
        let cells = days
            .into_iter()
            .enumerate()
            .map(|(at, day)| (day.id.clone(), cell(day, at == picked)));
        let head = el("div")
            .class("strip-head")
            .child(el("p").class("strip-title").child(title))
            .child(arrow(StripSide::Earlier, earlier, &on_turn))
            .child(arrow(StripSide::Later, later, &on_turn));
        let keys = move |event: Event| {
            let there = |side| {
                if side == StripSide::Earlier {
                    earlier.1
                } else {
                    later.1
                }
            };
            key(&event.unchecked_into(), there, &on_turn);
        };
        let pick = move |event: Event| {
            if let Some(id) = day_of(&event) {
                on_pick(id);
            }
        };
        let group = el("div")
            .class("strip-days")
            .attr("role", "radiogroup")
            .attr("aria-label", label)
            .on("keydown", keys)
            .on("click", pick)
            .child(rows(cells));
        el("div").class("strip").child(head).child(group).into()
    }
}

/// The `id` of the day that was pressed.
fn day_of(event: &Event) -> Option<String> {
    let pressed = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    pressed.closest(".day").ok()??.get_attribute("data-day")
}

fn arrow(side: StripSide, (words, there): (&'static str, bool), on_turn: &Turn) -> Element {
    let sign = match side {
        StripSide::Earlier => Icon::Earlier,
        StripSide::Later => Icon::Later,
    };
    let turn = Turn::clone(on_turn);
    el("button")
        .attr("type", "button")
        .class("strip-arrow")
        .attr("aria-label", words)
        .attr("aria-disabled", (!there).then_some("true"))
        .on("click", move |_| {
            if there {
                turn(side);
            }
        })
        .child(icon(sign))
}

fn cell(day: DayCell, reachable: bool) -> Element {
    let part = |class, text: Option<String>| el("span").class(class).child(text);
    el("button")
        .attr("type", "button")
        .class("day")
        .class_if("day-empty", day.empty)
        .class_if("day-today", day.today.is_some())
        .attr("role", "radio")
        .attr("data-day", day.id)
        .attr("tabindex", if reachable { "0" } else { "-1" })
        .attr("aria-checked", if day.selected { "true" } else { "false" })
        .attr("aria-label", day.label)
        .child(part("day-weekday", day.today.or(Some(day.weekday))))
        .child(part("day-number", Some(day.number)))
        .child(part("day-month", day.month))
        .child(part("day-count", day.count))
}

fn key(event: &KeyboardEvent, there: impl Fn(StripSide) -> bool, on_turn: &Turn) {
    let Some(step) = Step::of(event) else { return };
    event.prevent_default();
    if let Some(cell) = step.target(event) {
        go_to(&cell);
    } else if let Some(side) = step.beyond().filter(|side| there(*side)) {
        turn_and_go_on(event, side, on_turn);
    }
}

/// The focus goes on in the page that comes. It is drawn in a microtask after this one, and is all there in the next.
fn turn_and_go_on(event: &KeyboardEvent, side: StripSide, on_turn: &Turn) {
    let group = event
        .current_target()
        .and_then(|group| group.dyn_into::<HtmlElement>().ok());
    let Some(group) = group else { return };
    let before = first_day(&group);
    on_turn(side);
    queue_microtask(move || {
        queue_microtask(move || {
            if first_day(&group) != before {
                end_of(&group, side).inspect(go_to);
            }
        });
    });
}

fn first_day(group: &HtmlElement) -> Option<String> {
    group.first_element_child()?.get_attribute("data-day")
}

/// Where a key goes.
#[derive(Clone, Copy)]
enum Step {
    Back,
    On,
    First,
    Last,
}

impl Step {
    fn of(event: &KeyboardEvent) -> Option<Self> {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return None;
        }
        match event.key().as_str() {
            "ArrowLeft" | "ArrowUp" => Some(Self::Back),
            "ArrowRight" | "ArrowDown" => Some(Self::On),
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            _ => None,
        }
    }

    /// The cell to go to, if this page has it.
    fn target(self, event: &KeyboardEvent) -> Option<HtmlElement> {
        let at = event.target()?.dyn_into::<HtmlElement>().ok()?;
        let strip = at.parent_element()?;
        let cell = match self {
            Self::Back => at.previous_element_sibling(),
            Self::On => at.next_element_sibling(),
            Self::First => strip.first_element_child(),
            Self::Last => strip.last_element_child(),
        };
        cell?.dyn_into().ok()
    }

    const fn beyond(self) -> Option<StripSide> {
        match self {
            Self::Back => Some(StripSide::Earlier),
            Self::On => Some(StripSide::Later),
            Self::First | Self::Last => None,
        }
    }
}

/// Coming in from the left one lands on the first day, from the right on the last.
fn end_of(strip: &HtmlElement, came: StripSide) -> Option<HtmlElement> {
    let cell = match came {
        StripSide::Later => strip.first_element_child(),
        StripSide::Earlier => strip.last_element_child(),
    };
    cell?.dyn_into().ok()
}

fn go_to(cell: &HtmlElement) {
    // A page that vanished meanwhile has nothing to focus; nothing is lost by that.
    let _ = cell.focus();
    cell.click();
}
