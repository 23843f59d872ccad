//! `POST /sign-in?next=<address>`: the sign-in screen's form, sent by a browser in which the app has not started. In a
//! body, so that no number and no birth date ever stands in an address.
//!
//! It leads on where it was right. Where it was not, a page of our own says why and has the form once more: an address
//! would say nothing of it, and the app may never start there.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use booking::{Route, SignIn};
use chrono::NaiveDate;
use serde::Deserialize;

use super::filled_in::FilledIn;
use super::member::with_cookies;
use super::offer::Offer;
use super::openapi::{Told, field, goes_on, next as next_to, page};
use super::session::establish;
use super::signing_in::{Page, failed};
use super::tongue::Tongue;
use super::{assets, pace};
use crate::app::App;
use crate::page::plain::{ByNumber, Screen};

/// The screen's own address.
const PATH: &str = "/sign-in";

/// The screen, and what its form sends. Only that is counted as a call.
pub(super) fn offer(app: &Arc<App>) -> Offer<Arc<App>> {
    let screen = Told::get(PATH, "signInScreen", "The screen that signs in.")
        .takes(next_to())
        .answers(200, page("The screen."))
        .answers(
            503,
            page("The screen, which the app has to draw by itself: too much at once."),
        )
        .fails(&[421]);
    let sent = Told::post(PATH, "signInByForm", "Signs in, where the app has not started.")
        .takes(next_to())
        .reads_form([
            ("number", true, field("The number on the member's card.")),
            ("birth-date", true, field("The birth date.")),
        ])
        .answers(303, goes_on())
        .sets_cookies(303)
        .fails(&[403, 421, 503]);
    let sent = sent.on_page(
        &[401, 422, 429, 500, 502, 503, 504],
        "The form once more, and why.",
    );
    let counted = from_fn_with_state(Arc::clone(app), pace::keep);
    let sent = Offer::new().serve(sent, handle);
    sent.around(|router| router.layer(counted))
        .and(Offer::new().serve(screen, assets::file_or_page))
}

/// The fields, by the names that the screen gives them. Deliberately not `Debug`: they are not for logs.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Filled {
    number: String,
    birth_date: String,
}

pub(super) async fn handle(State(app): State<Arc<App>>, sent: FilledIn<Filled>) -> Response {
    let next = sent.next;
    // Sent by nobody whom we gave the form to.
    if !app.settings.identity.by_number {
        return Redirect::to(&next.through_sign_in().format()).into_response();
    }
    let filled = sent.form.unwrap_or_default();
    let mut again = ByNumber {
        action: next.clone().through_sign_in().format(),
        number_missing: filled.number.trim().is_empty(),
        born_invalid: filled.born().is_none(),
        trouble: None,
    };
    let Some(answer) = filled.answer() else {
        return once_more(&app, &sent.tongue, next, StatusCode::UNPROCESSABLE_ENTITY, again);
    };
    match establish(&app, &answer, sent.from, &sent.headers, &sent.tongue).await {
        Ok((_, begun)) => with_cookies(Redirect::to(&next.format()).into_response(), begun.cookies),
        Err(trouble) => {
            tracing::info!(kind = %trouble.kind(), "a form did not sign in");
            again.trouble = Some(failed(&trouble));
            once_more(&app, &sent.tongue, next, trouble.status(), again)
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

    pub(super) fn answer(&self) -> Option<SignIn> {
        let customer_number = Some(self.number.trim().to_owned()).filter(|number| !number.is_empty())?;
        Some(SignIn {
            customer_number,
            date_of_birth: self.born()?,
        })
    }
}
