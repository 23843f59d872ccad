//! A list of things with a date: each a link, with the day as a block.

use leptos::prelude::*;

use super::html::el;

/// A day as a small calendar leaf, all of it in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateBlock {
    /// "Tue".
    pub weekday: String,
    /// "2".
    pub day: String,
    /// "Dec".
    pub month: String,
}

/// A titled group of [`Entry`]s.
#[component]
pub fn EntryGroup(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// "Upcoming".
    #[prop(into)]
    title: Signal<String>,
    /// List items.
    children: Children,
) -> impl IntoView {
    el("section")
        .class("entries")
        .attr("aria-labelledby", id.clone())
        .child(el("h2").class("entries-title").attr("id", id).child(title))
        .child(el("ul").class("entries-list").child(children()))
        .into_any()
}

/// One entry, a list item.
#[component]
pub fn Entry(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The link's text.
    #[prop(into)]
    title: String,
    /// Its day.
    date: DateBlock,
    /// Below the title: "17:30-18:15, with Anna".
    #[prop(into)]
    text: String,
    /// Over, or cancelled: it steps back. Say so in a badge too.
    #[prop(optional)]
    past: bool,
    /// Badges.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let leaf = el("div")
        .class("entry-date")
        .child(el("span").child(date.weekday).child(" "))
        .child(el("span").class("entry-day").child(date.day).child(" "))
        .child(el("span").child(date.month));
    let link = el("a").class("card-link").attr("href", href).child(title);
    let body = el("div")
        .class("entry-body")
        .child(el("h3").class("entry-title").child(link))
        .child(el("p").class("entry-text").child(text));
    let badges = children.map(|children| children());
    el("li")
        .class("entry")
        .class_if("entry-past", past)
        .child(leaf)
        .child(body)
        .child(el("div").class("entry-badges").child(badges))
        .into_any()
}
