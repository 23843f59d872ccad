//! Attributes, properties and events: as they are meant to be, and as they stand on an element of the page.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, HtmlDialogElement, HtmlInputElement};

use super::Text;

/// What an attribute may be given; without a value it is left out.
pub struct Value(pub(super) Option<Text>);

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self(Some(text.into()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self(Some(text.into()))
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self(Some(text))
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        Self(value.and_then(|value| value.into().0))
    }
}

type Heard = Box<dyn FnMut(Event) + Send>;

/// As it is meant to be.
pub(super) enum Attribute {
    Text(&'static str, Text),
    Value(Text),
    Checked(bool),
    Modal(bool),
    On(&'static str, Heard),
}

/// As it stands.
pub(super) enum Kept {
    Text(&'static str, Text),
    Value(Text),
    Checked,
    Modal,
    On(Listener),
}

impl Attribute {
    pub(super) fn classes(&mut self) -> Option<&mut Text> {
        match self {
            Self::Text("class", classes) => Some(classes),
            _ => None,
        }
    }

    fn is_of(&self, kept: &Kept) -> bool {
        match (self, kept) {
            (Self::Text(new, _), Kept::Text(old, _)) => new == old,
            (Self::On(new, _), Kept::On(old)) => *new == old.event,
            (Self::Value(_), Kept::Value(_))
            | (Self::Checked(_), Kept::Checked)
            | (Self::Modal(_), Kept::Modal) => true,
            _ => false,
        }
    }

    /// Gives it to an element that is new, or `drawn` with it.
    pub(super) fn give(self, to: &Element, drawn: bool) -> Kept {
        match self {
            Self::Text(name, value) => {
                if !drawn {
                    set(to, name, &value);
                }
                Kept::Text(name, value)
            }
            Self::Value(text) => {
                if drawn {
                    tell_what_was_typed(to, &text);
                } else {
                    type_in(to, &text);
                }
                Kept::Value(text)
            }
            Self::Checked(so) => check(to, so),
            Self::Modal(open) => show_modal(to, open),
            Self::On(event, heard) => Kept::On(Listener::new(to, event, heard)),
        }
    }

    /// Becomes what it is meant to be, where it is not that already.
    fn change(self, on: &Element, was: Kept) -> Kept {
        match (self, was) {
            (Self::Text(name, new), Kept::Text(_, old)) => {
                if new != old {
                    set(on, name, &new);
                }
                Kept::Text(name, new)
            }
            // What the member types reaches us as an event; until then what stands there is newer than what we mean.
            (Self::Value(new), Kept::Value(old)) => {
                if new != old {
                    type_in(on, &new);
                }
                Kept::Value(new)
            }
            (Self::On(_, heard), Kept::On(listener)) => {
                *listener.heard.borrow_mut() = heard;
                Kept::On(listener)
            }
            (other, _) => other.give(on, false),
        }
    }
}

/// All attributes of an element that is there become these.
pub(super) fn change(on: &Element, old: &mut Vec<Kept>, new: Vec<Attribute>) {
    let mut was = std::mem::take(old);
    for attribute in new {
        let known = was.iter().position(|kept| attribute.is_of(kept));
        old.push(match known {
            Some(at) => attribute.change(on, was.swap_remove(at)),
            None => attribute.give(on, false),
        });
    }
    for gone in was {
        if let Kept::Text(name, _) = gone {
            // Fails only for a name that is none, and names are written in our own source.
            let _ = on.remove_attribute(name);
        }
    }
}

fn set(on: &Element, name: &str, value: &str) {
    let _ = on.set_attribute(name, value);
}

fn type_in(field: &Element, text: &str) {
    let field: &HtmlInputElement = field.unchecked_ref();
    if field.value() != text {
        field.set_value(text);
    }
}

fn tell_what_was_typed(field: &Element, meant: &str) {
    let field: HtmlInputElement = field.clone().unchecked_into();
    if field.value() != meant {
        // Once the whole page is taken over, its listener too.
        crate::leptos::queue_microtask(move || {
            if let Ok(event) = Event::new("input") {
                let _ = field.dispatch_event(&event);
            }
        });
    }
}

/// A press that was not granted has moved the mark in the page, so it is put right every time.
fn check(radio: &Element, so: bool) -> Kept {
    let radio: &HtmlInputElement = radio.unchecked_ref();
    if radio.checked() != so {
        radio.set_checked(so);
    }
    Kept::Checked
}

/// A dialog can be shown once it is in the page, and then chooses the focus itself.
fn show_modal(dialog: &Element, open: bool) -> Kept {
    let dialog: HtmlDialogElement = dialog.clone().unchecked_into();
    if dialog.open() != open {
        crate::leptos::queue_microtask(move || match (open, dialog.open()) {
            // One already out of the page cannot be shown, and nobody is there to answer it.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        });
    }
    Kept::Modal
}

/// Listens for as long as it is kept. What it calls can change, so that drawing again does not take it off and put it on.
pub(super) struct Listener {
    event: &'static str,
    heard: Rc<RefCell<Heard>>,
    on: EventTarget,
    call: Closure<dyn FnMut(Event)>,
}

impl Listener {
    fn new(on: &Element, event: &'static str, heard: Heard) -> Self {
        let heard = Rc::new(RefCell::new(heard));
        let calls = Rc::clone(&heard);
        let call: Box<dyn FnMut(Event)> = Box::new(move |event| {
            // An event that a handler sets off itself waits for nobody; it is not meant for that handler.
            if let Ok(mut heard) = calls.try_borrow_mut() {
                heard(event);
            }
        });
        let call = Closure::wrap(call);
        let on: EventTarget = on.clone().into();
        // Fails only for an event of no name.
        let _ = on.add_event_listener_with_callback(event, call.as_ref().unchecked_ref());
        Self {
            event,
            heard,
            on,
            call,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let call = self.call.as_ref().unchecked_ref();
        let _ = self.on.remove_event_listener_with_callback(self.event, call);
    }
}
