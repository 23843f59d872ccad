//! `POST /sign-in?next=<address>`: the sign-in screen's form, sent by a browser in which the app has not started. In a
//! body, so that no number and no birth date ever stands in an address.
//!
//! It leads on where it was right. Where it was not, a page of our own says why and has the form once more: an address
//! would say nothing of it, and the app may never start there.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use booking::{Route, SignIn};
use chrono::NaiveDate;
use serde::Deserialize;

use super::member::with_cookies;
use super::pace::address;
use super::session::establish;
use super::signing_in::{Page, failed, next};
use super::tongue::Tongue;
use crate::app::App;
use crate::page::plain::{ByNumber, Screen};

/// The screen's own address.
pub(super) const PATH: &str = "/sign-in";

/// The fields, by the names that the screen gives them. Deliberately not `Debug`: they are not for logs.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Filled {
    number: String,
    birth_date: String,
}

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    tongue: Tongue,
    headers: HeaderMap,
    uri: Uri,
    form: Result<Form<Filled>, FormRejection>,
) -> Response {
    let next = next(&uri);
    // Sent by nobody whom we gave the form to.
    if !app.settings.identity.by_number {
        return Redirect::to(&next.through_sign_in().format()).into_response();
    }
    let filled = form.map(|Form(filled)| filled).unwrap_or_default();
    let mut again = ByNumber {
        action: next.clone().through_sign_in().format(),
        number_missing: filled.number.trim().is_empty(),
        born_invalid: filled.born().is_none(),
        trouble: None,
    };
    let Some(answer) = filled.answer() else {
        return once_more(&app, &tongue, next, StatusCode::UNPROCESSABLE_ENTITY, again);
    };
    let from = address(&app, peer, &headers);
    match establish(&app, &answer, from, &headers, &tongue).await {
        Ok((_, cookies)) => with_cookies(Redirect::to(&next.format()).into_response(), cookies),
        Err(trouble) => {
            tracing::info!(kind = %trouble.kind(), "a form did not sign in");
            again.trouble = Some(failed(&trouble));
            once_more(&app, &tongue, next, trouble.status(), again)
        }
    }
}

fn once_more(app: &App, tongue: &Tongue, next: Route, status: StatusCode, again: ByNumber) -> Response {
    let page = Page {
        app,
        lang: tongue.lang,
        here: next.clone().through_sign_in().format(),
        next,
    };
    page.show(status, &Screen::ByNumber(again))
}

impl Filled {
    fn born(&self) -> Option<NaiveDate> {
        self.birth_date.parse().ok()
    }

    fn answer(&self) -> Option<SignIn> {
        let customer_number = Some(self.number.trim().to_owned()).filter(|number| !number.is_empty())?;
        Some(SignIn {
            customer_number,
            date_of_birth: self.born()?,
        })
    }
}
