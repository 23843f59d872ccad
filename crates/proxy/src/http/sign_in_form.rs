//! `POST /sign-in?next=<address>`: the sign-in screen's form, sent by a browser in which the app has not started. In a
//! body, so that no number and no birth date ever stands in an address.
//!
//! It leads on where it was right, and back where it was not. Why not, the app says: an address says nothing of it.

use std::sync::Arc;

use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use booking::SignIn;
use serde::Deserialize;

use super::filled_in::FilledIn;
use super::member::with_cookies;
use super::offer::Offer;
use super::openapi::{Told, field, goes_on, page, query};
use super::session::establish;
use super::{assets, pace};
use crate::app::App;

/// The screen's own address.
const PATH: &str = "/sign-in";

/// The screen, and what its form sends. Only that is counted as a call.
pub(super) fn offer(app: &Arc<App>) -> Offer<Arc<App>> {
    let next = || {
        query(
            "next",
            "Where to go on to; ours alone count.",
            field("An address."),
        )
    };
    let screen = Told::get(PATH, "signInScreen", "The screen that signs in.")
        .takes(next())
        .answers(200, page("The screen."))
        .answers(
            503,
            page("The screen, which the app has to draw by itself: too much at once."),
        )
        .fails(&[421]);
    let sent = Told::post(PATH, "signInByForm", "Signs in, where the app has not started.")
        .takes(next())
        .reads_form([
            ("number", true, field("The number on the member's card.")),
            ("birth-date", true, field("The birth date.")),
        ])
        .answers(303, goes_on())
        .sets_cookies(303)
        .fails(&[403, 421, 503]);
    let counted = from_fn_with_state(Arc::clone(app), pace::keep);
    let sent = Offer::new().serve(sent, handle);
    sent.around(|router| router.layer(counted))
        .and(Offer::new().serve(screen, assets::file_or_page))
}

/// The fields, by the names that the screen gives them. Deliberately not `Debug`: they are not for logs.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Filled {
    number: String,
    birth_date: String,
}

pub(super) async fn handle(State(app): State<Arc<App>>, sent: FilledIn<Filled>) -> Response {
    let next = sent.next;
    let back = Redirect::to(&next.clone().through_sign_in().format()).into_response();
    let Some(answer) = sent.form.and_then(answer) else {
        return back;
    };
    match establish(&app, &answer, sent.from, &sent.headers, &sent.tongue).await {
        Ok((_, cookies)) => with_cookies(Redirect::to(&next.format()).into_response(), cookies),
        Err(trouble) => {
            tracing::info!(kind = %trouble.kind(), "a form did not sign in");
            back
        }
    }
}

pub(super) fn answer(filled: Filled) -> Option<SignIn> {
    let customer_number = Some(filled.number.trim().to_owned()).filter(|number| !number.is_empty())?;
    Some(SignIn {
        customer_number,
        date_of_birth: filled.birth_date.parse().ok()?,
    })
}
