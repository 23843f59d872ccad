//! A search field that is a real form: it works before and without the app's code.

use leptos::prelude::*;
use web_sys::Event;

use super::Icon;
use super::html::{el, list, live};

/// Search by GET. While typing `on_input` is told; a submit goes to `on_submit` where given, else to the server.
#[component]
pub fn SearchForm(
    /// Address the form is sent to.
    #[prop(into)]
    action: String,
    /// Name of the field in the address ("q").
    #[prop(into)]
    name: String,
    /// Name of the field for the member; shown as placeholder too.
    #[prop(into)]
    label: Signal<String>,
    /// Words on the button.
    #[prop(into)]
    submit: Signal<String>,
    /// What stands in the field.
    #[prop(into)]
    value: Signal<String>,
    /// Sent along unseen, as (name, value).
    #[prop(optional, into)]
    kept: Signal<Vec<(String, String)>>,
    /// Told the whole text after each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Told the text when it is sent, in place of loading a page.
    #[prop(optional, into)]
    on_submit: Option<Callback<String>>,
) -> impl IntoView {
    let send = move |event: Event| {
        if let Some(on_submit) = on_submit {
            event.prevent_default();
            on_submit.run(value.get_untracked());
        }
    };
    let hidden = |(name, value): (String, String)| {
        el("input")
            .attr("type", "hidden")
            .attr("name", name)
            .attr("value", value)
    };
    let input = el("input")
        .class("search-input")
        .attr("type", "search")
        .attr("name", name)
        .attr("placeholder", label)
        .attr("autocomplete", "off")
        .attr("enterkeyhint", "search")
        .attr("value", value.get_untracked())
        .value(value)
        .on("input", move |event| on_input.run(event_target_value(&event)));
    let field = el("label")
        .class("search-field")
        .child(el("span").class("hidden").child(label))
        .child(input);
    let button = el("button")
        .class("search-button")
        .attr("type", "submit")
        .child(super::icon::draw(Icon::Search))
        .child(el("span").class("search-verb").child(submit));
    el("form")
        .class("search")
        .attr("role", "search")
        .attr("method", "get")
        .attr("action", action)
        .on("submit", send)
        .child(live(move || list(kept.get().into_iter().map(hidden))))
        .child(field)
        .child(button)
        .into_any()
}
