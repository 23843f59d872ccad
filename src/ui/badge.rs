//! A short state in words, with a colour that only underlines it.

use leptos::prelude::*;

use super::Icon;
use super::html::el;

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

/// A badge ("Confirmed", "Cancelled").
#[component]
pub fn Badge(
    /// The state in words.
    #[prop(into)]
    text: Signal<String>,
    /// Its colour.
    #[prop(optional)]
    tone: Tone,
    /// Before the words.
    #[prop(optional)]
    icon: Option<Icon>,
) -> impl IntoView {
    el("span")
        .class("badge")
        .attr("data-tone", tone.name())
        .child(icon.map(super::icon::draw))
        .child(el("span").child(text))
        .into_any()
}
