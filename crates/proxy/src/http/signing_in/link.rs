//! `/sign-in/link/{token}`: the link of an e-mail. It leads to a page with one button, as programs that look through
//! e-mails follow links, and would use it up.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use booking::{Route, session::EMAIL_PATH};

use super::choose::proven;
use super::plain::{Page, troubled};
use super::{LINK_ROUTE, at};
use crate::app::App;
use crate::http::error::Trouble;
use crate::http::pace::address;
use crate::http::sent::Named;
use crate::http::tongue::Tongue;
use crate::identity::{ByEmail, EmailError};
use crate::page::plain::{Link, Screen, Trouble as Shown};

/// Twice 16 bytes in Base64.
const TOKEN: usize = 44;

pub(super) async fn show(State(app): State<Arc<App>>, tongue: Tongue, Named(token): Named) -> Response {
    if is_token(&token) {
        return page(&app, &tongue).show(StatusCode::OK, &screen(&token, None));
    }
    // Cut off by what shows e-mails: it is said before the button is tried.
    page(&app, &tongue).show(StatusCode::GONE, &screen("", Some(Shown::Expired)))
}

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    tongue: Tongue,
    headers: HeaderMap,
    Named(token): Named,
) -> Response {
    let by_email = ByEmail {
        seal: &app.seal,
        store: &*app.store,
        upstream: &app.upstream,
    };
    let (status, shown) = match by_email.follow(&token, app.clock.now(), &tongue.accepts).await {
        Ok(found) => {
            let next = own(&found.next);
            let from = address(&app, peer, &headers);
            match proven(&app, &headers, from, found, &next).await {
                Ok(response) => return response,
                Err(trouble) => troubled(&trouble),
            }
        }
        Err(EmailError::Gone | EmailError::UsedUp | EmailError::Wrong(_)) => {
            (StatusCode::GONE, Shown::Expired)
        }
        Err(error) => troubled(&Trouble::from(error)),
    };
    page(&app, &tongue).show(status, &screen(&token, Some(shown)))
}

/// Written by us when it was asked for; read again all the same.
fn own(next: &str) -> Route {
    match Route::parse(next) {
        Route::NotFound(_) | Route::SignIn(_) => Route::home(),
        route => route,
    }
}

/// In another language one begins anew: the token is for nobody's list of addresses.
fn page<'a>(app: &'a App, tongue: &Tongue) -> Page<'a> {
    Page {
        app,
        lang: tongue.lang,
        here: EMAIL_PATH.to_owned(),
        next: Route::home(),
    }
}

/// Whether it can be one of ours; which one, the store knows.
fn is_token(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    text.len() == TOKEN && text.bytes().all(plain)
}

fn screen(token: &str, trouble: Option<Shown>) -> Screen {
    let token = if is_token(token) { token } else { "" };
    Screen::Link(Link {
        action: LINK_ROUTE.replace("{token}", token),
        again: at(EMAIL_PATH, &Route::home()),
        trouble,
    })
}
