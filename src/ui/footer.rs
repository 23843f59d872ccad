//! The foot of every screen: how to reach the studio, always in the same place.

use super::html::{Element, Text, each, el};
use super::{Icon, icon};

/// Help and contact. The id is unique on the page, and what a "Help" link points at; `text` is one sentence on what the
/// studio can do that this page cannot; `ways` are [`footer_way`]s.
pub fn site_footer(id: &'static str, title: &'static str, text: &'static str, ways: Vec<Element>) -> Element {
    let heading = [id, "-title"].concat();
    let help = el("div")
        .child(
            el("h2")
                .class("footer-title")
                .attr("id", heading.clone())
                .child(title),
        )
        .child(el("p").class("footer-text").child(text));
    let inner = el("div")
        .class("footer-inner")
        .child(help)
        .child(el("ul").class("footer-ways").child(each(ways)));
    el("footer")
        .class("footer")
        .attr("id", id)
        .attr("aria-labelledby", heading)
        .child(inner)
}

/// One way to the studio: `tel:`, `mailto:` or a page; no address for a place in words.
pub fn footer_way(sign: Icon, href: Option<String>, text: impl Into<Text>) -> Element {
    let way = match href {
        Some(href) => el("a").attr("href", href),
        None => el("span"),
    };
    let way = way
        .class("footer-way")
        .child(icon(sign))
        .child(el("span").child(text.into()));
    el("li").child(way)
}
