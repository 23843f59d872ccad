//! Hears what happens to the whole page.

use crate::leptos::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Event;

/// Calls back on an event that reaches the window, for as long as the page is open.
pub(super) fn listen(event: &str, heard: Box<dyn FnMut(Event)>) {
    let heard = Closure::wrap(heard);
    // Fails only for an event of no name.
    let _ = window().add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    heard.forget();
}
