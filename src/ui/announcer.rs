//! What a screen reader is told about changes elsewhere. One per page, in the page from the start: a live region that
//! comes together with its text is not read.

use super::html::{Element, Text, el};

/// Two live regions. The same text twice is read once; a page that means it twice has to make it another text. `polite`
/// waits until the reader pauses (counts, "Loading"), `assertive` interrupts (a choice that was lost).
pub fn announcer(polite: impl Into<Text>, assertive: impl Into<Text>) -> Element {
    el("div")
        .class("hidden")
        .child(region("status", "polite", polite.into()))
        .child(region("alert", "assertive", assertive.into()))
}

fn region(role: &'static str, live: &'static str, text: Text) -> Element {
    el("p")
        .attr("role", role)
        .attr("aria-live", live)
        .attr("aria-atomic", "true")
        .child(text)
}
