//! A search field that is a real form: it works before and without the app's code.

use web_sys::Event;

use super::html::{Html, Text, each, el};
use super::{Icon, Pick, icon, value_of};

/// Search by GET. Once the app has started a submit loads no page: what was typed has been told already.
pub struct SearchForm {
    /// Address the form is sent to.
    pub action: &'static str,
    /// Name of the field in the address ("q").
    pub name: &'static str,
    /// Name of the field for the member; shown as placeholder too.
    pub label: &'static str,
    /// Words on the button.
    pub submit: &'static str,
    /// What stands in the field.
    pub value: Text,
    /// Sent along unseen, as (name, value).
    pub kept: Vec<(&'static str, String)>,
    /// Told the whole text after each change.
    pub on_input: Pick,
}

impl From<SearchForm> for Html {
    fn from(form: SearchForm) -> Self {
        let SearchForm {
            action,
            name,
            label,
            submit,
            value,
            kept,
            on_input,
        } = form;
        let hidden = |(name, value): (&'static str, String)| {
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
            .value(value)
            .on("input", move |event| on_input(value_of(&event)));
        let field = el("label")
            .class("search-field")
            .child(el("span").class("hidden").child(label))
            .child(input);
        let button = el("button")
            .class("search-button")
            .attr("type", "submit")
            .child(icon(Icon::Search))
            .child(el("span").class("search-verb").child(submit));
        el("form")
            .class("search")
            .attr("role", "search")
            .attr("method", "get")
            .attr("action", action)
            .on("submit", |event: Event| event.prevent_default())
            .child(each(kept.into_iter().map(hidden)))
            .child(field)
            .child(button)
            .into()
    }
}
