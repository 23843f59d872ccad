//! Coming from the studio's own site.

use words::server::HandOff;

use super::frame::{post, sign_in};
use super::said::Said;
use super::{Setting, Shown};
use crate::ui::html::{Element, el};
use crate::ui::{ButtonKind, LinkButton, page_heading};

/// Somebody comes while somebody else is signed in. Whoever sits there says who they are.
#[derive(Clone, Debug)]
pub struct Other {
    /// Where the form goes.
    pub action: String,
    /// The first name of who is signed in.
    pub now: Option<String>,
    /// The first name of who comes.
    pub comes: Option<String>,
}

pub(super) fn other(w: &'static HandOff, other: &Other) -> Shown {
    let now = other.now.as_deref().unwrap_or(w.somebody);
    let comes = other.comes.as_deref().unwrap_or(w.somebody);
    let buttons = el("div")
        .class("row")
        .child(answer("go-on", "primary", (w.go_on)(comes)))
        .child(answer("stay", "quiet", (w.stay)(now)));
    let inside = post(&other.action)
        .child(page_heading(w.heading, (w.text)(now, comes)))
        .child(buttons);
    Shown {
        heading: w.heading,
        wrong: String::new(),
        inside: inside.into(),
    }
}

fn answer(value: &'static str, kind: &'static str, text: String) -> Element {
    el("button")
        .attr("type", "submit")
        .class("button")
        .attr("data-kind", kind)
        .attr("name", "answer")
        .attr("value", value)
        .child(el("span").child(text))
}

pub(super) fn failed(setting: &Setting, w: &'static HandOff) -> Shown {
    let shell = &words::words(setting.lang).shell;
    let inside = el("div")
        .class("panel stack")
        .child(page_heading(shell.sign_in, ""))
        .child(Said::of(w.failed, w.failed_text).notice())
        .child(LinkButton::new(sign_in(setting), shell.sign_in).kind(ButtonKind::Primary));
    Shown {
        heading: shell.sign_in,
        wrong: w.failed.to_owned(),
        inside: inside.into(),
    }
}
