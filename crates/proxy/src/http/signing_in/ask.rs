//! `/sign-in/email`: which address? Then an e-mail goes to it, if it is one that the studio has.
//!
//! The answer is the same for every address and waits for nobody: whether it is known is asked after it has gone.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use booking::{FailureKind, Lang, Route, session::EMAIL_PATH};
use serde::Deserialize;

use super::plain::{Page, troubled};
use super::step::Step;
use super::{CODE_PATH, LINK_ROUTE, append, at, next};
use crate::app::App;
use crate::http::error::Trouble;
use crate::http::filled_in::FilledIn;
use crate::http::member::known_device;
use crate::http::tongue::Tongue;
use crate::identity::{ByEmail, Guess, Letter, SignInError, is_email, members_at};
use crate::mail::Contents;
use crate::page::plain::{Ask, Screen, Trouble as Shown};

/// Deliberately not `Debug`: it is not for logs.
#[derive(Deserialize)]
pub(in crate::http) struct Filled {
    pub(in crate::http) email: String,
}

pub(super) async fn show(State(app): State<Arc<App>>, tongue: Tongue, uri: Uri) -> Response {
    page(&app, &tongue, next(&uri)).show(StatusCode::OK, &screen(&next(&uri), "", false, None))
}

pub(super) async fn handle(State(app): State<Arc<App>>, sent: FilledIn<Filled>) -> Response {
    let FilledIn { tongue, next, .. } = &sent;
    let typed = sent.form.as_ref().map_or("", |filled| filled.email.trim());
    if !is_email(typed) {
        let screen = screen(next, typed, true, None);
        return page(&app, tongue, next.clone()).show(StatusCode::UNPROCESSABLE_ENTITY, &screen);
    }
    match ask(&app, tongue, &sent.headers, sent.from, typed, next).await {
        Ok(response) => response,
        Err(trouble) => {
            tracing::info!(kind = %trouble.kind(), "no e-mail was asked for");
            let (status, shown) = troubled(&trouble);
            page(&app, tongue, next.clone()).show(status, &screen(next, typed, false, Some(shown)))
        }
    }
}

fn page<'a>(app: &'a App, tongue: &Tongue, next: Route) -> Page<'a> {
    Page {
        app,
        lang: tongue.lang,
        here: at(EMAIL_PATH, &next),
        next,
    }
}

fn screen(next: &Route, typed: &str, invalid: bool, trouble: Option<Shown>) -> Screen {
    Screen::Ask(Ask {
        action: at(EMAIL_PATH, next),
        typed: typed.to_owned(),
        invalid,
        trouble,
    })
}

async fn ask(
    app: &Arc<App>,
    tongue: &Tongue,
    headers: &HeaderMap,
    from: IpAddr,
    email: &str,
    next: &Route,
) -> Result<Response, Trouble> {
    let now = app.clock.now();
    let device = known_device(headers, app);
    let guess = Guess {
        identity: email,
        address: from,
        device: device.as_ref().and_then(|device| device.name_for(email)),
    };
    let slowed = app
        .mail_brake
        .admit(guess, now)
        .await
        .map_err(SignInError::from)?;
    tokio::time::sleep(slowed).await;
    let by_email = ByEmail {
        seal: &app.seal,
        store: &*app.store,
        upstream: &app.upstream,
    };
    let letter = by_email.ask(email, &next.format(), now).await?;
    let step = Step::Sent {
        id: letter.id.clone(),
        email: email.to_owned(),
    };
    let cookie = step
        .cookie(app, headers)
        .ok_or_else(|| Trouble::of(FailureKind::Internal))?;
    let link = link(app, headers, &letter);
    send(app, tongue, email.to_owned(), letter, link)?;
    let mut response = Redirect::to(&at(CODE_PATH, next)).into_response();
    append(&mut response, cookie);
    Ok(response)
}

/// Only where the operator says what we are called from outside: whoever asks could say anything else, and it would stand
/// in another person's e-mail.
fn link(app: &App, headers: &HeaderMap, letter: &Letter) -> Option<String> {
    let asked = headers
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok());
    let origins = &app.settings.server.origins;
    let origin = origins
        .iter()
        .find(|ours| Some(ours.as_str()) == asked)
        .or(origins.first())?;
    let path = LINK_ROUTE.replace("{token}", &letter.token);
    Some(format!("{}{path}", origin.as_str()))
}

/// Finds out to whom, and writes to the address that the studio has, never to the one that was typed.
fn send(
    app: &Arc<App>,
    tongue: &Tongue,
    email: String,
    letter: Letter,
    link: Option<String>,
) -> Result<(), Trouble> {
    let busy = || Trouble::of(FailureKind::Busy);
    let mailer = app.mailer.as_ref().ok_or_else(busy)?;
    let (app, lang, accepts) = (Arc::clone(app), tongue.lang, tongue.accepts.clone());
    let work = async move {
        match members_at(&app.upstream, &email, &accepts).await {
            Ok(members) => {
                let stored = members.into_iter().find_map(|member| member.email);
                if let Some(stored) = stored {
                    deliver(&app, lang, &stored, &letter, link.as_deref()).await;
                }
            }
            Err(error) => tracing::warn!(%error, "nobody could be asked for whom an e-mail is"),
        }
    };
    if mailer.later(work) { Ok(()) } else { Err(busy()) }
}

async fn deliver(app: &App, lang: Lang, to: &str, letter: &Letter, link: Option<&str>) {
    let contents = Contents {
        lang,
        studio: app.contact.name.as_deref().unwrap_or_default(),
        digits: &letter.digits,
        link,
    };
    if let Some(mailer) = &app.mailer {
        mailer.send(to, &contents).await;
    }
}
