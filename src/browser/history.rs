//! Addresses and the browser's history. Links of ours are followed in the app, everything else by the browser.

use crate::leptos::*;
use booking::Route;
use booking::flow::Target;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, FocusOptions, HtmlElement, MouseEvent};

use super::listen::{closest, listen};

/// Path and query of the present address.
pub fn address() -> String {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    path + &location.search().unwrap_or_default()
}

/// A new entry.
pub fn push(route: &Route) {
    if let Ok(history) = window().history() {
        // Refused only by a browser that is flooded with entries; the screen is right all the same.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&route.format()));
    }
}

/// Shows the screen from its top.
pub fn scroll_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// The present entry becomes this one.
pub fn replace(route: &Route) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&route.format()));
    }
}

/// Calls back with the address the browser went to by itself.
pub fn on_back(went: impl Fn(Route) + 'static) {
    listen("popstate", Box::new(move |_| went(Route::parse(&address()))));
}

/// Calls back with where a link of ours leads, and keeps the browser from loading it.
pub fn on_link(go: impl Fn(Route) + 'static) {
    let clicked = move |event: Event| {
        let event: MouseEvent = event.unchecked_into();
        if let Some(route) = plain_click(&event).and_then(|()| link_of(&event)) {
            event.prevent_default();
            go(route);
        }
    };
    listen("click", Box::new(clicked));
}

/// A click that the browser would follow in this tab.
fn plain_click(event: &MouseEvent) -> Option<()> {
    (is_unmodified(event) && !event.default_prevented()).then_some(())
}

/// With the first button, and no key that opens another tab or saves.
pub(super) fn is_unmodified(event: &MouseEvent) -> bool {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    event.button() == 0 && !modified
}

/// Where a link leads that was clicked, if that is a screen of ours.
fn link_of(event: &MouseEvent) -> Option<Route> {
    let link = closest(event, "a[href]")?;
    let href = link.get_attribute("href")?;
    let elsewhere = link.has_attribute("target") || link.has_attribute("download") || !href.starts_with('/');
    match Route::parse(&href) {
        Route::NotFound(_) => None,
        _ if elsewhere => None,
        route => Some(route),
    }
}

/// Moves focus, once the screen is drawn; to the heading where what was meant is not there. To a heading without
/// scrolling: after Back the browser has put the member where they were.
pub fn focus(target: Target) {
    request_animation_frame(move || {
        let heading = || find("main h1");
        let (found, scrolls) = match target {
            Target::Heading => (None, false),
            Target::Choice => (find(".bar"), true),
            Target::Times => (find("input[name=time]:not(:disabled)"), true),
            Target::Booking => (find(".narrow .notice"), true),
        };
        let Some(element) = found.or_else(heading) else {
            return;
        };
        if element.tab_index() < 0 {
            let _ = element.set_attribute("tabindex", "-1");
        }
        let options = FocusOptions::new();
        options.set_prevent_scroll(!scrolls);
        let _ = element.focus_with_options(&options);
    });
}

fn find(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector).ok().flatten()?;
    found.dyn_into().ok()
}
