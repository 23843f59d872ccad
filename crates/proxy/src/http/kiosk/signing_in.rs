//! `POST /session/kiosk`: a member shows what they have with them. Whoever was signed in there before is not they, and is
//! signed out first, whatever comes of it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use booking::{FailureKind, KioskSignIn};

use super::device::{begin, end};
use crate::app::App;
use crate::http::error::Trouble;
use crate::http::member::with_cookies;
use crate::http::sent::Sent;
use crate::http::session::shown;
use crate::http::tongue::Tongue;
use crate::identity::{self, Established, Kiosk, KioskDesk, Medium, SignInError};
use crate::measure;

pub(in crate::http) async fn sign_in(
    State(app): State<Arc<App>>,
    kiosk: Kiosk,
    tongue: Tongue,
    headers: HeaderMap,
    Sent(given): Sent<KioskSignIn>,
) -> Result<Response, Trouble> {
    if !is_on(&app, &given) {
        return Err(Trouble::of(FailureKind::BadRequest));
    }
    let ended = end(&headers, &app).await?;
    let medium = Medium::of(plain(&app, given), app.settings.kiosk.card_format);
    match established(&app, &headers, &kiosk, &medium, &tongue).await {
        Ok((who, cookies)) => Ok(shown(identity::view(&who), cookies)),
        Err(trouble) => Ok(with_cookies(trouble.into_response(), ended)),
    }
}

fn is_on(app: &App, given: &KioskSignIn) -> bool {
    let on = app.settings.identity.at_kiosks;
    match given {
        KioskSignIn::Scan(_) => on.card || on.barcode,
        KioskSignIn::Card(_) => on.card,
        KioskSignIn::Barcode(_) => on.barcode,
        KioskSignIn::Pin { .. } => on.pin,
    }
}

/// Where a kiosk takes one of the two, a reader reads that.
fn plain(app: &App, given: KioskSignIn) -> KioskSignIn {
    let on = app.settings.identity.at_kiosks;
    match given {
        KioskSignIn::Scan(text) if !on.barcode => KioskSignIn::Card(text),
        KioskSignIn::Scan(text) if !on.card => KioskSignIn::Barcode(text),
        other => other,
    }
}

async fn established(
    app: &App,
    headers: &HeaderMap,
    kiosk: &Kiosk,
    medium: &Medium,
    tongue: &Tongue,
) -> Result<(Established, Vec<HeaderValue>), Trouble> {
    let desk = KioskDesk {
        upstream: &app.upstream,
        brake: &app.kiosk_brake,
        kiosk,
        no_sooner_than: app.settings.session.brakes.answer_no_sooner_than,
    };
    let checked = identity::by_medium(&desk, medium, app.clock.now(), &tongue.accepts).await;
    measure::shown_at_kiosk(medium.kind(), result(&checked));
    let who = checked.map_err(|error| said(error, app, kiosk, medium))?;
    app.kiosks_noted.right(kiosk);
    let cookies = begin(app, headers, &who, kiosk).await?;
    Ok((who, cookies))
}

/// What came of it, for figures.
fn result<T>(checked: &Result<T, SignInError>) -> &'static str {
    match checked {
        Ok(_) => "ok",
        Err(SignInError::Wrong) => "wrong",
        Err(SignInError::Locked(_)) => "locked",
        Err(SignInError::Upstream(_) | SignInError::Store(_)) => "failed",
    }
}

/// Staff are told where somebody may be guessing; of what was guessed, and at whom, nobody.
fn said(error: SignInError, app: &App, kiosk: &Kiosk, medium: &Medium) -> Trouble {
    match error {
        SignInError::Wrong => {
            let (wrong, kiosk, medium) = (app.kiosks_noted.wrong(kiosk), kiosk.name(), medium.kind());
            tracing::warn!(kiosk, medium, wrong, "nobody was recognised at a kiosk");
            Trouble::of(FailureKind::NotRecognised)
        }
        SignInError::Locked(locked) => {
            let (kiosk, seconds) = (kiosk.name(), locked.opens_in.num_seconds());
            tracing::warn!(kiosk, seconds, "too much was tried at a kiosk, and it waits");
            SignInError::Locked(locked).into()
        }
        error @ (SignInError::Upstream(_) | SignInError::Store(_)) => error.into(),
    }
}
