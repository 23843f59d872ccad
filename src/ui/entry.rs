//! A list of things with a date: each a link, with the day as a block.

use super::html::{Element, Html, Text, el, rows};

/// A day as a small calendar leaf, all of it in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateBlock {
    /// "Tue".
    pub weekday: Text,
    /// "2".
    pub day: Text,
    /// "Dec".
    pub month: Text,
}

/// A titled group of entries. The id is unique on the page.
pub fn entry_group(id: &'static str, title: &'static str, entries: Vec<Entry>) -> Element {
    let entries = rows(entries.into_iter().map(|entry| (entry.href.clone(), entry)));
    el("section")
        .class("entries")
        .attr("aria-labelledby", id)
        .child(el("h2").class("entries-title").attr("id", id).child(title))
        .child(el("ul").class("entries-list").child(entries))
}

/// One entry.
pub struct Entry {
    /// Where it leads.
    pub href: String,
    /// The link's text.
    pub title: String,
    /// Its day.
    pub date: DateBlock,
    /// Below the title: "17:30–18:15, with Anna".
    pub text: String,
    /// Over, or cancelled: it steps back. Say so in a badge too.
    pub past: bool,
    /// Its state.
    pub badge: Element,
    /// What else can be done with it.
    pub way: Html,
}

impl From<Entry> for Html {
    fn from(entry: Entry) -> Self {
        let leaf = el("div")
            .class("entry-date")
            .child(el("span").child(entry.date.weekday).child(" "))
            .child(el("span").class("entry-day").child(entry.date.day).child(" "))
            .child(el("span").child(entry.date.month));
        let link = el("a")
            .class("card-link")
            .attr("href", entry.href)
            .child(entry.title);
        let body = el("div")
            .class("entry-body")
            .child(el("h3").class("entry-title").child(link))
            .child(el("p").class("entry-text").child(entry.text));
        el("li")
            .class("entry")
            .class_if("entry-past", entry.past)
            .child(leaf)
            .child(body)
            .child(
                el("div")
                    .class("entry-badges")
                    .child(entry.badge)
                    .child(entry.way),
            )
            .into()
    }
}
