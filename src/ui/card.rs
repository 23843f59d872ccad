//! Cards with a picture: the whole card is one link with one name.

use super::html::{Element, Html, Text, el, rows};
use super::{Icon, PictureFit, icon, picture};

/// A titled group of cards. `count` says how many, in words ("4 appointments").
pub fn card_group(title: impl Into<Text>, count: impl Into<Text>, cards: Vec<PictureCard>) -> Element {
    let title: Text = title.into();
    let head = el("div")
        .class("cards-head")
        .child(el("h2").class("cards-title").child(title.clone()))
        .child(el("p").class("cards-count").child(count.into()));
    let cards = rows(cards.into_iter().map(|card| (card.href.to_string(), card)));
    el("section")
        .class("cards")
        .attr("aria-label", title)
        .child(head)
        .child(el("ul").class("cards-grid").child(cards))
}

/// One card.
pub struct PictureCard {
    /// Where it leads.
    pub href: Text,
    /// Its name.
    pub title: Text,
    /// At the foot, with a clock ("45 min"); empty for none.
    pub badge: Text,
    /// Below the title, cut after two lines; empty for none.
    pub text: Text,
    /// Address of the picture.
    pub picture: Option<String>,
}

/// Only the title is the link's text, stretched over the card by CSS: a screen reader hears the title, not the whole card
/// run together.
impl From<PictureCard> for Html {
    fn from(card: PictureCard) -> Self {
        let picture = picture(card.picture, &card.title, PictureFit::Lazy);
        let link = el("a")
            .class("card-link")
            .attr("href", card.href)
            .child(card.title);
        let text = (!card.text.is_empty()).then(|| el("p").class("card-text").child(card.text));
        let badge = (!card.badge.is_empty()).then(|| {
            el("p")
                .class("card-badge")
                .child(icon(Icon::Clock))
                .child(card.badge)
        });
        let body = el("div")
            .class("card-body")
            .child(el("h3").class("card-title").child(link))
            .child(text)
            .child(el("div").class("card-foot").child(badge));
        el("li").class("card").child(picture).child(body).into()
    }
}
