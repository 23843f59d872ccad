//! Writing markup, for the page that the proxy draws.

use tachys::view::Position;

use super::attribute::Attribute;
use super::element::Parts;
use super::{Element, Html};

/// Tags that have no end.
const VOID: [&str; 2] = ["input", "img"];

impl Html {
    /// Writes markup that [`super::stand`] finds its way through: comments keep the place of what is nothing for now, and
    /// keep two texts apart.
    pub(super) fn write(self, to: &mut String, at: &mut Position) {
        match self {
            Self::Nothing => mark(to, at),
            Self::Text(text) => write_text(&text, to, at),
            Self::Element(element) => element.write(to, at),
            Self::List(parts) => parts.into_iter().for_each(|part| part.write(to, at)),
            Self::Rows(all) => {
                all.into_iter().for_each(|row| row.shown.write(to, at));
                mark(to, at);
            }
            Self::Live(mut shown) => shown().write(to, at),
        }
    }
}

impl Element {
    fn write(self, to: &mut String, at: &mut Position) {
        to.push('<');
        let Parts {
            tag,
            attributes,
            children,
            ..
        } = *self.0;
        to.push_str(tag);
        for attribute in &attributes {
            attribute.write(to);
        }
        to.push('>');
        if !VOID.contains(&tag) {
            let mut inside = Position::FirstChild;
            for child in children {
                child.write(to, &mut inside);
            }
            to.push_str("</");
            to.push_str(tag);
            to.push('>');
        }
        *at = Position::NextChild;
    }
}

impl Attribute {
    /// Properties are written as the attributes that they begin as; a dialog is opened by the app alone.
    fn write(&self, to: &mut String) {
        match self {
            Self::Text(name, value) => write_attribute(name, value, to),
            Self::Value(text) => write_attribute("value", text, to),
            Self::Checked(true) => write_attribute("checked", "", to),
            Self::Checked(false) | Self::Modal(_) | Self::On(..) => (),
        }
    }
}

fn mark(to: &mut String, at: &mut Position) {
    to.push_str("<!>");
    *at = Position::NextChild;
}

fn write_text(text: &str, to: &mut String, at: &mut Position) {
    if matches!(at, Position::NextChildAfterText) {
        to.push_str("<!>");
    }
    // A text node has to be there to be taken over.
    escape(if text.is_empty() { " " } else { text }, to);
    *at = Position::NextChildAfterText;
}

fn write_attribute(name: &str, value: &str, to: &mut String) {
    to.push(' ');
    to.push_str(name);
    if !value.is_empty() {
        to.push_str("=\"");
        escape(value, to);
        to.push('"');
    }
}

fn escape(text: &str, to: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '"' => to.push_str("&quot;"),
            other => to.push(other),
        }
    }
}
