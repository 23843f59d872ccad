//! Things to press. A [`Button`] acts, a [`LinkButton`] leads somewhere.
//!
//! A button that cannot be used right now stays focusable and says why (`aria-disabled` and a reason): the `disabled`
//! attribute would throw the focus away and leave a member guessing.

use super::html::{Html, Text, el, list};
use super::{Icon, Press, icon};

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

/// A button. While busy or with a reason it ignores presses, so one tap is one call however fast the finger.
pub struct Button {
    text: Text,
    press: Option<Press>,
    kind: ButtonKind,
    icon: Option<Icon>,
    busy: bool,
    id: &'static str,
    reason: Text,
    about: Text,
    autofocus: bool,
}

impl Button {
    /// What it does, a verb first; and what is called once per press that counts.
    pub fn new(text: impl Into<Text>, press: Press) -> Self {
        Self::of(text.into(), Some(press))
    }

    /// Sends the form it stands in, which hears of it.
    pub fn submit(text: impl Into<Text>) -> Self {
        Self::of(text.into(), None)
    }

    fn of(text: Text, press: Option<Press>) -> Self {
        Self {
            text,
            press,
            kind: ButtonKind::Quiet,
            icon: None,
            busy: false,
            id: "",
            reason: "".into(),
            about: "".into(),
            autofocus: false,
        }
    }

    /// Its weight.
    #[inline(never)]
    pub fn kind(self, kind: ButtonKind) -> Self {
        Self { kind, ..self }
    }

    /// Before the text.
    #[inline(never)]
    pub fn icon(self, icon: Icon) -> Self {
        Self {
            icon: Some(icon),
            ..self
        }
    }

    /// A call is under way.
    #[inline(never)]
    pub fn busy(self, busy: bool) -> Self {
        Self { busy, ..self }
    }

    /// Why it cannot be used now, shown below and read with it; empty when it can. The id is unique on the page.
    pub fn reason(self, id: &'static str, reason: impl Into<Text>) -> Self {
        Self {
            id,
            reason: reason.into(),
            ..self
        }
    }

    /// What it is about, for who listens: where several with the same words stand on a page.
    pub fn about(self, about: impl Into<Text>) -> Self {
        Self {
            about: about.into(),
            ..self
        }
    }

    /// Takes the focus when the dialog around it opens.
    #[inline(never)]
    pub fn autofocus(self) -> Self {
        Self {
            autofocus: true,
            ..self
        }
    }
}

impl From<Button> for Html {
    fn from(button: Button) -> Self {
        let Button {
            text,
            press,
            kind,
            icon: sign,
            busy,
            id,
            reason,
            about,
            autofocus,
        } = button;
        let blocked = busy || !reason.is_empty();
        let reason_id = (!reason.is_empty()).then(|| [id, "-reason"].concat());
        let about = (!about.is_empty()).then(|| el("span").class("hidden").child(": ").child(about));
        let submit = press.is_none();
        let pressed = move |event: web_sys::Event| {
            if blocked {
                event.prevent_default();
            } else if let Some(press) = &press {
                press();
            }
        };
        let button = el("button")
            .attr("type", if submit { "submit" } else { "button" })
            .class("button")
            .attr("id", Some(id).filter(|id| !id.is_empty()))
            .attr("data-kind", kind.name())
            .flag("autofocus", autofocus)
            .attr("aria-busy", busy.then_some("true"))
            .attr("aria-disabled", blocked.then_some("true"))
            .attr("aria-describedby", reason_id.clone())
            .on("click", pressed)
            .child(sign.map(icon))
            .child(el("span").child(text).child(about))
            .child(el("span").class("button-spinner").attr("aria-hidden", "true"));
        let why = reason_id.map(|id| el("p").class("button-reason").attr("id", id).child(reason));
        list([button.into(), why.into()])
    }
}

/// A link that looks like a button.
pub struct LinkButton {
    href: Text,
    text: Text,
    kind: ButtonKind,
    icon: Option<Icon>,
    outside: bool,
}

impl LinkButton {
    /// Where to, and where that is in words.
    pub fn new(href: impl Into<Text>, text: impl Into<Text>) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
            kind: ButtonKind::Quiet,
            icon: None,
            outside: false,
        }
    }

    /// Its weight.
    #[inline(never)]
    pub fn kind(self, kind: ButtonKind) -> Self {
        Self { kind, ..self }
    }

    /// Before the text.
    #[inline(never)]
    pub fn icon(self, icon: Icon) -> Self {
        Self {
            icon: Some(icon),
            ..self
        }
    }

    /// Leaves the app in a new tab (`rel=noopener`); the text should say so.
    #[inline(never)]
    pub fn outside(self) -> Self {
        Self {
            outside: true,
            ..self
        }
    }
}

impl From<LinkButton> for Html {
    fn from(link: LinkButton) -> Self {
        el("a")
            .class("button")
            .attr("data-kind", link.kind.name())
            .attr("href", link.href)
            .attr("target", link.outside.then_some("_blank"))
            .attr("rel", link.outside.then_some("noopener noreferrer"))
            .child(link.icon.map(icon))
            .child(el("span").child(link.text))
            .into()
    }
}
