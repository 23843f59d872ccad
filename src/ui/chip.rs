//! Chips: a row of short choices. As links where each has an address, as radios where the choice stays on the page.

use leptos::prelude::*;

use super::Choice;
use super::html::{Element, el, row, rows};

/// A named row of [`ChipLink`]s.
#[component]
pub fn ChipLinks(
    /// What the row chooses, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// The chips.
    children: Children,
) -> impl IntoView {
    el("nav")
        .class("chips")
        .attr("aria-label", label)
        .child(el("ul").class("chips-row").child(children()))
        .into_any()
}

/// A chip that leads to an address; stands in [`ChipLinks`].
#[component]
pub fn ChipLink(
    /// Where to.
    #[prop(into)]
    href: Signal<String>,
    /// What is shown.
    #[prop(into)]
    text: Signal<String>,
    /// This is where the member is.
    #[prop(optional, into)]
    current: Signal<bool>,
) -> impl IntoView {
    let link = el("a")
        .class("chip")
        .attr("href", href)
        .attr_if("aria-current", "true", current)
        .child(el("span").child(text));
    el("li").child(link).into_any()
}

/// Chips of which one is chosen: native radios, so arrows, forms and screen readers work as everywhere.
#[component]
pub fn ChipRadios(
    /// The question that the chips answer.
    #[prop(into)]
    legend: Signal<String>,
    /// Of the radio group; unique on the page.
    #[prop(into)]
    name: String,
    /// What can be chosen. A changed list redraws the row.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// The `value` of the chosen one.
    #[prop(into)]
    selected: Signal<String>,
    /// Told the `value` that was picked.
    #[prop(into)]
    on_pick: Callback<String>,
) -> impl IntoView {
    let chips = rows(move || {
        let chip = |option: Choice| {
            let name = name.clone();
            let key = [option.value.as_str(), &option.label].join("\n");
            row(key, move || radio(name, option, selected, on_pick))
        };
        options.get().into_iter().map(chip).collect()
    });
    el("fieldset")
        .class("chips")
        .child(el("legend").class("chips-legend").child(legend))
        .child(el("div").class("chips-row").child(chips))
        .into_any()
}

fn radio(name: String, option: Choice, selected: Signal<String>, on_pick: Callback<String>) -> Element {
    let Choice { value, label } = option;
    let this = value.clone();
    let is_this = Signal::derive(move || *selected.read() == this);
    let picked = value.clone();
    // autocomplete=off: Firefox would otherwise restore an older choice over the one in the address.
    let input = el("input")
        .class("chip-input")
        .attr("type", "radio")
        .attr("name", name)
        .attr("value", value)
        .attr("autocomplete", "off")
        .flag("checked", is_this.get_untracked())
        .checked(is_this)
        .on("change", move |_| on_pick.run(picked.clone()));
    el("label").class("chip").child(input).child(el("span").child(label))
}
