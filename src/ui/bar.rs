//! What has been chosen, and the button that makes it so: fixed to the bottom of a phone, beside the page on a wide screen.
//!
//! It is `position: sticky` and the last thing in its column, so it covers nothing at the end of the page, and
//! `scroll-padding` (style/bar.css) keeps a focused element from under it.

use super::html::{Element, Html, Text, el};

/// The bar. `label` names the region ("Your choice"). Without anything chosen it shows the hint on wide screens, and
/// nothing on a phone.
pub fn choice_bar(label: &'static str, hint: &'static str, chosen: Option<Html>) -> Element {
    let open = chosen.is_some();
    let shown = chosen.unwrap_or_else(|| el("p").class("bar-hint").child(hint).into());
    el("section")
        .class("bar")
        .class_if("bar-open", open)
        .attr("aria-label", label)
        .child(shown)
}

/// What would be booked: day and time ("Tue 2 Dec, 17:30–18:15"), then the rest ("Massage with Anna").
pub fn choice_line(when: impl Into<Text>, what: impl Into<Text>) -> Element {
    el("p")
        .class("bar-line")
        .child(el("strong").class("bar-when").child(when.into()))
        .child(" ")
        .child(el("span").class("bar-what").child(what.into()))
}
