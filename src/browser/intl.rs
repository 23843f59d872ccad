//! The device's own zone. Never asked in the first drawing of a page: the server does not know it.

use js_sys::{Array, Intl, Object, Reflect};

/// The IANA name of the device's zone, where it tells.
pub fn zone() -> Option<String> {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}
