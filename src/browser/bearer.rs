//! What calls say who they are by, where the app is in a frame whose browser keeps no cookie. In this memory and nowhere else: it
//! goes with the page.

use std::cell::Cell;

thread_local! {
    static HELD: Cell<Option<String>> = const { Cell::new(None) };
    static USED: Cell<bool> = const { Cell::new(false) };
}

/// From now on calls carry it.
pub(super) fn used() {
    USED.set(true);
}

/// What a call is to carry.
pub(super) fn carried() -> Option<String> {
    if !USED.get() {
        return None;
    }
    let held = HELD.take();
    HELD.set(held.clone());
    held
}

/// An answer came with one, or says by an empty one that there is none any more. One to a call of an earlier member's, who has
/// signed out since, changes nothing.
pub(super) fn given(bearer: String, asked_with: Option<String>) {
    let held = HELD.take();
    let of_before = USED.get() && asked_with != held;
    HELD.set(match of_before {
        true => held,
        false => Some(bearer).filter(|bearer| !bearer.is_empty()),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer to a call of just now, with this in its header.
    fn answered(bearer: &str) {
        given(bearer.to_owned(), carried());
    }

    #[test]
    fn none_is_carried_until_a_cookie_was_tried_in_vain() {
        answered("a");
        assert_eq!(carried(), None);
        used();
        assert_eq!(carried().as_deref(), Some("a"));
        assert_eq!(carried().as_deref(), Some("a"), "by each call");
    }

    #[test]
    fn it_is_renewed_and_given_up_and_had_again() {
        answered("a");
        used();
        answered("b");
        assert_eq!(carried().as_deref(), Some("b"));
        answered("");
        assert_eq!(carried(), None);
        answered("c");
        assert_eq!(carried().as_deref(), Some("c"));
    }

    #[test]
    fn a_late_answer_to_whoever_was_here_before_changes_nothing() {
        answered("of the first");
        used();
        let late = carried();
        answered("");
        answered("of the second");
        given("of the first, anew".to_owned(), late);
        assert_eq!(carried().as_deref(), Some("of the second"));
    }

    #[test]
    fn where_a_cookie_was_kept_nothing_is_left_to_carry() {
        answered("a");
        answered("");
        used();
        assert_eq!(carried(), None);
    }
}
