//! What a drawn page carries for the browser to start from, as JSON in the page. Never anything of a member.

use booking::Boot;
use serde::{Deserialize, Serialize};

/// The element the app is drawn into.
pub const ROOT: &str = "app";

/// The element that holds the JSON of a [`Carried`].
pub const ELEMENT: &str = "boot";

/// The state a page was drawn from, and a way to see whether it was changed since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// What the app starts from.
    pub boot: Boot,
    /// How many elements were drawn. A page that was translated or cleaned up before the app started has another number,
    /// and is drawn anew instead of being taken over.
    pub elements: usize,
}
