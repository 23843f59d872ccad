//! What happened, what did not, and the way on: in place, beside what it is about.

use leptos::prelude::*;

use super::Icon;
use super::html::{Element, el, list, live};

/// What kind of news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    /// Worth knowing.
    #[default]
    Info,
    /// It worked.
    Success,
    /// It cannot be done so; there is another way.
    Warning,
    /// It failed.
    Error,
}

impl NoticeKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Success => Icon::Tick,
            Self::Warning | Self::Error => Icon::Warning,
        }
    }
}

/// What the studio's people need and a member does not: folded away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// What to press ("Details").
    pub summary: String,
    /// Name and value each. Empty: no details are shown.
    pub lines: Vec<(String, String)>,
}

/// A notice. Put it into the page when it happens: a warning or an error then announces itself (`role=alert`).
#[component]
pub fn Notice(
    /// What kind.
    #[prop(optional)]
    kind: NoticeKind,
    /// What happened, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// What it means, and what was not done; empty for none.
    #[prop(optional, into)]
    text: Signal<String>,
    /// Folded away below.
    #[prop(optional)]
    details: Details,
    /// Not announced: it was there from the start, or something else says it.
    #[prop(optional)]
    silent: bool,
    /// The ways on, buttons or links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let urgent = matches!(kind, NoticeKind::Warning | NoticeKind::Error);
    let role = (!silent).then_some(if urgent { "alert" } else { "status" });
    let words = live(move || {
        let text = text.get();
        (!text.is_empty()).then(|| el("p").child(text))
    });
    let actions = children.map(|children| el("div").class("notice-actions").child(children()));
    let body = el("div")
        .class("notice-body")
        .child(el("p").class("notice-title").child(title))
        .child(words)
        .child(actions)
        .child(folded(details));
    el("div")
        .class("notice")
        .attr("data-kind", kind.name())
        .attr("role", role)
        .child(super::icon::draw(kind.icon()))
        .child(body)
        .into_any()
}

fn folded(details: Details) -> Option<Element> {
    let Details { summary, lines } = details;
    let line = |(name, value): (String, String)| {
        el("div")
            .child(el("dt").child(name))
            .child(el("dd").child(value))
    };
    (!lines.is_empty()).then(|| {
        el("details")
            .class("notice-details")
            .child(el("summary").child(summary))
            .child(el("dl").child(list(lines.into_iter().map(line))))
    })
}
