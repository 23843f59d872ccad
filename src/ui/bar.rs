//! What has been chosen, and the button that makes it so: fixed to the bottom of a phone, beside the page on a wide screen.
//!
//! It is `position: sticky` and the last thing in its column, so it covers nothing at the end of the page, and
//! `scroll-padding` (style/bar.css) keeps a focused element from under it.

use leptos::prelude::*;

use super::html::{Html, el, live};

/// The bar. While closed it shows a hint on wide screens and nothing on a phone.
#[component]
pub fn ChoiceBar(
    /// Names the region: "Your choice".
    #[prop(into)]
    label: Signal<String>,
    /// Something has been chosen.
    #[prop(into)]
    open: Signal<bool>,
    /// What to do first: "Choose a time".
    #[prop(into)]
    hint: Signal<String>,
    /// What will be booked, in a sentence; its parts are [`ChoiceLine`]s, then notices and buttons.
    children: ChildrenFn,
) -> impl IntoView {
    let shown = move || {
        if open.get() {
            children().into()
        } else {
            Html::from(el("p").class("bar-hint").child(hint))
        }
    };
    el("section")
        .class("bar")
        .class_if("bar-open", open)
        .attr("aria-label", label)
        .child(live(shown))
        .into_any()
}

/// The sentence of what will be booked.
#[component]
pub fn ChoiceLine(
    /// Day and time: "Tue 2 Dec, 17:30-18:15".
    #[prop(into)]
    when: Signal<String>,
    /// The rest: "Massage with Anna".
    #[prop(into)]
    what: Signal<String>,
) -> impl IntoView {
    el("p")
        .class("bar-line")
        .child(el("strong").class("bar-when").child(when))
        .child(" ")
        .child(el("span").class("bar-what").child(what))
        .into_any()
}
