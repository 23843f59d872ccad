//! The page around, where the app is in a frame. What happens is told to `public/frame.js`, which alone speaks with that page.

use crate::leptos::*;
#[cfg(feature = "hydrate")]
use booking::{HandOff, Place};
#[cfg(feature = "hydrate")]
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
#[cfg(feature = "hydrate")]
use web_sys::Event;
use web_sys::{CustomEvent, CustomEventInit};

#[cfg(feature = "hydrate")]
use super::listen::listen;

/// The event's name on the document; its detail is JSON.
const EVENT: &str = "frontdesk";
/// The other way: its detail is a token.
#[cfg(feature = "hydrate")]
const HANDED: &str = "frontdesk:hand-off";

/// Where the app is shown. `public/frame.js` has found out, before anything was painted, and marked the page's root.
#[cfg(feature = "hydrate")]
pub(super) fn place() -> Place {
    let root = document().document_element();
    let marked = root.and_then(|root| root.get_attribute("data-place"));
    match marked.as_deref() == Some(Place::Embed.tag()) {
        true => Place::Embed,
        false => Place::Browser,
    }
}

/// Calls back where that page says who the member is.
#[cfg(feature = "hydrate")]
pub(super) fn on_hand_off(handed: impl Fn(HandOff) + 'static) {
    let hear = move |event: Event| {
        // Whatever else has that name carries no text.
        let token = event.unchecked_ref::<CustomEvent>().detail().as_string();
        if let Some(token) = token {
            handed(HandOff { token });
        }
    };
    listen(HANDED, Box::new(hear));
}

/// Tells it. One whom nobody hears is lost, as it should be.
pub(super) fn tell(note: &str) {
    let about = CustomEventInit::new();
    about.set_detail(&JsValue::from_str(note));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(EVENT, &about) {
        let _ = document().dispatch_event(&event);
    }
}
