//! Ways of signing in that need no app: the proxy draws their pages and answers their forms.
//!
//! By e-mail: `ask` which address, `enter` the digits, `choose` who of several; or `link`. From the gym's own site:
//! `hand_off`, and within a frame of it, by our app: `in_a_frame`. What one step knows and the next needs is in a sealed cookie (`step`), and what counts is in the store, so
//! any machine of a fleet can take the next one.

mod ask;
mod choose;
mod enter;
mod hand_off;
mod in_a_frame;
mod link;
mod offer;
pub(super) mod plain;
mod step;

pub(super) use plain::{Page, failed};

use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use booking::{Route, session::EMAIL_PATH};

use super::error::Trouble;
use super::member;
use crate::app::App;
use crate::identity::Established;

pub(super) use ask::Filled as Asked;
pub(super) use choose::Filled as Chosen;
pub(super) use enter::Filled as Entered;
pub(super) use hand_off::Sent as HandedOver;
pub(super) use offer::{offer, offer_to_other_sites};

const CODE_PATH: &str = "/sign-in/email/code";
const CHOOSE_PATH: &str = "/sign-in/email/choose";
const LINK_ROUTE: &str = "/sign-in/link/{token}";
const HAND_OFF_PATH: &str = "/sign-in/hand-off";
const HAND_OFF_ON_PATH: &str = "/sign-in/hand-off/on";

/// Whether an address is one of these pages that can be come back to, in another language.
pub(super) fn is_page(path: &str) -> bool {
    matches!(path, EMAIL_PATH | CODE_PATH | CHOOSE_PATH)
}

/// Where signing in leads: an address of ours, written by us.
pub(super) fn next(uri: &Uri) -> Route {
    next_of(uri.query().unwrap_or_default())
}

pub(super) fn next_of(query: &str) -> Route {
    match Route::parse(&format!("/sign-in?{query}")) {
        Route::SignIn(next) => *next,
        _ => Route::home(),
    }
}

/// One of these pages, on the way to `next`.
pub(super) fn at(path: &str, next: &Route) -> String {
    if *next == Route::home() {
        return path.to_owned();
    }
    let next = next.format();
    let query: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{path}?next={query}")
}

/// Begins a session for somebody who was established, makes the device known to them, and leads on.
async fn begin(
    app: &App,
    headers: &HeaderMap,
    who: &Established,
    identity: Option<&str>,
    next: &Route,
) -> Result<Response, Trouble> {
    // A page is led on to, and holds nothing.
    let cookies = member::begin(app, headers, who, identity).await?.cookies;
    let over = step::unset(headers, app);
    let on = Redirect::to(&next.format()).into_response();
    Ok(member::with_cookies(on, over.into_iter().chain(cookies)))
}

fn append(response: &mut Response, cookie: HeaderValue) {
    response.headers_mut().append(header::SET_COOKIE, cookie);
}
