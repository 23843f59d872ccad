//! An element, put together part by part.

use std::borrow::Cow;

use leptos::prelude::{AnyView, IntoAny, Signal};

use super::attribute::{Attribute, Value};
use super::Html;

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

    /// The classes that it always has.
    pub fn class(self, names: &'static str) -> Self {
        self.with(Attribute::Fixed("class", names.into()))
    }

    /// A class that it has while something is so.
    pub fn class_if(self, name: &'static str, so: impl Into<Signal<bool>>) -> Self {
        self.with(Attribute::Class(name, so.into()))
    }

    /// An attribute. One without a value is left out.
    pub fn attr(self, name: &'static str, value: impl Into<Value>) -> Self {
        match value.into() {
            Value::Absent => self.with(Attribute::Absent(name)),
            Value::Fixed(value) => self.with(Attribute::Fixed(name, value)),
            Value::Words(value) => self.attr_live(name, move || Some(Cow::Owned(leptos::prelude::Get::get(&value)))),
        }
    }

    /// An attribute that changes with the signals that it reads; left out while it is `None`.
    pub fn attr_live(
        self,
        name: &'static str,
        value: impl FnMut() -> Option<Cow<'static, str>> + Send + 'static,
    ) -> Self {
        self.with(Attribute::Live(name, Box::new(value)))
    }

    /// An attribute that has one value while something is so, and is left out while it is not.
    pub fn attr_if(self, name: &'static str, value: &'static str, so: impl Into<Signal<bool>>) -> Self {
        let so = so.into();
        self.attr_live(name, move || leptos::prelude::Get::get(&so).then_some(Cow::Borrowed(value)))
    }

    /// An attribute without a value, there or not.
    pub fn flag(self, name: &'static str, so: bool) -> Self {
        self.attr(name, so.then_some(""))
    }

    /// What stands in a field.
    pub fn value(self, text: Signal<String>) -> Self {
        self.with(Attribute::Typed(text))
    }

    /// Whether a box is ticked.
    pub fn checked(self, so: Signal<bool>) -> Self {
        self.with(Attribute::Ticked(so))
    }

    /// Calls back on an event.
    pub fn on(self, event: &'static str, heard: impl FnMut(web_sys::Event) + Send + 'static) -> Self {
        self.with(Attribute::On(event, Box::new(heard)))
    }

    /// Hands over the browser's element, once there is one.
    pub fn take(self, taken: impl FnOnce(&web_sys::Element) + Send + 'static) -> Self {
        self.with(Attribute::Take(Box::new(taken)))
    }

    /// One more child.
    pub fn child(mut self, child: impl Into<Html>) -> Self {
        self.children.push(child.into());
        self
    }

    /// As a component gives it.
    pub fn into_any(self) -> AnyView {
        Html::from(self).into_any()
    }
}
