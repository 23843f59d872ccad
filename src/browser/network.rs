//! Whether the device has a network, and whether the tab is looked at.

use std::time::Duration;

use crate::leptos::*;

use super::listen::listen;

/// How often it is asked whether what is looked at has become stale. Several times in the minute after which it has.
const TICK: Duration = Duration::from_secs(15);

/// Whether the device says that it has a network.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Calls back when the network comes or goes.
pub fn on_change(changed: impl Fn(bool) + Clone + 'static) {
    let gone = changed.clone();
    listen("online", Box::new(move |_| changed(true)));
    listen("offline", Box::new(move |_| gone(false)));
}

/// Calls back when the tab is looked at again, and every so often while it is.
pub fn on_return(returned: impl Fn() + Clone + 'static) {
    let looked_at = || !document().hidden();
    let still = returned.clone();
    let seen = move |_| {
        if looked_at() {
            returned();
        }
    };
    listen("visibilitychange", Box::new(seen));
    let tick = move || {
        if looked_at() {
            still();
        }
    };
    // Without timers a page still works, it is only not refreshed by itself.
    let _ = set_interval_with_handle(tick, TICK);
}
