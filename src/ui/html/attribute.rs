//! Attributes, properties and events of an element.

use std::borrow::Cow;

use leptos::prelude::{Get, Signal};
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// What an attribute may be given.
pub enum Value {
    /// It is left out.
    Absent,
    /// For as long as the element is there.
    Fixed(Cow<'static, str>),
    /// It changes.
    Words(Signal<String>),
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self::Fixed(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Fixed(text.into())
    }
}

impl From<Signal<String>> for Value {
    fn from(text: Signal<String>) -> Self {
        Self::Words(text)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}

pub(super) enum Attribute {
    Absent(&'static str),
    Fixed(&'static str, Cow<'static, str>),
    Live(&'static str, Box<dyn FnMut() -> Option<Cow<'static, str>> + Send>),
    Class(&'static str, Signal<bool>),
    Typed(Signal<String>),
    Ticked(Signal<bool>),
    On(&'static str, Box<dyn FnMut(web_sys::Event) + Send>),
    Take(Box<dyn FnOnce(&web_sys::Element) + Send>),
}

/// What has to live as long as the element does.
pub(super) enum Kept {
    Effect(#[expect(dead_code, reason = "dropped with the element")] RenderEffect<()>),
    Listener(&'static str, Closure<dyn FnMut(web_sys::Event)>),
}

impl Kept {
    /// Takes an event's listener off again.
    pub(super) fn off(&self, element: &web_sys::Element) {
        if let Self::Listener(event, heard) = self {
            // Fails only for an event of no name.
            let _ = element.remove_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
        }
    }
}

impl Attribute {
    /// Gives the attribute to an element. `drawn`: the element has it already, and only changes count.
    pub(super) fn give(self, element: &web_sys::Element, drawn: bool) -> Option<Kept> {
        match self {
            Self::Absent(_) | Self::Fixed(..) if drawn => None,
            Self::Absent(name) => {
                set(element, name, None);
                None
            }
            Self::Fixed(name, value) => {
                set(element, name, Some(&value));
                None
            }
            Self::Take(taken) => {
                taken(element);
                None
            }
            Self::On(event, heard) => Some(listen(element, event, heard)),
            changing => Some(changing.follow(element.clone(), drawn)),
        }
    }

    fn follow(self, element: web_sys::Element, drawn: bool) -> Kept {
        match self {
            Self::Live(name, mut value) => effect(drawn, move |apply| {
                let value = value();
                if apply {
                    set(&element, name, value.as_deref());
                }
            }),
            Self::Class(name, so) => effect(drawn, move |apply| {
                let so = so.get();
                if apply {
                    toggle(&element, name, so);
                }
            }),
            Self::Typed(text) => effect(drawn, move |apply| {
                let text = text.get();
                if apply {
                    property(&element, "value", &JsValue::from_str(&text));
                }
            }),
            Self::Ticked(so) => effect(drawn, move |apply| {
                let so = so.get();
                if apply {
                    property(&element, "checked", &JsValue::from_bool(so));
                }
            }),
            _ => effect(true, |_| ()),
        }
    }
}

/// Runs at once and on every change; is told whether to apply what it read. What was drawn already is only read, so
/// that nothing is taken from a member who began to type before the app had started.
fn effect(drawn: bool, mut run: impl FnMut(bool) + 'static) -> Kept {
    let mut apply = !drawn;
    let run: Box<dyn FnMut(Option<()>)> = Box::new(move |_| {
        run(apply);
        apply = true;
    });
    Kept::Effect(RenderEffect::new(run))
}

fn set(element: &web_sys::Element, name: &str, value: Option<&str>) {
    // Fails only for a name that is none, and names are written in our own source.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn toggle(element: &web_sys::Element, name: &str, so: bool) {
    let _ = element.class_list().toggle_with_force(name, so);
}

fn property(element: &web_sys::Element, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), value);
}

fn listen(element: &web_sys::Element, event: &'static str, heard: Box<dyn FnMut(web_sys::Event) + Send>) -> Kept {
    let heard: Box<dyn FnMut(web_sys::Event)> = heard;
    let heard = Closure::wrap(heard);
    let _ = element.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    Kept::Listener(event, heard)
}
