//! Elements as plain values: what a part of a screen is made of.
//!
//! `view!` gives every element, attribute and closure a type of its own, and with each type comes a copy of the code that
//! draws it, takes it over, changes and removes it: that was most of the wasm bundle
//! (`docs/decisions/0008-screens-are-values.md`). Here all of it is one [`Html`]. A component returns what is to be seen;
//! [`live`] draws it again when a signal changes that it read, and keeps every element that is still meant, and so the
//! focus, what is typed and where it is scrolled to.
//!
//! What is still meant: the element at the same place among its parent's children with the same tag, as long as the
//! parent has as many children as before. So code gives a parent always the same number of children: what may be missing
//! is an `Option`, and what there may be more or less of stands in [`rows`] or [`each`].
//!
//! It must NOT know any part of a screen. Text is escaped; there is no way to write markup as text.

mod attribute;
mod change;
mod draw;
mod element;
mod rows;
mod stand;

use std::borrow::Cow;

pub use attribute::Value;
pub use element::Element;
pub use rows::{Row, each, rows};

/// Text that is the same for every member, or made for one.
pub type Text = Cow<'static, str>;

/// Something to show.
pub enum Html {
    /// Nothing for now; a comment keeps its place.
    Nothing,
    /// A text.
    Text(Text),
    /// An element.
    Element(Element),
    /// One after the other, always as many; never empty.
    List(Vec<Html>),
    /// One after the other, told apart by their keys.
    Rows(Vec<Row>),
    /// Drawn again whenever a signal changes that it read.
    Live(Box<dyn FnMut() -> Html + Send>),
}

/// An element of HTML.
pub fn el(tag: &'static str) -> Element {
    Element::new(tag, false)
}

/// An element of SVG.
pub fn svg(tag: &'static str) -> Element {
    Element::new(tag, true)
}

/// Drawn again whenever a signal changes that it reads.
pub fn live<T: Into<Html>>(mut shown: impl FnMut() -> T + Send + 'static) -> Html {
    Html::Live(Box::new(move || shown().into()))
}

/// One after the other, always as many.
pub fn list<const N: usize>(parts: [Html; N]) -> Html {
    Html::List(parts.into())
}

impl From<Text> for Html {
    fn from(text: Text) -> Self {
        Self::Text(text)
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

impl From<Element> for Html {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl<T: Into<Html>> From<Option<T>> for Html {
    fn from(part: Option<T>) -> Self {
        part.map_or(Self::Nothing, Into::into)
    }
}
