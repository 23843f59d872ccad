//! The foot of every screen: how to reach the studio, always in the same place.

use leptos::prelude::*;

use super::Icon;
use super::html::el;

/// Help and contact. Children are the ways to the studio, `<a>` or text, each in an `<li>`.
#[component]
pub fn SiteFooter(
    /// Unique on the page; also what a "Help" link may point at.
    #[prop(into)]
    id: String,
    /// Heading ("Help").
    #[prop(into)]
    title: Signal<String>,
    /// One sentence on what the studio can do that this page cannot.
    #[prop(into)]
    text: Signal<String>,
    /// Small print below; empty for none.
    #[prop(optional, into)]
    small: Signal<String>,
    /// List items.
    children: Children,
) -> impl IntoView {
    let heading = format!("{id}-title");
    let help = el("div")
        .child(el("h2").class("footer-title").attr("id", heading.clone()).child(title))
        .child(el("p").class("footer-text").child(text));
    let inner = el("div")
        .class("footer-inner")
        .child(help)
        .child(el("ul").class("footer-ways").child(children()))
        .child(el("p").class("footer-small").child(small));
    el("footer")
        .class("footer")
        .attr("id", id)
        .attr("aria-labelledby", heading)
        .child(inner)
        .into_any()
}

/// One way to the studio, inside [`SiteFooter`].
#[component]
pub fn FooterWay(
    /// Before the text.
    icon: Icon,
    /// `tel:`, `mailto:` or a page; none for an address in words.
    #[prop(optional_no_strip)]
    href: Option<String>,
    /// What is shown.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let way = match href {
        Some(href) => el("a").attr("href", href),
        None => el("span"),
    };
    let way = way
        .class("footer-way")
        .child(super::icon::draw(icon))
        .child(el("span").child(text));
    el("li").child(way).into_any()
}
