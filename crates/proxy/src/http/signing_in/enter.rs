//! `/sign-in/email/code`: which digits? What they stand for is in the store, what they are asked for in the step's cookie.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Redirect, Response};
use booking::{Route, session::EMAIL_PATH};
use serde::Deserialize;

use super::choose::proven;
use super::plain::{Page, troubled};
use super::step::Step;
use super::{CODE_PATH, at, next};
use crate::app::App;
use crate::http::error::Trouble;
use crate::http::filled_in::FilledIn;
use crate::http::tongue::Tongue;
use crate::identity::{ByEmail, EmailError, six_digits};
use crate::page::plain::{Enter, Screen, Trouble as Shown};

/// Deliberately not `Debug`: it is not for logs.
#[derive(Deserialize)]
pub(in crate::http) struct Filled {
    pub(in crate::http) digits: String,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    tongue: Tongue,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let next = next(&uri);
    match Step::of(&app, &headers) {
        Some(Step::Sent { email, .. }) => {
            let enter = enter(&app, &next, email);
            page(&app, &tongue, next).show(StatusCode::OK, &Screen::Enter(enter))
        }
        _ => from_the_start(&next),
    }
}

pub(super) async fn handle(State(app): State<Arc<App>>, sent: FilledIn<Filled>) -> Response {
    let FilledIn {
        from,
        tongue,
        headers,
        next,
        form,
    } = sent;
    let Some(Step::Sent { id, email }) = Step::of(&app, &headers) else {
        return from_the_start(&next);
    };
    let typed = form.map(|filled| filled.digits).unwrap_or_default();
    let mut enter = enter(&app, &next, email);
    let Some(digits) = six_digits(&typed) else {
        // As long as anything that somebody types: the page gives it back.
        enter.typed = typed.chars().take(20).collect();
        enter.invalid = true;
        return page(&app, &tongue, next).show(StatusCode::UNPROCESSABLE_ENTITY, &Screen::Enter(enter));
    };
    let by_email = ByEmail {
        seal: &app.seal,
        store: &*app.store,
        upstream: &app.upstream,
    };
    let checked = by_email
        .answer(&id, &digits, app.clock.now(), &tongue.accepts)
        .await;
    let done = match checked {
        Ok(found) => proven(&app, &headers, from, found, &next)
            .await
            .map_err(EnterError::Other),
        Err(error) => Err(EnterError::Digits(error)),
    };
    match done {
        Ok(response) => response,
        Err(error) => {
            let status = said(error, &mut enter);
            page(&app, &tongue, next).show(status, &Screen::Enter(enter))
        }
    }
}

enum EnterError {
    Digits(EmailError),
    Other(Trouble),
}

/// Puts on the page what went wrong.
fn said(error: EnterError, enter: &mut Enter) -> StatusCode {
    let (status, shown) = match error {
        EnterError::Digits(EmailError::Wrong(left)) => {
            enter.wrong = usize::try_from(left).ok();
            return StatusCode::UNPROCESSABLE_ENTITY;
        }
        EnterError::Digits(EmailError::UsedUp) => (StatusCode::TOO_MANY_REQUESTS, Shown::UsedUp),
        EnterError::Digits(EmailError::Gone) => (StatusCode::GONE, Shown::Expired),
        EnterError::Digits(error) => troubled(&Trouble::from(error)),
        EnterError::Other(trouble) => troubled(&trouble),
    };
    enter.trouble = Some(shown);
    status
}

fn enter(app: &App, next: &Route, email: String) -> Enter {
    Enter {
        action: at(CODE_PATH, next),
        again: at(EMAIL_PATH, next),
        email,
        typed: String::new(),
        invalid: false,
        wrong: None,
        trouble: None,
        late: app.mailer.as_ref().is_some_and(crate::mail::Mailer::is_late),
    }
}

fn page<'a>(app: &'a App, tongue: &Tongue, next: Route) -> Page<'a> {
    Page {
        app,
        lang: tongue.lang,
        here: at(CODE_PATH, &next),
        next,
    }
}

/// The step is over, or this browser never took it.
pub(super) fn from_the_start(next: &Route) -> Response {
    Redirect::to(&at(EMAIL_PATH, next)).into_response()
}
