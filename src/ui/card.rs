//! Cards with a picture: the whole card is one link with one name.

use leptos::prelude::*;

use super::{Icon, Picture};
use super::html::{el, live};

/// A titled group of cards; its children are [`PictureCard`]s.
#[component]
pub fn CardGroup(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What the group is.
    #[prop(into)]
    title: Signal<String>,
    /// How many, in words ("4 appointments").
    #[prop(optional, into)]
    count: Signal<String>,
    /// The cards.
    children: Children,
) -> impl IntoView {
    let head = el("div")
        .class("cards-head")
        .child(el("h2").class("cards-title").attr("id", id.clone()).child(title))
        .child(el("p").class("cards-count").child(count));
    el("section")
        .class("cards")
        .attr("aria-labelledby", id)
        .child(head)
        .child(el("ul").class("cards-grid").child(children()))
        .into_any()
}

/// One card, a list item. Only the title is the link's text, stretched over the card by CSS: a screen reader hears the
/// title, not the whole card run together.
#[component]
pub fn PictureCard(
    /// Where the card leads.
    #[prop(into)]
    href: Signal<String>,
    /// Its name.
    #[prop(into)]
    title: String,
    /// On the picture, with a clock ("45 min"); empty for none.
    #[prop(optional, into)]
    badge: String,
    /// Above the title; empty for none.
    #[prop(optional, into)]
    kicker: String,
    /// Below the title, cut after two lines; empty for none.
    #[prop(optional, into)]
    text: String,
    /// At the foot, filled in later ("Next free: Tue 17:30"); empty for none.
    #[prop(optional, into)]
    note: Signal<String>,
    /// Address of the picture.
    #[prop(optional_no_strip)]
    picture: Option<String>,
) -> impl IntoView {
    let clock = (!badge.is_empty()).then(|| {
        el("p")
            .class("card-badge")
            .child(super::icon::draw(Icon::Clock))
            .child(badge)
    });
    let line = |class, text: String| (!text.is_empty()).then(|| el("p").class(class).child(text));
    let foot = el("div").class("card-foot").child(clock).child(live(move || {
        let note = note.get();
        (!note.is_empty()).then(|| el("p").class("card-note").child(note))
    }));
    let link = el("a").class("card-link").attr("href", href).child(title.clone());
    let body = el("div")
        .class("card-body")
        .child(line("card-kicker", kicker))
        .child(el("h3").class("card-title").child(link))
        .child(line("card-text", text))
        .child(foot);
    el("li")
        .class("card")
        .child(view! { <Picture src=picture title=title /> })
        .child(body)
        .into_any()
}
