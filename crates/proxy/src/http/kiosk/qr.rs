//! `GET /kiosk/qr.svg`: what stands on the kiosk's screen, to be taken along on a phone.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use booking::{FailureKind, Route};
use serde::Deserialize;

use crate::app::App;
use crate::http::calendar_qr::picture;
use crate::http::error::Trouble;
use crate::http::own_origin::own_origin;
use crate::http::sent::Asking;
use crate::identity::Kiosk;

/// No address of the app is longer, and no camera reads what would be.
const LONGEST: usize = 500;

#[derive(Deserialize)]
pub(super) struct Asked {
    to: String,
}

/// Leads nowhere but to a screen of ours: what is asked for is read as an address of the app, and what is shown is what was
/// read, at our own origin.
pub(super) async fn to_page(
    State(app): State<Arc<App>>,
    _: Kiosk,
    uri: Uri,
    headers: HeaderMap,
    Asking(asked): Asking<Asked>,
) -> Result<Response, Trouble> {
    let path = own(&asked.to).ok_or_else(|| Trouble::of(FailureKind::BadRequest))?;
    picture(&(own_origin(&app, &uri, &headers) + &path))
}

fn own(address: &str) -> Option<String> {
    let is_short = address.len() <= LONGEST;
    let route = is_short.then(|| Route::parse(address))?;
    (!matches!(route, Route::NotFound(_))).then(|| route.format())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_app_has_a_screen_for_is_led_to() {
        for (asked, shown) in [
            ("/", "/"),
            ("/services/7?day=2026-12-02", "/services/7?day=2026-12-02"),
            ("/services/7?place=kiosk&x=<script>", "/services/7"),
            ("//services/7", "/services/7"),
            ("/sign-in?next=https://evil.example/", "/sign-in"),
        ] {
            assert_eq!(own(asked).as_deref(), Some(shown), "{asked}");
        }
        for evil in [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "javascript:alert(1)",
            "evil.example",
            "@evil.example/",
            "/session",
            "/kiosk",
            "/%2e%2e/",
            "/services/7/..",
            &format!("/services/7?q={}", "x".repeat(500)),
        ] {
            assert_eq!(own(evil), None, "{evil}");
        }
    }
}
