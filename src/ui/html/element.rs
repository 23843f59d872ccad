//! An element, put together part by part.

use web_sys::Event;

use super::attribute::{Attribute, Value};
use super::{Html, Text};

/// An element with its attributes and children.
pub struct Element {
    pub(super) tag: &'static str,
    pub(super) svg: bool,
    pub(super) attributes: Vec<Attribute>,
    pub(super) children: Vec<Html>,
}

impl Element {
    pub(super) fn new(tag: &'static str, svg: bool) -> Self {
        Self {
            tag,
            svg,
            attributes: Vec::new(),
            children: Vec::new(),
        }
    }

    fn with(mut self, attribute: Attribute) -> Self {
        self.attributes.push(attribute);
        self
    }

    /// Its classes.
    pub fn class(self, names: &'static str) -> Self {
        self.with(Attribute::Text("class", names.into()))
    }

    /// One more class while something is so. Comes after [`Element::class`].
    pub fn class_if(mut self, name: &'static str, so: bool) -> Self {
        let classes = self.attributes.iter_mut().find_map(Attribute::classes);
        if let (true, Some(classes)) = (so, classes) {
            let all = classes.to_mut();
            all.push(' ');
            all.push_str(name);
        }
        self
    }

    /// An attribute. One without a value is left out.
    pub fn attr(self, name: &'static str, value: impl Into<Value>) -> Self {
        match value.into().0 {
            Some(value) => self.with(Attribute::Text(name, value)),
            None => self,
        }
    }

    /// An attribute without a value, there or not.
    pub fn flag(self, name: &'static str, so: bool) -> Self {
        self.attr(name, so.then_some(""))
    }

    /// What stands in a field. A member who typed before the app had started is heard all the same: the field then tells
    /// its `input` once more.
    pub fn value(self, text: impl Into<Text>) -> Self {
        self.with(Attribute::Value(text.into()))
    }

    /// Whether a radio button is the chosen one.
    pub fn checked(self, so: bool) -> Self {
        self.with(Attribute::Checked(so))
    }

    /// Whether a `<dialog>` is open, with the page behind it out of reach.
    pub fn modal(self, open: bool) -> Self {
        self.with(Attribute::Modal(open))
    }

    /// Calls back on an event.
    pub fn on(self, event: &'static str, heard: impl FnMut(Event) + Send + 'static) -> Self {
        self.with(Attribute::On(event, Box::new(heard)))
    }

    /// One more child.
    pub fn child(mut self, child: impl Into<Html>) -> Self {
        self.children.push(child.into());
        self
    }
}
