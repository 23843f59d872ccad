//! No screen has this address.

use booking::Route;
use leptos::prelude::*;

use crate::desk::Desk;
use crate::ui::{ButtonKind, LinkButton, PageHeading};

/// Says so, and leads back.
#[component]
pub fn NotFound() -> impl IntoView {
    let words = Desk::here().words;
    let w = &words.not_found;
    view! {
        <div class="narrow stack">
            <PageHeading title=w.heading text=w.text />
            <div class="row">
                <LinkButton href=Route::home().format() text=w.home kind=ButtonKind::Primary />
                <LinkButton href=Route::Bookings.format() text=words.shell.nav_bookings />
            </div>
        </div>
    }
}
