//! A short state in words, with a colour that only underlines it.

use super::html::{Element, Text, el};
use super::{Icon, icon};

/// What a colour says. Never the only carrier: words stand beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// The studio's own colour.
    Brand,
    /// As wanted.
    Good,
    /// Look here.
    Care,
    /// Not as wanted.
    Bad,
}

impl Tone {
    /// As the style sheet calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Brand => "brand",
            Self::Good => "good",
            Self::Care => "care",
            Self::Bad => "bad",
        }
    }
}

/// A badge ("Confirmed", "Cancelled"), with an icon before the words where one is given.
pub fn badge(text: impl Into<Text>, tone: Tone, sign: Option<Icon>) -> Element {
    el("span")
        .class("badge")
        .attr("data-tone", tone.name())
        .child(sign.map(icon))
        .child(el("span").child(text.into()))
}
