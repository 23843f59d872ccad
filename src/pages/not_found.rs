//! No screen has this address.

use booking::Route;

use crate::desk::Desk;
use crate::ui::html::{Html, el};
use crate::ui::{ButtonKind, LinkButton, page_heading};

/// Says so, and leads back.
pub fn screen() -> Html {
    let words = Desk::here().words;
    let w = &words.not_found;
    let ways = el("div")
        .class("row")
        .child(LinkButton::new(Route::home().format(), w.home).kind(ButtonKind::Primary))
        .child(LinkButton::new(
            Route::Bookings.format(),
            words.shell.nav_bookings,
        ));
    el("div")
        .class("narrow stack")
        .child(page_heading(w.heading, w.text))
        .child(ways)
        .into()
}
