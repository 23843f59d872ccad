//! How a screen begins. Every screen has one `h1`, which can take the focus when the screen comes up.

use super::html::{Element, Html, Text, each, el};
use super::{Icon, PictureFit, icon, picture};

/// The screen's `h1` and a sentence below; empty for none.
pub fn page_heading(title: impl Into<Text>, text: impl Into<Text>) -> Element {
    page_heading_below(None, title, text)
}

/// The same with a way back above it: an address and its name ("All appointments").
pub fn page_heading_below(
    above: Option<(String, &'static str)>,
    title: impl Into<Text>,
    text: impl Into<Text>,
) -> Element {
    el("div")
        .class("page-heading")
        .child(above.map(|(href, text)| back(href, text)))
        .child(heading("page-title").child(title.into()))
        .child(line(text.into(), "page-text"))
}

/// The first screen's beginning: larger, on the studio's colour, with a field or a button inside.
pub fn hero(title: impl Into<Text>, inside: impl Into<Html>) -> Element {
    el("div")
        .class("hero")
        .child(heading("hero-title").child(title.into()))
        .child(inside)
}

/// The beginning of a screen about one thing.
pub struct PageHead {
    /// The screen's `h1`.
    pub title: String,
    /// Address of the picture.
    pub picture: Option<String>,
    /// Short facts below the title ("45 min"), each with an icon.
    pub facts: Vec<(Icon, String)>,
    /// Description; line breaks are kept. Empty for none.
    pub text: String,
    /// Address of the screen above this one, and its name ("All appointments").
    pub above: (String, &'static str),
}

impl From<PageHead> for Html {
    fn from(head: PageHead) -> Self {
        let fact = |(sign, text): (Icon, String)| {
            el("li")
                .class("head-fact")
                .child(icon(sign))
                .child(el("span").child(text))
        };
        let facts = each(head.facts.into_iter().map(fact));
        el("div")
            .class("head")
            .child(back(head.above.0, head.above.1))
            .child(picture(head.picture, &head.title, PictureFit::Eager))
            .child(heading("page-title").child(head.title))
            .child(el("ul").class("head-facts").child(facts))
            .child(line(head.text.into(), "head-text"))
            .into()
    }
}

/// It can take the focus when its screen comes up.
fn heading(class: &'static str) -> Element {
    el("h1").class(class).attr("tabindex", "-1")
}

fn back(href: String, text: &'static str) -> Element {
    el("a")
        .class("back")
        .attr("href", href)
        .child(icon(Icon::Earlier))
        .child(el("span").child(text))
}

fn line(text: Text, class: &'static str) -> Option<Element> {
    (!text.is_empty()).then(|| el("p").class(class).child(text))
}
