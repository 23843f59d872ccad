//! Writing markup, for the page that the proxy draws.

use std::borrow::Cow;

use leptos::prelude::{GetUntracked, RenderHtml};
use leptos::tachys::view::Position;

use super::attribute::Attribute;
use super::{Element, Html};

/// Tags that have no end.
const VOID: [&str; 2] = ["input", "img"];

impl Html {
    /// Writes markup that [`super::take`] finds its way through: comments keep the place of what is nothing for now, and
    /// keep two texts apart.
    pub(super) fn write(self, to: &mut String, at: &mut Position) {
        match self {
            Self::Nothing => mark(to, at),
            Self::Text(text) => write_text(&text, to, at),
            Self::Words(text) => write_text(&text.get_untracked(), to, at),
            Self::Element(element) => element.write(to, at),
            Self::List(parts) => parts.into_iter().for_each(|part| part.write(to, at)),
            Self::Live(mut shown) => shown().write(to, at),
            Self::Rows(mut all) => {
                all().into_iter().for_each(|row| row.draw().write(to, at));
                mark(to, at);
            }
            Self::View(view) => view.to_html_with_buf(to, at, true, false, Vec::new()),
        }
    }
}

impl Element {
    fn write(self, to: &mut String, at: &mut Position) {
        to.push('<');
        to.push_str(self.tag);
        write_attributes(self.attributes, to);
        to.push('>');
        if !VOID.contains(&self.tag) {
            let mut inside = Position::FirstChild;
            for child in self.children {
                child.write(to, &mut inside);
            }
            to.push_str("</");
            to.push_str(self.tag);
            to.push('>');
        }
        *at = Position::NextChild;
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

fn write_attributes(attributes: Vec<Attribute>, to: &mut String) {
    let mut classes = String::new();
    for attribute in attributes {
        match attribute {
            Attribute::Fixed("class", names) => classes.push_str(&names),
            Attribute::Class(name, so) if so.get_untracked() => {
                classes.push(' ');
                classes.push_str(name);
            }
            Attribute::Fixed(name, value) => write_attribute(name, &value, to),
            Attribute::Live(name, mut value) => {
                let value: Option<Cow<'static, str>> = value();
                value.inspect(|value| write_attribute(name, value, to));
            }
            _ => (),
        }
    }
    if !classes.is_empty() {
        write_attribute("class", &classes, to);
    }
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
