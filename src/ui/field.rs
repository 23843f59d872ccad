//! A labelled field with a hint and an error that are read along with it.

use leptos::prelude::*;

use super::html::el;

/// What the browser, the keyboard and the password manager should know about a field. All are HTML's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSetup {
    /// `type`.
    pub kind: &'static str,
    /// `autocomplete`.
    pub autocomplete: &'static str,
    /// `inputmode`.
    pub inputmode: &'static str,
    /// `autocapitalize`.
    pub autocapitalize: &'static str,
    /// What a value looks like; no label, it goes away on typing.
    pub placeholder: String,
}

impl Default for FieldSetup {
    fn default() -> Self {
        Self {
            kind: "text",
            autocomplete: "on",
            inputmode: "text",
            autocapitalize: "none",
            placeholder: String::new(),
        }
    }
}

/// One field. Nothing is checked here: the page says what is wrong, in `error`.
#[component]
pub fn Field(
    /// Unique on the page; also the field's name in its form.
    #[prop(into)]
    id: String,
    /// What to enter.
    #[prop(into)]
    label: Signal<String>,
    /// Where to find it, how to write it; empty for none.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong with it and how to put it right; empty when nothing is.
    #[prop(optional, into)]
    error: Signal<String>,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Told the whole text after each change, pasted and filled in ones too.
    #[prop(into)]
    on_input: Callback<String>,
    /// For browser and keyboard.
    #[prop(optional)]
    setup: FieldSetup,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = [hint_id.as_str(), &error_id].join(" ");
    let input = el("input")
        .class("field-input")
        .attr("name", id.clone())
        .attr("id", id.clone())
        .attr("type", setup.kind)
        .attr("autocomplete", setup.autocomplete)
        .attr("inputmode", setup.inputmode)
        .attr("autocapitalize", setup.autocapitalize)
        .attr("placeholder", setup.placeholder)
        .attr("spellcheck", "false")
        .flag("required", true)
        .attr("aria-describedby", described_by)
        .attr_live("aria-invalid", move || (!error.read().is_empty()).then_some("true".into()))
        .attr("value", value.get_untracked())
        .value(value)
        .on("input", move |event| on_input.run(event_target_value(&event)));
    el("div")
        .class("field")
        .child(el("label").class("field-label").attr("for", id).child(label))
        .child(el("p").class("field-hint").attr("id", hint_id).child(hint))
        .child(input)
        .child(el("p").class("field-error").attr("id", error_id).child(error))
        .into_any()
}
