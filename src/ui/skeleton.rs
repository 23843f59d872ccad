//! Shapes of what is coming. Invisible for the first 300 ms (by CSS, so without a timer) and to screen readers always:
//! those are told by the announcer.

use leptos::prelude::*;

use super::html::{Element, Html, el, list};

fn repeat(count: usize, one: impl Fn() -> Element) -> Html {
    list((0..count).map(|_| one()))
}

fn bone(class: &'static str) -> Element {
    el("div").class(class)
}

/// Cards on their way.
#[component]
pub fn CardSkeletons(
    /// How many.
    count: usize,
) -> impl IntoView {
    let card = || {
        let body = el("div")
            .class("card-body")
            .child(bone("bone bone-title"))
            .child(bone("bone"))
            .child(bone("bone bone-short"));
        el("div").class("card").child(bone("bone bone-picture")).child(body)
    };
    el("div")
        .class("skeleton cards-grid")
        .attr("aria-hidden", "true")
        .child(repeat(count, card))
        .into_any()
}

/// A strip of days and some times on their way.
#[component]
pub fn TimeSkeletons(
    /// How many days.
    days: usize,
    /// How many times.
    times: usize,
) -> impl IntoView {
    let days = repeat(days, || bone("bone bone-day"));
    let times = repeat(times, || bone("bone bone-time"));
    el("div")
        .class("skeleton")
        .attr("aria-hidden", "true")
        .child(el("div").class("strip-days").child(days))
        .child(el("div").class("slots-grid").child(times))
        .into_any()
}

/// Lines of a list on their way.
#[component]
pub fn LineSkeletons(
    /// How many.
    count: usize,
) -> impl IntoView {
    el("div")
        .class("skeleton entries-list")
        .attr("aria-hidden", "true")
        .child(repeat(count, || bone("bone bone-entry")))
        .into_any()
}
