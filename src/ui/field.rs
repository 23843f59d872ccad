//! A labelled field with a hint and an error that are read along with it.

use super::html::{Element, Html, Text, el};
use super::{Pick, Press, value_of};

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
    /// `autofocus`: once a page, and for what is to be put right.
    pub autofocus: bool,
}

impl Default for FieldSetup {
    fn default() -> Self {
        Self {
            kind: "text",
            autocomplete: "on",
            inputmode: "text",
            autocapitalize: "none",
            autofocus: false,
        }
    }
}

/// A form. What is missing is said by the page, in its language, and not by the browser. Sent before the app has started it
/// is posted, so that nothing of it ever stands in an address.
pub fn form(action: String, on_submit: Press) -> Element {
    el("form")
        .attr("method", "post")
        .attr("action", action)
        .flag("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            on_submit();
        })
}

/// One field. Nothing is checked here: the page says what is wrong, in `error`.
pub struct Field {
    /// Unique on the page; also the field's name in its form.
    pub id: &'static str,
    /// What to enter.
    pub label: &'static str,
    /// Where to find it, how to write it; empty for none.
    pub hint: &'static str,
    /// What is wrong with it and how to put it right; empty when nothing is.
    pub error: Text,
    /// What stands in it.
    pub value: Text,
    /// Told the whole text after each change, pasted and filled in ones too.
    pub on_input: Pick,
    /// For browser and keyboard.
    pub setup: FieldSetup,
}

impl From<Field> for Html {
    fn from(field: Field) -> Self {
        let Field {
            id,
            label,
            hint,
            error,
            value,
            on_input,
            setup,
        } = field;
        let (hint_id, error_id) = ([id, "-hint"].concat(), [id, "-error"].concat());
        let input = el("input")
            .class("field-input")
            .attr("name", id)
            .attr("id", id)
            .attr("type", setup.kind)
            .attr("autocomplete", setup.autocomplete)
            .attr("inputmode", setup.inputmode)
            .attr("autocapitalize", setup.autocapitalize)
            .attr("spellcheck", "false")
            .flag("required", true)
            .flag("autofocus", setup.autofocus)
            .attr("aria-describedby", [hint_id.as_str(), &error_id].join(" "))
            .attr("aria-invalid", (!error.is_empty()).then_some("true"))
            .value(value)
            .on("input", move |event| on_input(value_of(&event)));
        el("div")
            .class("field")
            .child(el("label").class("field-label").attr("for", id).child(label))
            .child(
                el("p")
                    .class("field-hint")
                    .attr("id", hint_id)
                    .child(line(hint.into())),
            )
            .child(input)
            .child(
                el("p")
                    .class("field-error")
                    .attr("id", error_id)
                    .attr("role", "alert")
                    .child(line(error)),
            )
            .into()
    }
}

/// Nothing at all where there is nothing to say, so that it takes no room.
fn line(text: Text) -> Option<Text> {
    Some(text).filter(|text| !text.is_empty())
}
