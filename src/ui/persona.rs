//! People to choose from, each with a line about them.

use leptos::prelude::*;

use super::Icon;
use super::html::el;

/// A titled list of [`Persona`]s.
#[component]
pub fn PersonaList(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// One sentence below; empty for none.
    #[prop(optional, into)]
    text: Signal<String>,
    /// List items.
    children: Children,
) -> impl IntoView {
    el("section")
        .class("personas")
        .attr("aria-labelledby", id.clone())
        .child(el("h2").class("personas-title").attr("id", id).child(title))
        .child(el("p").class("personas-text").child(text))
        .child(el("ul").class("personas-list").child(children()))
        .into_any()
}

/// One person, a button.
#[component]
pub fn Persona(
    /// Who.
    #[prop(into)]
    name: String,
    /// What is to be known about them.
    #[prop(into)]
    text: String,
    /// Called when chosen.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let mark = el("span")
        .class("persona-mark")
        .attr("aria-hidden", "true")
        .child(super::icon::draw(Icon::Person));
    let words = el("span")
        .child(el("span").class("persona-name").child(name).child(" "))
        .child(el("span").class("persona-text").child(text));
    let button = el("button")
        .attr("type", "button")
        .class("persona")
        .on("click", move |_| on_press.run(()))
        .child(mark)
        .child(words)
        .child(super::icon::draw(Icon::Later));
    el("li").child(button).into_any()
}
