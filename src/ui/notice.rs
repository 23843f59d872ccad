//! What happened, what did not, and the way on: in place, beside what it is about.

use super::html::{Element, Html, Text, each, el};
use super::{Icon, icon};

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
    pub summary: &'static str,
    /// Name and value each. Empty: no details are shown.
    pub lines: Vec<(&'static str, String)>,
}

/// A notice. Put it into the page when it happens: a warning or an error then announces itself (`role=alert`).
pub struct Notice {
    kind: NoticeKind,
    title: Text,
    text: Text,
    details: Details,
    silent: bool,
    ways: Vec<Html>,
}

impl Notice {
    /// What happened, in a few words.
    pub fn new(kind: NoticeKind, title: impl Into<Text>) -> Self {
        Self {
            kind,
            title: title.into(),
            text: "".into(),
            details: Details::default(),
            silent: false,
            ways: Vec::new(),
        }
    }

    /// What it means, and what was not done; empty for none.
    pub fn text(self, text: impl Into<Text>) -> Self {
        Self {
            text: text.into(),
            ..self
        }
    }

    /// Folded away below.
    #[inline(never)]
    pub fn details(self, details: Details) -> Self {
        Self { details, ..self }
    }

    /// Not announced: it was there from the start, or something else says it.
    #[inline(never)]
    pub fn silent(self) -> Self {
        Self { silent: true, ..self }
    }

    /// One more way on: a button or a link.
    pub fn way(mut self, way: impl Into<Html>) -> Self {
        self.ways.push(way.into());
        self
    }
}

/// It can take the focus, for when what was pressed is gone and this stands in its place.
impl From<Notice> for Element {
    fn from(notice: Notice) -> Self {
        let urgent = matches!(notice.kind, NoticeKind::Warning | NoticeKind::Error);
        let role = (!notice.silent).then_some(if urgent { "alert" } else { "status" });
        let words = (!notice.text.is_empty()).then(|| el("p").child(notice.text));
        let ways =
            (!notice.ways.is_empty()).then(|| el("div").class("notice-actions").child(each(notice.ways)));
        let body = el("div")
            .class("notice-body")
            .child(el("p").class("notice-title").child(notice.title))
            .child(words)
            .child(ways)
            .child(folded(notice.details));
        el("div")
            .class("notice")
            .attr("data-kind", notice.kind.name())
            .attr("role", role)
            .attr("tabindex", "-1")
            .child(icon(notice.kind.icon()))
            .child(body)
    }
}

impl From<Notice> for Html {
    fn from(notice: Notice) -> Self {
        Element::from(notice).into()
    }
}

/// Ways on of one kind, under the words for what they are.
pub fn notice_group(label: &'static str, ways: Html) -> Element {
    el("div")
        .class("notice-group")
        .attr("role", "group")
        .attr("aria-label", label)
        .child(el("p").class("notice-label").child(label))
        .child(el("div").class("notice-actions").child(ways))
}

fn folded(details: Details) -> Option<Element> {
    let Details { summary, lines } = details;
    let line = |(name, value): (&'static str, String)| {
        el("div").child(el("dt").child(name)).child(el("dd").child(value))
    };
    (!lines.is_empty()).then(|| {
        el("details")
            .class("notice-details")
            .child(el("summary").child(summary))
            .child(el("dl").child(each(lines.into_iter().map(line))))
    })
}
