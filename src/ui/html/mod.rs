//! Elements as plain values: what `view!` writes for elements, in one type.
//!
//! `view!` gives every element, every attribute and every closure a type of its own, and with each type comes a copy of
//! the code that draws it, takes it over, redraws and removes it: that was half of the wasm bundle. Here all of it is one
//! [`Html`], drawn by one copy of the code. Leptos still owns the page (signals, owners, components, taking over).
//!
//! It must NOT know any component. Text is escaped; there is no way to write markup as text.

mod attribute;
mod draw;
mod element;
mod place;
mod rows;
mod take;

use std::borrow::Cow;

use leptos::prelude::{AnyView, IntoAny, RenderHtml, Signal, View};

pub use attribute::Value;
pub use element::Element;
pub use rows::{Row, row, rows};

/// Something to show.
pub enum Html {
    /// Nothing for now; a comment keeps its place.
    Nothing,
    /// A text.
    Text(Cow<'static, str>),
    /// A text that changes.
    Words(Signal<String>),
    /// An element.
    Element(Box<Element>),
    /// One after the other; never empty.
    List(Vec<Html>),
    /// Shown anew whenever a signal changes that it read.
    Live(Box<dyn FnMut() -> Html + Send>),
    /// Rows that keep their elements, and so the focus, as others come and go.
    Rows(Box<dyn FnMut() -> Vec<Row> + Send>),
    /// What a component gave.
    View(AnyView),
}

/// An element of HTML.
pub fn el(tag: &'static str) -> Element {
    Element::new(tag, false)
}

/// An element of SVG.
pub fn svg(tag: &'static str) -> Element {
    Element::new(tag, true)
}

/// Shown anew whenever a signal changes that it reads.
pub fn live<T: Into<Html>>(mut shown: impl FnMut() -> T + Send + 'static) -> Html {
    Html::Live(Box::new(move || shown().into()))
}

/// One after the other.
pub fn list<T: Into<Html>>(parts: impl IntoIterator<Item = T>) -> Html {
    let parts: Vec<Html> = parts.into_iter().map(Into::into).collect();
    parts.into()
}

impl From<Vec<Html>> for Html {
    fn from(parts: Vec<Html>) -> Self {
        if parts.is_empty() {
            Self::Nothing
        } else {
            Self::List(parts)
        }
    }
}

impl From<&'static str> for Html {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Html {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Signal<String>> for Html {
    fn from(text: Signal<String>) -> Self {
        Self::Words(text)
    }
}

impl From<Element> for Html {
    fn from(element: Element) -> Self {
        Self::Element(Box::new(element))
    }
}

impl From<AnyView> for Html {
    fn from(view: AnyView) -> Self {
        Self::View(view)
    }
}

impl<T: RenderHtml + Send + 'static> From<View<T>> for Html {
    fn from(view: View<T>) -> Self {
        Self::View(view.into_inner().into_any())
    }
}

impl<T: Into<Html>> From<Option<T>> for Html {
    fn from(part: Option<T>) -> Self {
        part.map_or(Self::Nothing, Into::into)
    }
}
