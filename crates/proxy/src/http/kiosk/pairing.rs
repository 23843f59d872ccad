//! `POST /kiosk/pair`, and `/kiosk`, the same by hand: a code that staff made (`frontdesk-proxy kiosk pair`) makes this
//! device a kiosk.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Form, Json};
use booking::kiosk::PATH;
use booking::{FailureKind, KioskView, Pairing, Route};
use serde::Deserialize;

use super::device::{end, kept, of};
use crate::app::App;
use crate::http::error::Trouble;
use crate::http::member::{unset_device, with_cookies};
use crate::http::pace::address;
use crate::http::sent::Sent;
use crate::http::signing_in::plain::{Page, troubled};
use crate::http::tongue::Tongue;
use crate::identity::{self, Guess, Kiosk, PairingCode, SignInError};
use crate::page::plain::{Pair, Screen, Trouble as Shown};

/// Deliberately not `Debug`: it is not for logs.
#[derive(Deserialize)]
pub(super) struct Filled {
    ten: String,
}

pub(in crate::http) async fn pair(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Sent(pairing): Sent<Pairing>,
) -> Result<Response, Trouble> {
    let from = address(&app, peer, &headers);
    let (kiosk, cookies) = paired(&app, &headers, from, &pairing.code).await?;
    let name = kiosk.name().to_owned();
    Ok(with_cookies(Json(KioskView { name }).into_response(), cookies))
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    tongue: Tongue,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let page = page(&app, &tongue);
    let Some(kiosk) = of(&headers, &app).await? else {
        return Ok(page.show(StatusCode::OK, &screen(false, None)));
    };
    let shown = page.show(StatusCode::OK, &Screen::Paired(kiosk.name().to_owned()));
    Ok(with_cookies(shown, [kept(&kiosk, &headers, &app)?]))
}

pub(super) async fn fill(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    tongue: Tongue,
    headers: HeaderMap,
    form: Result<Form<Filled>, FormRejection>,
) -> Response {
    let typed = form.map(|Form(filled)| filled.ten).unwrap_or_default();
    if PairingCode::typed(&typed).is_none() {
        return page(&app, &tongue).show(StatusCode::UNPROCESSABLE_ENTITY, &screen(true, None));
    }
    match paired(&app, &headers, address(&app, peer, &headers), &typed).await {
        Ok((_, cookies)) => with_cookies(Redirect::to(&Route::home().format()).into_response(), cookies),
        Err(trouble) => {
            let (status, shown) = troubled(&trouble);
            page(&app, &tongue).show(status, &screen(false, Some(shown)))
        }
    }
}

/// Uses a code, and ends what is left on the device of whoever used it before: it is nobody's own now.
async fn paired(
    app: &App,
    headers: &HeaderMap,
    from: IpAddr,
    typed: &str,
) -> Result<(Kiosk, Vec<HeaderValue>), Trouble> {
    // What can be no code is no guess at one.
    let code = PairingCode::typed(typed).ok_or_else(wrong)?;
    let kiosk = used(app, from, &code).await?;
    tracing::info!(kiosk = kiosk.name(), "a device was paired");
    let left = end(headers, app)
        .await?
        .into_iter()
        .chain(unset_device(headers, app));
    let cookies = left.chain([kept(&kiosk, headers, app)?]).collect();
    Ok((kiosk, cookies))
}

/// Counted by address, and for each code by itself: nobody can lock others out of a code that they do not know.
async fn used(app: &App, from: IpAddr, code: &PairingCode) -> Result<Kiosk, Trouble> {
    let (hash, now) = (code.hash(), app.clock.now());
    let guess = Guess {
        identity: &hash,
        address: from,
        device: None,
    };
    let pair = async {
        Kiosk::pair(&*app.store, code, now)
            .await?
            .ok_or(SignInError::Wrong)
    };
    let paired = identity::guessed(&app.pairing_brake, guess, Duration::ZERO, now, pair).await;
    paired.map_err(|error| match error {
        SignInError::Wrong => wrong(),
        other => other.into(),
    })
}

fn wrong() -> Trouble {
    Trouble::of(FailureKind::NotRecognised)
}

fn page<'a>(app: &'a App, tongue: &Tongue) -> Page<'a> {
    Page {
        app,
        lang: tongue.lang,
        here: PATH.to_owned(),
        next: Route::home(),
    }
}

fn screen(invalid: bool, trouble: Option<Shown>) -> Screen {
    Screen::Pair(Pair {
        action: PATH.to_owned(),
        invalid,
        trouble,
    })
}
