//! A picture for a phone's camera, and what it is good for.

use super::html::{Element, Text, el};

/// `picture` is its address, always dark on light; `name` says it to who cannot see it.
pub fn for_phone(
    title: &'static str,
    text: &'static str,
    picture: impl Into<Text>,
    name: &'static str,
) -> Element {
    let picture = el("img")
        .class("for-phone-picture")
        .attr("src", picture.into())
        .attr("alt", name)
        .attr("width", "240")
        .attr("height", "240");
    el("section")
        .class("for-phone")
        .attr("aria-label", title)
        .child(picture)
        .child(
            el("div")
                .child(el("h2").class("for-phone-title").child(title))
                .child(el("p").class("for-phone-text").child(text)),
        )
}
