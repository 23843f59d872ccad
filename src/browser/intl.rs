//! The device's own zone and language. Never asked in the first drawing of a page: the server does not know them.

use booking::Lang;
use js_sys::{Array, Intl, Object, Reflect};

use crate::leptos::window;

/// The IANA name of the device's zone, where it tells.
pub fn zone() -> Option<String> {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}

/// The language that it asks for first, where we speak it.
pub fn lang() -> Option<Lang> {
    window().navigator().language().as_deref().and_then(Lang::parse)
}
