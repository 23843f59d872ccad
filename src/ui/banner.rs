//! A line across the whole screen that holds for as long as something is so: a demo, no connection.

use leptos::prelude::*;

use super::{Icon, Tone};
use super::html::{self, el};

/// A banner; gone while `text` is empty. Its element stays, so that a text that comes up later is announced.
#[component]
pub fn Banner(
    /// What is so; empty when it is not.
    #[prop(into)]
    text: Signal<String>,
    /// Its colour.
    #[prop(optional)]
    tone: Tone,
    /// Before the text.
    icon: Icon,
    /// Announced when it comes up (a connection lost); not for what holds from the start.
    #[prop(optional)]
    live: bool,
) -> impl IntoView {
    el("div")
        .class("banner")
        .attr("data-tone", tone.name())
        .attr("role", if live { "status" } else { "complementary" })
        .child(html::live(move || {
            let text = text.get();
            (!text.is_empty()).then(|| {
                el("p")
                    .class("banner-text")
                    .child(super::icon::draw(icon))
                    .child(text)
            })
        }))
        .into_any()
}
