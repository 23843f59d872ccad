//! Nothing here, and that is an answer: what was looked for, and what to do instead.

use super::html::{Element, Html, Text, el};
use super::{Icon, icon};

/// An empty state: an empty day, a search without a result, an address that leads nowhere. `text` says why or what was
/// looked at, and is empty for none; `way` is what to do instead.
pub fn empty_state(sign: Icon, title: impl Into<Text>, text: impl Into<Text>, way: Option<Html>) -> Element {
    let text = Some(text.into()).filter(|text| !text.is_empty());
    el("div")
        .class("empty")
        .child(el("span").class("empty-icon").child(icon(sign)))
        .child(el("p").class("empty-title").child(title.into()))
        .child(text.map(|text| el("p").class("empty-text").child(text)))
        .child(way.map(|way| el("div").class("empty-actions").child(way)))
}
