//! The app in an element of the page: put there, or found there as it was drawn.

use any_spawner::Executor;
use web_sys::HtmlElement;

use crate::leptos::*;
use crate::ui::html::Html;

type Shown = <Html as Render>::State;

/// What is shown, and what it follows; taken off again when dropped.
pub struct Mounted {
    shown: Shown,
    owner: Owner,
}

impl Mounted {
    fn new(show: impl FnOnce() -> Shown) -> Self {
        // Refused only where effects are run already.
        let _ = Executor::init_wasm_bindgen();
        let owner = Owner::new();
        let shown = owner.with(show);
        Self { shown, owner }
    }

    /// It stays as long as the page.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.owner.cleanup();
        self.shown.unmount();
    }
}

/// Puts something into an element that is empty.
pub fn show_in(root: &HtmlElement, app: impl FnOnce() -> Html) -> Mounted {
    Mounted::new(|| {
        let mut shown = app().build();
        shown.mount(root, None);
        shown
    })
}

/// Takes over what was drawn into an element, for as long as the page is open.
#[cfg(feature = "hydrate")]
pub fn take_over(root: HtmlElement, app: impl FnOnce() -> Html) {
    use tachys::hydration::Cursor;
    use tachys::view::PositionState;

    let drawn = Cursor::new(root.into());
    Mounted::new(|| app().hydrate::<true>(&drawn, &PositionState::default())).forget();
}
