//! What a screen reader is told about changes elsewhere. One per page, in the page from the start: a live region that
//! comes together with its text is not read.

use leptos::prelude::*;

use super::html::el;

/// Two live regions. The same text twice is read once; a page that means it twice empties it in between.
#[component]
pub fn Announcer(
    /// Waits until the reader pauses: counts, "Loading".
    #[prop(into)]
    polite: Signal<String>,
    /// Interrupts: a choice that was lost.
    #[prop(into)]
    assertive: Signal<String>,
) -> impl IntoView {
    let region = |role, live, text: Signal<String>| {
        el("p")
            .attr("role", role)
            .attr("aria-live", live)
            .attr("aria-atomic", "true")
            .child(text)
    };
    el("div")
        .class("hidden")
        .child(region("status", "polite", polite))
        .child(region("alert", "assertive", assertive))
        .into_any()
}
