//! The page around, where the app is in a frame. What happens is told to `public/frame.js`, which alone speaks with that page.

use crate::leptos::*;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// The event's name on the document; its detail is JSON.
const EVENT: &str = "frontdesk";

/// Tells it. One whom nobody hears is lost, as it should be.
pub(super) fn tell(note: &str) {
    let about = CustomEventInit::new();
    about.set_detail(&JsValue::from_str(note));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(EVENT, &about) {
        let _ = document().dispatch_event(&event);
    }
}
