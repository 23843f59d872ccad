//! A page of days to pick one from.
//!
//! A radio group with one tab stop: arrows, Home and End move and pick, and going past an end asks for the next page and
//! goes on there. It knows no calendar: the page says which days there are and what stands in each.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use super::Icon;
use super::html::{Element, el, row, rows};

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

/// What is needed on one side: the words on its arrow, and whether there is anything there.
type Side = (Signal<String>, Signal<bool>);

/// The strip, below a heading with an arrow to each side.
#[component]
pub fn DayStrip(
    /// Names the group: "Day".
    #[prop(into)]
    label: Signal<String>,
    /// Shown above: "December 2026".
    #[prop(into)]
    title: Signal<String>,
    /// The days of this page.
    #[prop(into)]
    days: Signal<Vec<DayCell>>,
    /// Words for the arrow back: "Earlier days".
    #[prop(into)]
    earlier: Signal<String>,
    /// There are earlier days.
    #[prop(into)]
    has_earlier: Signal<bool>,
    /// Words for the arrow on: "Later days".
    #[prop(into)]
    later: Signal<String>,
    /// There are later days.
    #[prop(into)]
    has_later: Signal<bool>,
    /// Told the `id` of the day picked.
    #[prop(into)]
    on_pick: Callback<String>,
    /// Told which way to turn the page.
    #[prop(into)]
    on_turn: Callback<StripSide>,
) -> impl IntoView {
    let group = StoredValue::new_local(None::<HtmlElement>);
    // Set when an arrow key went past an end: the focus goes on in the page that comes.
    let carried = RwSignal::new(None::<StripSide>);
    let ids = Memo::new(move |_| days.read().iter().map(|day| day.id.clone()).collect::<Vec<_>>());
    let sides = [(earlier, has_earlier), (later, has_later)];
    Effect::new(move |_| {
        ids.track();
        if let Some(side) = carried.try_update_untracked(Option::take).flatten() {
            // The new days are drawn by an effect as well; a microtask later they are all in the page.
            queue_microtask(move || {
                let first = group.get_value().and_then(|group| end_of(&group, side));
                first.inspect(go_to);
            });
        }
    });
    let keys = move |event: Event| {
        let event: KeyboardEvent = event.unchecked_into();
        let Some(step) = Step::of(&event) else { return };
        event.prevent_default();
        match step.target(&event) {
            Some(cell) => go_to(&cell),
            None => {
                if let Some(side) = step.beyond().filter(|side| open(sides, *side).get_untracked()) {
                    carried.set(Some(side));
                    on_turn.run(side);
                }
            }
        }
    };
    let cells = rows(move || {
        let cell = |id: String| row(id.clone(), move || cell(days, id, on_pick));
        ids.get().into_iter().map(cell).collect()
    });
    let head = el("div")
        .class("strip-head")
        .child(el("p").class("strip-title").child(title))
        .child(arrow(StripSide::Earlier, sides, on_turn))
        .child(arrow(StripSide::Later, sides, on_turn));
    let strip = el("div")
        .class("strip-days")
        .attr("role", "radiogroup")
        .attr("aria-label", label)
        .take(move |element| group.set_value(Some(element.clone().unchecked_into())))
        .on("keydown", keys)
        .child(cells);
    el("div").class("strip").child(head).child(strip).into_any()
}

fn open(sides: [Side; 2], side: StripSide) -> Signal<bool> {
    let [(_, earlier), (_, later)] = sides;
    if side == StripSide::Earlier {
        earlier
    } else {
        later
    }
}

fn arrow(side: StripSide, sides: [Side; 2], on_turn: Callback<StripSide>) -> Element {
    let [earlier, later] = sides;
    let ((words, there), icon) = match side {
        StripSide::Earlier => (earlier, Icon::Earlier),
        StripSide::Later => (later, Icon::Later),
    };
    let turn = move |_| {
        if there.get_untracked() {
            on_turn.run(side);
        }
    };
    el("button")
        .attr("type", "button")
        .class("strip-arrow")
        .attr("aria-label", words)
        .attr_live("aria-disabled", move || (!there.get()).then_some("true".into()))
        .on("click", turn)
        .child(super::icon::draw(icon))
}

fn cell(days: Signal<Vec<DayCell>>, id: String, on_pick: Callback<String>) -> Element {
    let of = id.clone();
    let day = Memo::new(move |_| {
        days.read()
            .iter()
            .find(|day| day.id == of)
            .cloned()
            .unwrap_or_default()
    });
    // One tab stop: the picked day, else the first.
    let this = id.clone();
    let reachable = move || {
        let days = days.read();
        days.iter()
            .find(|day| day.selected)
            .or(days.first())
            .is_some_and(|day| day.id == this)
    };
    let part = |class, read: fn(&DayCell) -> Option<&String>| {
        let text = Signal::derive(move || read(&day.read()).cloned().unwrap_or_default());
        el("span").class(class).child(text)
    };
    el("button")
        .attr("type", "button")
        .class("day")
        .attr("role", "radio")
        .attr_live("tabindex", move || Some(if reachable() { "0" } else { "-1" }.into()))
        .attr_live("aria-checked", move || {
            Some(if day.read().selected { "true" } else { "false" }.into())
        })
        .attr_live("aria-label", move || Some(day.read().label.clone().into()))
        .class_if("day-empty", Signal::derive(move || day.read().empty))
        .class_if("day-today", Signal::derive(move || day.read().today.is_some()))
        .on("click", move |_| on_pick.run(id.clone()))
        .child(part("day-weekday", |day| day.today.as_ref().or(Some(&day.weekday))))
        .child(part("day-number", |day| Some(&day.number)))
        .child(part("day-month", |day| day.month.as_ref()))
        .child(part("day-count", |day| day.count.as_ref()))
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
