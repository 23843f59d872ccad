//! Chips: a row of short choices. As links where each has an address, as radios where the choice stays on the page.

use super::html::{Element, Html, Text, el, rows};
use super::{Choice, Pick, value_of};

/// A named row of [`chip_link`]s.
pub fn chip_links(label: &'static str, chips: Vec<Element>) -> Element {
    let chips = super::html::each(chips);
    el("nav")
        .class("chips")
        .attr("aria-label", label)
        .child(el("ul").class("chips-row").child(chips))
}

/// A chip that leads to an address; `current` where the member is there.
pub fn chip_link(href: String, text: impl Into<Text>, current: bool) -> Element {
    let link = el("a")
        .class("chip")
        .attr("href", href)
        .attr("aria-current", current.then_some("true"))
        .child(el("span").child(text.into()));
    el("li").child(link)
}

/// Chips of which one is chosen: native radios, so arrows, forms and screen readers work as everywhere.
pub struct ChipRadios {
    /// The question that the chips answer.
    pub legend: &'static str,
    /// Of the radio group; unique on the page.
    pub name: &'static str,
    /// What can be chosen.
    pub options: Vec<Choice>,
    /// The `value` of the chosen one.
    pub selected: String,
    /// Told the `value` that was picked.
    pub on_pick: Pick,
}

impl From<ChipRadios> for Html {
    fn from(chips: ChipRadios) -> Self {
        let ChipRadios {
            legend,
            name,
            options,
            selected,
            on_pick,
        } = chips;
        let chip = |option: Choice| {
            let chosen = option.value == selected;
            (option.value.clone(), radio(name, option, chosen))
        };
        let row = el("div")
            .class("chips-row")
            .child(rows(options.into_iter().map(chip)));
        el("fieldset")
            .class("chips")
            .on("change", move |event| on_pick(value_of(&event)))
            .child(el("legend").class("chips-legend").child(legend))
            .child(row)
            .into()
    }
}

fn radio(name: &'static str, option: Choice, chosen: bool) -> Element {
    // autocomplete=off: Firefox would otherwise restore an older choice over the one in the address.
    let input = el("input")
        .class("chip-input")
        .attr("type", "radio")
        .attr("name", name)
        .attr("value", option.value)
        .attr("autocomplete", "off")
        .checked(chosen);
    el("label")
        .class("chip")
        .child(input)
        .child(el("span").child(option.label))
}
