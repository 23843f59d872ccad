//! `POST /sign-in?next=<address>`: the sign-in screen's form, sent by a browser in which the app has not started. In a
//! body, so that no number and no birth date ever stands in an address.
//!
//! It leads on where it was right, and back where it was not. Why not, the app says: an address says nothing of it.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use booking::SignIn;
use serde::Deserialize;

use super::member::with_cookies;
use super::pace::address;
use super::session::establish;
use super::signing_in::next;
use super::tongue::Tongue;
use crate::app::App;

/// The screen's own address.
pub(super) const PATH: &str = "/sign-in";

/// The fields, by the names that the screen gives them. Deliberately not `Debug`: they are not for logs.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    let back = Redirect::to(&next.clone().through_sign_in().format()).into_response();
    let Some(answer) = form.ok().and_then(|Form(filled)| answer(filled)) else {
        return back;
    };
    let from = address(&app, peer, &headers);
    match establish(&app, &answer, from, &headers, &tongue).await {
        Ok((_, cookies)) => with_cookies(Redirect::to(&next.format()).into_response(), cookies),
        Err(trouble) => {
            tracing::info!(kind = %trouble.kind(), "a form did not sign in");
            back
        }
    }
}

fn answer(filled: Filled) -> Option<SignIn> {
    let customer_number = Some(filled.number.trim().to_owned()).filter(|number| !number.is_empty())?;
    Some(SignIn {
        customer_number,
        date_of_birth: filled.birth_date.parse().ok()?,
    })
}
