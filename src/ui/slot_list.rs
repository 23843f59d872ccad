//! Times of one day in sections: one group of native radios, so one tab stop, and arrows go through all of them.

use super::html::{Element, Html, el, rows};
use super::{Icon, Pick, icon, value_of};

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
    pub heading: &'static str,
    /// Its times, earliest first.
    pub slots: Vec<Slot>,
}

/// The list. Sections without times are not shown.
pub struct SlotList {
    /// Names the group: "Times on Tuesday 2 December".
    pub legend: String,
    /// Of the radio group; unique on the page.
    pub name: &'static str,
    /// The parts of the day.
    pub sections: Vec<SlotSection>,
    /// `id` of the chosen one; empty when none is.
    pub selected: String,
    /// Told the `id` of the one picked.
    pub on_pick: Pick,
}

impl From<SlotList> for Html {
    fn from(list: SlotList) -> Self {
        let SlotList {
            legend,
            name,
            sections,
            selected,
            on_pick,
        } = list;
        let sections = sections.into_iter().filter(|section| !section.slots.is_empty());
        let sections = sections.map(|part| (part.heading.to_owned(), section(part, name, &selected)));
        el("fieldset")
            .class("slots")
            .on("change", move |event| on_pick(value_of(&event)))
            .child(el("legend").class("hidden").child(legend))
            .child(rows(sections))
            .into()
    }
}

fn section(part: SlotSection, name: &'static str, selected: &str) -> Element {
    let slots = part.slots.into_iter();
    let slots = slots.map(|slot| (slot.id.clone(), option(slot, name, selected)));
    el("section")
        .class("slots-section")
        .child(el("h2").class("slots-heading").child(part.heading))
        .child(el("ul").class("slots-grid").child(rows(slots)))
}

fn option(slot: Slot, name: &'static str, selected: &str) -> Element {
    let lost = !slot.gone.is_empty();
    let chosen = slot.id == selected;
    let below = if lost { slot.gone } else { slot.detail };
    // autocomplete=off: Firefox would otherwise restore an older choice over the one in the address.
    let input = el("input")
        .class("slot-input")
        .attr("type", "radio")
        .attr("name", name)
        .attr("value", slot.id)
        .attr("autocomplete", "off")
        .flag("disabled", lost)
        .checked(chosen);
    let label = el("span")
        .class("slot-label")
        .child(slot.label)
        .child(icon(Icon::Tick));
    let below = (!below.is_empty()).then(|| el("span").class("slot-detail").child(below));
    let whole = el("label")
        .class("slot")
        .class_if("slot-gone", lost)
        .child(input)
        .child(label)
        .child(below);
    el("li").child(whole)
}
