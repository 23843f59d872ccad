//! Nothing here, and that is an answer: what was looked for, and what to do instead.

use leptos::prelude::*;

use super::Icon;
use super::html::el;

/// An empty state: an empty day, a search without a result, an address that leads nowhere.
#[component]
pub fn EmptyState(
    /// Large, above.
    icon: Icon,
    /// What there is none of.
    #[prop(into)]
    title: Signal<String>,
    /// Why, or what was looked at; empty for none.
    #[prop(optional, into)]
    text: Signal<String>,
    /// The ways on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let actions = children.map(|children| el("div").class("empty-actions").child(children()));
    el("div")
        .class("empty")
        .child(el("span").class("empty-icon").child(super::icon::draw(icon)))
        .child(el("p").class("empty-title").child(title))
        .child(el("p").class("empty-text").child(text))
        .child(actions)
        .into_any()
}
