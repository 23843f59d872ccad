//! Keys on the screen, for where a device's own keyboard would cover what is asked, or remember it.

use super::html::{Element, Html, Text, el, rows};
use super::{Button, Icon, Press, icon};

/// A key.
pub struct Key {
    text: Text,
    name: Text,
    press: Option<Press>,
}

impl Key {
    /// What stands on it; its name where that is none (then it has the sign for taking back).
    pub fn new(text: impl Into<Text>, name: impl Into<Text>, press: Press) -> Self {
        Self {
            text: text.into(),
            name: name.into(),
            press: Some(press),
        }
    }

    /// No key: its place stays empty.
    pub fn space() -> Self {
        Self {
            text: "".into(),
            name: "".into(),
            press: None,
        }
    }

    /// What it does: two keys never do the same.
    fn id(&self) -> String {
        [&*self.text, &*self.name].concat()
    }
}

/// What is typed, and the keys for it.
pub struct KeyPad {
    /// What is typed.
    pub label: &'static str,
    /// Below it; what is wrong with it where it is odd.
    pub hint: &'static str,
    /// Whether it cannot be.
    pub odd: bool,
    /// What stands there so far.
    pub shown: String,
    /// What is read out instead; empty for the same.
    pub read: String,
    /// What was typed before.
    pub before: Option<String>,
    /// The way back to that.
    pub change: Option<Button>,
    /// Names the keys for screen readers.
    pub keys_label: &'static str,
    /// In rows of three, letters in rows of more.
    pub keys: Vec<Key>,
    /// Whether they are letters.
    pub letters: bool,
    /// Done.
    pub next: Button,
}

impl From<KeyPad> for Html {
    fn from(pad: KeyPad) -> Self {
        let before = pad
            .before
            .map(|text| el("p").class("pad-before").child(text).child(pad.change));
        let heard = if pad.read.is_empty() {
            pad.shown.clone()
        } else {
            pad.read
        };
        let shown = el("p")
            .class("pad-shown")
            .attr("aria-hidden", "true")
            .child(pad.shown);
        let heard = el("p").class("hidden").attr("role", "status").child(heard);
        let hint = el("p")
            .class("pad-hint")
            .class_if("pad-odd", pad.odd)
            .attr("role", pad.odd.then_some("alert"))
            .child(pad.hint);
        let keys = el("div")
            .class("pad-keys")
            .class_if("pad-letters", pad.letters)
            .attr("role", "group")
            .attr("aria-label", pad.keys_label)
            .child(rows(pad.keys.into_iter().map(|one| (one.id(), key(one)))));
        el("div")
            .class("pad")
            .child(before)
            .child(el("h2").class("pad-label").child(pad.label))
            .child(shown)
            .child(heard)
            .child(hint)
            .child(keys)
            .child(el("div").class("pad-next").child(pad.next))
            .into()
    }
}

fn key(key: Key) -> Element {
    let Some(press) = key.press else {
        return el("span");
    };
    let sign = key.text.is_empty().then(|| icon(Icon::Earlier));
    el("button")
        .attr("type", "button")
        .class("pad-key")
        .attr("aria-label", Some(key.name).filter(|name| !name.is_empty()))
        .on("click", move |_| press())
        .child(sign)
        .child(key.text)
}
