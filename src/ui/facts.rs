//! Facts as a definition list: what, when, where, with whom.

use leptos::prelude::*;

use super::Icon;
use super::html::{el, list, live};

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Before the name.
    pub icon: Icon,
    /// What it is: "Time".
    pub name: String,
    /// "17:30-18:15".
    pub value: String,
}

/// The list.
#[component]
pub fn Facts(
    /// In order of weight.
    #[prop(into)]
    facts: Signal<Vec<Fact>>,
) -> impl IntoView {
    let fact = |Fact { icon, name, value }| {
        let name = el("dt")
            .class("fact-name")
            .child(super::icon::draw(icon))
            .child(name);
        let value = el("dd").class("fact-value").child(value);
        el("div").class("fact").child(name).child(value)
    };
    let all = live(move || list(facts.get().into_iter().map(fact)));
    el("dl").class("facts").child(all).into_any()
}
