//! Times of one day in sections: one group of native radios, so one tab stop, and arrows go through all of them.

use leptos::prelude::*;

use super::Icon;
use super::html::{Element, el, row, rows};

/// A time to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Slot {
    /// What the page gets back; unique in the list.
    pub id: String,
    /// "17:30".
    pub label: String,
    /// "until 18:15", "Anna"; empty for none.
    pub detail: String,
    /// Why it cannot be chosen any more ("just taken"): it is struck out. Empty while it can.
    pub gone: String,
}

/// A part of the day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlotSection {
    /// "Morning".
    pub heading: String,
    /// Its times, earliest first.
    pub slots: Vec<Slot>,
}

/// The list. Sections without times are not shown.
#[component]
pub fn SlotList(
    /// Names the group: "Times on Tuesday 2 December".
    #[prop(into)]
    legend: Signal<String>,
    /// Of the radio group; unique on the page.
    #[prop(into)]
    name: String,
    /// The parts of the day.
    #[prop(into)]
    sections: Signal<Vec<SlotSection>>,
    /// `id` of the chosen one; empty when none is.
    #[prop(into)]
    selected: Signal<String>,
    /// Told the `id` of the one picked.
    #[prop(into)]
    on_pick: Callback<String>,
) -> impl IntoView {
    let sections = rows(move || {
        let name = name.clone();
        let one = move |heading: String| {
            let name = name.clone();
            row(heading.clone(), move || section(heading, name, sections, selected, on_pick))
        };
        sections
            .read()
            .iter()
            .filter(|section| !section.slots.is_empty())
            .map(|section| one(section.heading.clone()))
            .collect()
    });
    el("fieldset")
        .class("slots")
        .child(el("legend").class("hidden").child(legend))
        .child(sections)
        .into_any()
}

fn section(
    heading: String,
    name: String,
    sections: Signal<Vec<SlotSection>>,
    selected: Signal<String>,
    on_pick: Callback<String>,
) -> Element {
    let of = heading.clone();
    let slots = rows(move || {
        let sections = sections.read();
        let this = sections.iter().find(|section| section.heading == of);
        let slots = this.map(|section| section.slots.clone()).unwrap_or_default();
        // The whole slot is the key: one that changed is drawn anew, the others keep the focus.
        let one = |slot: Slot| {
            let name = name.clone();
            let key = [&*slot.id, &slot.label, &slot.detail, &slot.gone].join("\n");
            row(key, move || option(slot, name, selected, on_pick))
        };
        slots.into_iter().map(one).collect()
    });
    el("section")
        .class("slots-section")
        .child(el("h2").class("slots-heading").child(heading))
        .child(el("ul").class("slots-grid").child(slots))
}

fn option(slot: Slot, name: String, selected: Signal<String>, on_pick: Callback<String>) -> Element {
    let Slot {
        id,
        label,
        detail,
        gone,
    } = slot;
    let this = id.clone();
    let is_this = Signal::derive(move || *selected.read() == this);
    let picked = id.clone();
    let lost = !gone.is_empty();
    let below = if lost { gone } else { detail };
    // autocomplete=off: Firefox would otherwise restore an older choice over the one in the address.
    let input = el("input")
        .class("slot-input")
        .attr("type", "radio")
        .attr("name", name)
        .attr("value", id)
        .attr("autocomplete", "off")
        .flag("disabled", lost)
        .flag("checked", is_this.get_untracked())
        .checked(is_this)
        .on("change", move |_| on_pick.run(picked.clone()));
    let label = el("span")
        .class("slot-label")
        .child(label)
        .child(super::icon::draw(Icon::Tick));
    let below = (!below.is_empty()).then(|| el("span").class("slot-detail").child(below));
    let whole = el("label")
        .class("slot")
        .class_if("slot-gone", lost)
        .child(input)
        .child(label)
        .child(below);
    el("li").child(whole)
}
