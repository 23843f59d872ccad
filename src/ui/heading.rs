//! How a screen begins. Every screen has one `h1`, which can take the focus when the screen comes up.

use leptos::prelude::*;

use super::{Icon, Picture, PictureFit};
use super::html::{Element, Html, el, list, live};

/// The screen's `h1`, with a way back above it and a line below where given.
#[component]
pub fn PageHeading(
    /// What this screen is.
    #[prop(into)]
    title: Signal<String>,
    /// One sentence below; empty for none.
    #[prop(optional, into)]
    text: Signal<String>,
    /// Address of the screen above this one.
    #[prop(optional, into)]
    back_href: Option<String>,
    /// Its name ("All appointments").
    #[prop(optional, into)]
    back_text: String,
) -> impl IntoView {
    el("div")
        .class("page-heading")
        .child(back_href.map(|href| back(href, back_text)))
        .child(heading("page-title").child(title))
        .child(line(text, "page-text"))
        .into_any()
}

/// The first screen's beginning: larger, on the studio's colour, with a field or a button inside.
#[component]
pub fn Hero(
    /// The screen's `h1`.
    #[prop(into)]
    title: Signal<String>,
    /// One sentence below; empty for none.
    #[prop(optional, into)]
    text: Signal<String>,
    /// Usually a search field.
    children: Children,
) -> impl IntoView {
    el("div")
        .class("hero")
        .child(heading("hero-title").child(title))
        .child(line(text, "hero-text"))
        .child(children())
        .into_any()
}

/// The beginning of a screen about one thing: picture, `h1`, facts in a row, description.
#[component]
pub fn PageHead(
    /// The screen's `h1`.
    #[prop(into)]
    title: String,
    /// Address of the picture.
    #[prop(optional_no_strip)]
    picture: Option<String>,
    /// Short facts below the title ("45 min"), each with an icon.
    #[prop(optional)]
    facts: Vec<(Icon, String)>,
    /// Description; line breaks are kept. Empty for none.
    #[prop(optional, into)]
    text: String,
    /// Address of the screen above this one.
    #[prop(into)]
    back_href: String,
    /// Its name ("All appointments").
    #[prop(into)]
    back_text: String,
) -> impl IntoView {
    let fact = |(icon, text): (Icon, String)| {
        el("li")
            .class("head-fact")
            .child(super::icon::draw(icon))
            .child(el("span").child(text))
    };
    let words = (!text.is_empty()).then(|| el("p").class("head-text").child(text));
    el("div")
        .class("head")
        .child(back(back_href, back_text))
        .child(view! { <Picture src=picture title=title.clone() fit=PictureFit::Eager /> })
        .child(heading("page-title").child(title))
        .child(el("ul").class("head-facts").child(list(facts.into_iter().map(fact))))
        .child(words)
        .into_any()
}

/// It can take the focus when its screen comes up.
fn heading(class: &'static str) -> Element {
    el("h1").class(class).attr("tabindex", "-1")
}

fn back(href: String, text: String) -> Element {
    el("a")
        .class("back")
        .attr("href", href)
        .child(super::icon::draw(Icon::Earlier))
        .child(el("span").child(text))
}

fn line(text: Signal<String>, class: &'static str) -> Html {
    live(move || {
        let text = text.get();
        (!text.is_empty()).then(|| el("p").class(class).child(text))
    })
}
