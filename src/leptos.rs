//! Leptos, by those of its crates that the app is made of: signals and effects (`reactive_graph`), drawing and taking over
//! (`tachys`), a browser's small things (`leptos_dom`). What the crate `leptos` would add nobody here uses: `view!` and what
//! belongs to it (`docs/decisions/0008-screens-are-values.md`), and server functions.

pub use leptos_dom::helpers::{
    document, queue_microtask, request_animation_frame, set_interval_with_handle, set_timeout, window,
};
pub use reactive_graph::callback::{Callable, Callback};
pub use reactive_graph::computed::Memo;
pub use reactive_graph::effect::Effect;
pub use reactive_graph::owner::{Owner, StoredValue, expect_context, provide_context};
pub use reactive_graph::prelude::*;
pub use reactive_graph::signal::RwSignal;
pub use tachys::view::{Mountable, Render, RenderHtml};
