//! Making a device a kiosk, by hand.

use std::sync::Arc;

use booking::{FailureKind, Route};
use words::server::Kiosk;

use super::by_email::post;
use super::{Setting, Shown, Trouble};
use crate::ui::html::el;
use crate::ui::{Button, ButtonKind, Field, FieldSetup, LinkButton, Notice, NoticeKind, page_heading};

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
    let notice = said
        .clone()
        .map(|(title, text)| Notice::new(NoticeKind::Error, title).text(text));
    let inside = post(&pair.action)
        .child(page_heading(w.heading, w.why))
        .child(notice)
        .child(ten(w, error))
        .child(Button::submit(w.submit).kind(ButtonKind::Primary));
    Shown {
        heading: w.heading,
        wrong: said.map_or(error, |(title, _)| title).to_owned(),
        inside: inside.into(),
    }
}

/// Never filled in again: it is a secret for ten minutes.
fn ten(w: &'static Kiosk, error: &'static str) -> Field {
    Field {
        id: "ten",
        label: w.ten,
        hint: w.ten_hint,
        error,
        value: "".into(),
        on_input: Arc::new(|_| ()),
        setup: FieldSetup {
            autocomplete: "off",
            autocapitalize: "characters",
            ..FieldSetup::default()
        },
    }
}

fn said(setting: &Setting, w: &'static Kiosk, trouble: &Trouble) -> (&'static str, String) {
    let failures = &words::words(setting.lang).failures;
    match trouble {
        Trouble::Failed(FailureKind::NotRecognised, _) | Trouble::Expired | Trouble::UsedUp => {
            (w.wrong, w.wrong_text.to_owned())
        }
        Trouble::Failed(kind, after) => {
            let when = after.map(|seconds| (failures.retry_after)(seconds));
            ((failures.of)(kind), when.unwrap_or_default())
        }
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
