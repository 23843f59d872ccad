//! Making a device a kiosk, by hand.

use std::sync::Arc;

use booking::{FailureKind, Route};
use words::server::Kiosk;

use super::frame::{post, primary};
use super::said::{Said, focused_if};
use super::{Setting, Shown, Trouble};
use crate::ui::html::el;
use crate::ui::{ButtonKind, Field, FieldSetup, LinkButton, page_heading};

/// Which code?
#[derive(Clone, Debug)]
pub struct Pair {
    /// Where the form goes.
    pub action: String,
    /// What was typed can be none.
    pub invalid: bool,
    /// What did not work.
    pub trouble: Option<Trouble>,
}

pub(super) fn pair(setting: &Setting, w: &'static Kiosk, pair: &Pair) -> Shown {
    let error = if pair.invalid { w.ten_invalid } else { "" };
    let said = pair.trouble.as_ref().map(|trouble| said(setting, w, trouble));
    let inside = post(&pair.action)
        .child(page_heading(w.heading, w.why))
        .child(said.as_ref().map(Said::notice))
        .child(ten(w, error))
        .child(primary(w.submit));
    Shown {
        heading: w.heading,
        wrong: said.map_or_else(|| error.to_owned(), |said| said.title),
        inside: inside.into(),
    }
}

/// Never filled in again: it is a secret for ten minutes.
fn ten(w: &'static Kiosk, error: &'static str) -> Field {
    Field {
        id: "ten",
        label: w.ten,
        hint: w.ten_hint,
        error: error.into(),
        value: "".into(),
        on_input: Arc::new(|_| ()),
        setup: focused_if(
            error,
            FieldSetup {
                autocomplete: "off",
                autocapitalize: "characters",
                ..FieldSetup::default()
            },
        ),
    }
}

fn said(setting: &Setting, w: &'static Kiosk, trouble: &Trouble) -> Said {
    match trouble {
        Trouble::Failed(failed) if failed.kind != FailureKind::NotRecognised => Said::failed(setting, failed),
        _ => Said::of(w.wrong, w.wrong_text),
    }
}

pub(super) fn paired(w: &'static Kiosk, name: &str) -> Shown {
    let inside = el("div")
        .class("panel stack")
        .child(page_heading((w.paired)(name), ""))
        .child(LinkButton::new(Route::home().format(), w.start).kind(ButtonKind::Primary));
    Shown {
        heading: w.heading,
        wrong: String::new(),
        inside: inside.into(),
    }
}
