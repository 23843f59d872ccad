//! People to choose from, each with a line about them.

use super::html::{Element, Html, each, el};
use super::{Icon, Press, icon};

/// A titled list of people, with one sentence below the title. The id is unique on the page.
pub fn persona_list(id: &'static str, title: &'static str, text: &'static str, all: Vec<Persona>) -> Element {
    el("section")
        .class("personas")
        .attr("aria-labelledby", id)
        .child(el("h2").class("personas-title").attr("id", id).child(title))
        .child(el("p").class("personas-text").child(text))
        .child(el("ul").class("personas-list").child(each(all)))
}

/// One person, a button.
pub struct Persona {
    /// Who.
    pub name: String,
    /// What is to be known about them.
    pub text: String,
    /// Called when chosen.
    pub on_press: Press,
}

impl From<Persona> for Html {
    fn from(persona: Persona) -> Self {
        let Persona { name, text, on_press } = persona;
        let mark = el("span")
            .class("persona-mark")
            .attr("aria-hidden", "true")
            .child(icon(Icon::Person));
        let words = el("span")
            .child(el("span").class("persona-name").child(name).child(" "))
            .child(el("span").class("persona-text").child(text));
        let button = el("button")
            .attr("type", "button")
            .class("persona")
            .on("click", move |_| on_press())
            .child(mark)
            .child(words)
            .child(icon(Icon::Later));
        el("li").child(button).into()
    }
}
