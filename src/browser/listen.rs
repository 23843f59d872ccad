//! Hears what happens to the whole page.

use crate::leptos::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event};

/// Calls back on an event that reaches the window, for as long as the page is open.
pub(super) fn listen(event: &str, heard: Box<dyn FnMut(Event)>) {
    hear(event, heard, false);
}

/// The element around what an event is about, or that itself, which a selector names.
pub(super) fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok().flatten()
}

/// The same before anything on the page hears of it.
#[cfg(feature = "hydrate")]
pub(super) fn listen_first(event: &str, heard: Box<dyn FnMut(Event)>) {
    hear(event, heard, true);
}

fn hear(event: &str, heard: Box<dyn FnMut(Event)>, first: bool) {
    let heard = Closure::wrap(heard);
    let callback = heard.as_ref().unchecked_ref();
    // Fails only for an event of no name.
    let _ = window().add_event_listener_with_callback_and_bool(event, callback, first);
    heard.forget();
}
