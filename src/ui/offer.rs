//! A time that is free soon: large, as it is read standing, and one link.

use super::html::{Element, Html, el, rows};

/// A titled group of them.
pub fn offers(title: &'static str, all: Vec<OfferCard>) -> Element {
    let all = rows(all.into_iter().map(|offer| (offer.href.clone(), offer)));
    el("section")
        .class("offers")
        .attr("aria-label", title)
        .child(el("h2").class("offers-title").child(title))
        .child(el("ul").class("offers-grid").child(all))
}

/// One.
pub struct OfferCard {
    /// Where it leads.
    pub href: String,
    /// When it begins.
    pub time: String,
    /// What it is.
    pub title: String,
    /// How long, and with whom; empty for none.
    pub detail: String,
}

impl From<OfferCard> for Html {
    fn from(offer: OfferCard) -> Self {
        let words = el("span")
            .class("offer-words")
            .child(el("span").class("offer-title").child(offer.title).child(" "))
            .child(el("span").class("offer-detail").child(offer.detail));
        let link = el("a")
            .class("offer")
            .attr("href", offer.href)
            .child(el("span").class("offer-time").child(offer.time))
            .child(" ")
            .child(words);
        el("li").child(link).into()
    }
}
