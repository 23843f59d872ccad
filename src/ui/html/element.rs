//! An element, put together part by part.

use web_sys::Event;

use super::attribute::{Attribute, Value};
use super::{Html, Text};

/// An element with its attributes and children. In a box, and put together by functions that are not copied to where they
/// are called: there is one such call for each attribute of each element, and they are a good part of the bundle.
pub struct Element(pub(super) Box<Parts>);

pub(super) struct Parts {
    pub(super) tag: &'static str,
    pub(super) svg: bool,
    pub(super) attributes: Vec<Attribute>,
    pub(super) children: Vec<Html>,
}

impl Element {
    #[inline(never)]
    pub(super) fn new(tag: &'static str, svg: bool) -> Self {
        Self(Box::new(Parts {
            tag,
            svg,
            attributes: Vec::new(),
            children: Vec::new(),
        }))
    }

    #[inline(never)]
    fn with(mut self, attribute: Attribute) -> Self {
        self.0.attributes.push(attribute);
        self
    }

    #[inline(never)]
    fn with_text(self, name: &'static str, value: Option<Text>) -> Self {
        match value {
            Some(value) => self.with(Attribute::Text(name, value)),
            None => self,
        }
    }

    #[inline(never)]
    fn with_child(mut self, child: Html) -> Self {
        self.0.children.push(child);
        self
    }

    /// Its classes.
    #[inline(never)]
    pub fn class(self, names: &'static str) -> Self {
        self.with(Attribute::Text("class", names.into()))
    }

    /// One more class while something is so. Comes after [`Element::class`].
    #[inline(never)]
    pub fn class_if(mut self, name: &'static str, so: bool) -> Self {
        let classes = self.0.attributes.iter_mut().find_map(Attribute::classes);
        if let (true, Some(classes)) = (so, classes) {
            let all = classes.to_mut();
            all.push(' ');
            all.push_str(name);
        }
        self
    }

    /// An attribute. One without a value is left out.
    #[inline]
    pub fn attr(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.with_text(name, value.into().0)
    }

    /// An attribute without a value, there or not.
    #[inline(never)]
    pub fn flag(self, name: &'static str, so: bool) -> Self {
        self.with_text(name, so.then_some("".into()))
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
    #[inline]
    pub fn child(self, child: impl Into<Html>) -> Self {
        self.with_child(child.into())
    }
}
