//! Shapes of what is coming. Invisible for the first 300 ms (by CSS, so without a timer) and to screen readers always:
//! those are told by the announcer.

use super::html::{Element, Html, each, el};

fn repeat(count: usize, one: impl Fn() -> Element) -> Html {
    each((0..count).map(|_| one()))
}

fn bone(class: &'static str) -> Element {
    el("div").class(class)
}

fn skeleton(class: &'static str) -> Element {
    bone(class).attr("aria-hidden", "true")
}

/// So many cards on their way.
pub fn card_skeletons(count: usize) -> Element {
    let card = || {
        let body = el("div")
            .class("card-body")
            .child(bone("bone bone-title"))
            .child(bone("bone"))
            .child(bone("bone bone-short"));
        el("div")
            .class("card")
            .child(bone("bone bone-picture"))
            .child(body)
    };
    skeleton("skeleton cards-grid").child(repeat(count, card))
}

/// So many times on their way.
pub fn time_skeletons(count: usize) -> Element {
    let times = repeat(count, || bone("bone bone-time"));
    skeleton("skeleton").child(el("div").class("slots-grid").child(times))
}

/// So many lines of a list on their way.
pub fn line_skeletons(count: usize) -> Element {
    skeleton("skeleton entries-list").child(repeat(count, || bone("bone bone-entry")))
}
