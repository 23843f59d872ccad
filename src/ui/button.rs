//! Things to press. A [`Button`] acts, a [`LinkButton`] leads somewhere.
//!
//! A button that cannot be used right now stays focusable and says why (`aria-disabled` and a reason): the `disabled`
//! attribute would throw the focus away and leave a member guessing.

use leptos::prelude::*;
use web_sys::Event;

use super::Icon;
use super::html::{el, list, live};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing this screen is for.
    Primary,
    /// Everything else.
    #[default]
    Quiet,
    /// Takes something away.
    Danger,
    /// Reads like a link in running text.
    Plain,
}

impl ButtonKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
            Self::Plain => "plain",
        }
    }
}

/// A button. While `busy` or with a `reason` it ignores presses, so one tap is one call however fast the finger.
#[component]
pub fn Button(
    /// What it does, a verb first.
    #[prop(into)]
    text: Signal<String>,
    /// Called once per press that counts. A submit button may go without: its form hears the submit.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Its weight.
    #[prop(optional)]
    kind: ButtonKind,
    /// A call is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it cannot be used now; empty when it can. Shown below the button and read with it.
    #[prop(optional, into)]
    reason: Signal<String>,
    /// Unique on the page; needed only where `reason` may be given.
    #[prop(optional, into)]
    id: String,
    /// Before the text.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// Takes the focus when the dialog around it opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let press = move |event: Event| {
        if busy.get_untracked() || !reason.read_untracked().is_empty() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    let reason_id = format!("{id}-reason");
    let described_by = reason_id.clone();
    let blocked = move || busy.get() || !reason.read().is_empty();
    let button = el("button")
        .attr("type", if submit { "submit" } else { "button" })
        .class("button")
        .attr("id", Some(id).filter(|id| !id.is_empty()))
        .attr("data-kind", kind.name())
        .flag("autofocus", autofocus)
        .attr_if("aria-busy", "true", busy)
        .attr_live("aria-disabled", move || blocked().then_some("true".into()))
        .attr_live("aria-describedby", move || {
            (!reason.read().is_empty()).then(|| described_by.clone().into())
        })
        .on("click", press)
        .child(icon.map(super::icon::draw))
        .child(el("span").child(text))
        .child(el("span").class("button-spinner").attr("aria-hidden", "true"));
    let why = live(move || {
        let reason = reason.get();
        let id = reason_id.clone();
        (!reason.is_empty()).then(|| el("p").class("button-reason").attr("id", id).child(reason))
    });
    list([button.into(), why]).into_any()
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where to.
    #[prop(into)]
    href: Signal<String>,
    /// Where it leads, in words.
    #[prop(into)]
    text: Signal<String>,
    /// Its weight.
    #[prop(optional)]
    kind: ButtonKind,
    /// Before the text.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Leaves the app in a new tab (`rel=noopener`); the text should say so.
    #[prop(optional)]
    outside: bool,
    /// What the browser should save the answer as, for a file.
    #[prop(optional, into)]
    download: Option<String>,
) -> impl IntoView {
    el("a")
        .class("button")
        .attr("data-kind", kind.name())
        .attr("href", href)
        .attr("download", download)
        .attr("target", outside.then_some("_blank"))
        .attr("rel", outside.then_some("noopener noreferrer"))
        .child(icon.map(super::icon::draw))
        .child(el("span").child(text))
        .into_any()
}
