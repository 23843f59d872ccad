//! `GET /language/{en|de}?next=<address>`: remembers a language and goes back. A link, so that it works before the app does.

use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use booking::{FailureKind, Lang, Route, kiosk, place};
use serde::Deserialize;

use super::error::Trouble;
use super::sent::{Asking, Named};
use super::signing_in;
use super::tongue::COOKIE;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
}

pub(super) async fn handle(Named(lang): Named, Asking(asked): Asking<Asked>) -> Result<Response, Trouble> {
    let lang = Lang::parse(&lang).ok_or_else(|| Trouble::of(FailureKind::NotFound))?;
    let cookie = format!("{COOKIE}={}; Path=/; SameSite=Lax; Max-Age=31536000", lang.tag());
    Ok((
        [(header::SET_COOKIE, cookie)],
        Redirect::to(&own_address(&asked.next)),
    )
        .into_response())
}

/// An address of ours, written by us: anything else would let a link send a member elsewhere.
pub(super) fn own_address(next: &str) -> String {
    let (path, query) = next.split_once('?').unwrap_or((next, ""));
    if signing_in::is_page(path) {
        return signing_in::at(path, &signing_in::next_of(query));
    }
    if let Some(own) = [kiosk::PATH, place::BUILDER_PATH]
        .into_iter()
        .find(|own| path == *own)
    {
        return own.to_owned();
    }
    match Route::parse(next) {
        Route::NotFound(_) => Route::home().format(),
        route => route.format(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_addresses_are_gone_back_to() {
        assert_eq!(
            own_address("/services/7?day=2026-12-02"),
            "/services/7?day=2026-12-02"
        );
        assert_eq!(
            own_address("/sign-in/email/code?next=%2Fbookings"),
            "/sign-in/email/code?next=%2Fbookings"
        );
        assert_eq!(own_address("/kiosk?code=x"), "/kiosk");
        for elsewhere in [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(own_address(elsewhere), "/", "{elsewhere}");
        }
    }
}
