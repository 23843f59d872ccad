//! "Still trying": what takes longer than it should, with a way out.

use super::html::{Element, Html, el};

/// A line with a spinner, and the way out. Put it into the page when the wait has become long.
pub fn wait_line(text: &'static str, way: impl Into<Html>) -> Element {
    el("div")
        .class("wait")
        .attr("role", "status")
        .child(el("span").class("spinner").attr("aria-hidden", "true"))
        .child(el("p").class("wait-text").child(text))
        .child(way)
}
