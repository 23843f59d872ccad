//! "Still trying": what takes longer than it should, with a way out.

use leptos::prelude::*;

use super::html::el;

/// A line with a spinner; children are the way out. Put it into the page when the wait has become long.
#[component]
pub fn WaitLine(
    /// What is being waited for.
    #[prop(into)]
    text: Signal<String>,
    /// A button or a link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    el("div")
        .class("wait")
        .attr("role", "status")
        .child(el("span").class("spinner").attr("aria-hidden", "true"))
        .child(el("p").class("wait-text").child(text))
        .child(children.map(|children| children()))
        .into_any()
}
