//! What a member does and notices, as functions. No test of its own; what is not there ends the test.

use any_spawner::Executor;
use frontdesk::browser::mount::show_in;
use frontdesk::ui::html::Html;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Function, Reflect};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

/// A component in a page, taken away when dropped.
pub(crate) struct Screen {
    root: HtmlElement,
    _mounted: Box<dyn std::any::Any>,
}

fn document() -> Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("a browser has a document")
}

/// Puts `view` into the page, below nothing else.
pub(crate) fn open_(view: impl FnOnce() -> Html) -> Screen {
    let root: HtmlElement = document()
        .create_element("main")
        .expect("a main")
        .unchecked_into();
    document()
        .body()
        .expect("a body")
        .append_child(&root)
        .expect("a place in the page");
    let mounted = show_in(&root, view);
    Screen {
        root,
        _mounted: Box::new(mounted),
    }
}

/// Lets what was set off come to rest: effects, then what they put off until after the drawing.
pub(crate) async fn tick() {
    Executor::tick().await;
    Executor::tick().await;
}

/// The name of what has the focus.
pub(crate) fn focused_() -> String {
    document()
        .active_element()
        .map(|element| name(&element))
        .unwrap_or_default()
}

/// As a screen reader would begin: `aria-label`, else the text.
fn name(element: &Element) -> String {
    let text = || element.text_content().unwrap_or_default().trim().to_owned();
    element.get_attribute("aria-label").unwrap_or_else(text)
}

impl Screen {
    fn elements(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).expect("a selector");
        (0..found.length())
            .filter_map(|at| found.item(at))
            .map(JsCast::unchecked_into)
            .collect()
    }

    /// The names of all that match.
    pub(crate) fn all(&self, selector: &str) -> Vec<String> {
        self.elements(selector).iter().map(name).collect()
    }

    /// Something matches.
    pub(crate) fn see_(&self, selector: &str) {
        assert!(
            !self.elements(selector).is_empty(),
            "no {selector} in {}",
            self.root.inner_html()
        );
    }

    /// Nothing matches.
    pub(crate) fn miss_(&self, selector: &str) {
        assert!(
            self.elements(selector).is_empty(),
            "{selector} in {}",
            self.root.inner_html()
        );
    }

    fn named(&self, wanted: &str) -> HtmlElement {
        let pressable = self.elements("button, a, label");
        let found = pressable
            .into_iter()
            .find(|element| name(element).starts_with(wanted));
        found
            .unwrap_or_else(|| panic!("nothing named {wanted} in {}", self.root.inner_html()))
            .unchecked_into()
    }

    /// Taps what begins with this name.
    pub(crate) async fn tap_(&self, wanted: &str) {
        self.named(wanted).click();
        tick().await;
    }

    /// Gives it the focus.
    pub(crate) fn focus_(&self, wanted: &str) {
        self.named(wanted)
            .focus()
            .expect("something that takes the focus");
    }

    /// Presses a key where the focus is.
    pub(crate) async fn press_(&self, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("a key");
        document()
            .active_element()
            .expect("a focus")
            .dispatch_event(&event)
            .expect("a press");
        tick().await;
    }

    /// Asks the open dialog to close, as the Escape key does (a key made by a script does not reach the browser itself).
    pub(crate) async fn escape_(&self) {
        let dialog = self.elements("dialog[open]").pop().expect("an open dialog");
        let close: Function = Reflect::get(&dialog, &JsValue::from("requestClose"))
            .expect("a method")
            .unchecked_into();
        close.call0(&dialog).expect("a wish to close");
        tick().await;
    }

    /// What stands in a field.
    pub(crate) fn value_(&self, selector: &str) -> String {
        let field: HtmlInputElement = self.elements(selector).pop().expect("a field").unchecked_into();
        field.value()
    }

    /// Types into a field, replacing what it held.
    pub(crate) async fn type_(&self, selector: &str, text: &str) {
        let field: HtmlInputElement = self.elements(selector).pop().expect("a field").unchecked_into();
        field.set_value(text);
        let event = web_sys::Event::new("input").expect("an event");
        field.dispatch_event(&event).expect("an input");
        tick().await;
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.root.remove();
    }
}
