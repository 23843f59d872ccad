//! What calls say who they are by, where the app is in a frame whose browser keeps no cookie. In this memory and nowhere else: it
//! goes with the page.

use std::cell::RefCell;

#[derive(Default)]
struct Held {
    /// Empty where there is none.
    bearer: String,
    used: bool,
}

thread_local! {
    static HELD: RefCell<Held> = RefCell::default();
}

/// From now on calls carry it.
pub(super) fn used() {
    HELD.with_borrow_mut(|held| held.used = true);
}

/// What a call is to carry.
pub(super) fn carried() -> Option<String> {
    HELD.with_borrow(|held| (held.used && !held.bearer.is_empty()).then(|| held.bearer.clone()))
}

/// An answer came with one, or says by an empty one that there is none any more. One to a call of an earlier member's, who has
/// signed out since, changes nothing.
pub(super) fn given(bearer: String, asked_with: Option<String>) {
    HELD.with_borrow_mut(|held| {
        if !held.used || asked_with.unwrap_or_default() == held.bearer {
            held.bearer = bearer;
        }
    });
}
