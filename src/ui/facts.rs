//! Facts as a definition list: what, when, where, with whom.

use super::html::{Element, each, el};
use super::{Icon, icon};

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Before the name.
    pub icon: Icon,
    /// What it is: "Time".
    pub name: &'static str,
    /// "17:30–18:15".
    pub value: String,
}

/// The list, in order of weight.
pub fn facts(all: Vec<Fact>) -> Element {
    let fact = |fact: Fact| {
        let name = el("dt")
            .class("fact-name")
            .child(icon(fact.icon))
            .child(fact.name);
        let value = el("dd").class("fact-value").child(fact.value);
        el("div").class("fact").child(name).child(value)
    };
    el("dl").class("facts").child(each(all.into_iter().map(fact)))
}
