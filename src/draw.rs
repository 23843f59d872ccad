//! Draws a page natively, with the components that the browser takes over.

use crate::leptos::*;
use booking::flow::State;
use booking::{Boot, Lang, Route};

use crate::app::{app, title};
use crate::boot::Carried;
use crate::desk::Desk;

/// A drawn page, to be put into `index.html`.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// What goes into the element [`crate::boot::ROOT`].
    pub html: String,
    /// What goes into the element [`crate::boot::ELEMENT`]: JSON without any `<`.
    pub boot: String,
    /// The document's title, not escaped.
    pub title: String,
    /// The document's language.
    pub lang: Lang,
    /// 404 where no screen has the address, else 200.
    pub status: u16,
}

/// Draws the page that an address (path and query) names.
///
/// # Errors
/// Where `boot` cannot be written as JSON.
pub fn draw(boot: &Boot, address: &str) -> Result<Drawn, serde_json::Error> {
    let route = Route::parse(address);
    let status = if matches!(route, Route::NotFound(_)) {
        404
    } else {
        200
    };
    let title = title(words::words(boot.lang), boot, &State::new(boot, route.clone()));
    let html = html(boot.clone(), route);
    let carried = Carried {
        boot: boot.clone(),
        elements: count_elements(&html),
    };
    let json = serde_json::to_string(&carried)?.replace('<', "\\u003c");
    Ok(Drawn {
        html,
        boot: json,
        title,
        lang: boot.lang,
        status,
    })
}

fn html(boot: Boot, route: Route) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        let desk = Desk::new(boot, route, |_| Callback::new(|_| ()));
        app(desk).to_html()
    });
    owner.unset();
    html
}

/// Text and attributes are escaped, so a `<` before a letter opens an element.
fn count_elements(html: &str) -> usize {
    let bytes = html.as_bytes();
    bytes
        .windows(2)
        .filter(|pair| matches!(pair, [b'<', letter] if letter.is_ascii_alphabetic()))
        .count()
}
