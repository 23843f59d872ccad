//! `/sign-in/email/choose`: who of several that share an address? They are numbered here; no browser ever says an id.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Redirect, Response};
use booking::{FailureKind, Lang, Route};
use perfectgym::{Customer, CustomerStatus};
use serde::Deserialize;

use super::enter::from_the_start;
use super::plain::Page;
use super::step::{Somebody, Step, until};
use super::{CHOOSE_PATH, append, at, begin, next};
use crate::app::App;
use crate::http::error::Trouble;
use crate::http::filled_in::FilledIn;
use crate::http::member::known_device;
use crate::http::tongue::Tongue;
use crate::identity::{Guess, Proven};
use crate::page::plain::{Choose, Person, Screen};

#[derive(Deserialize)]
pub(in crate::http) struct Filled {
    pub(in crate::http) who: usize,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    tongue: Tongue,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let next = next(&uri);
    let Some(Step::Choose { people, .. }) = Step::of(&app, &headers) else {
        return from_the_start(&next);
    };
    let screen = Screen::Choose(Choose {
        action: at(CHOOSE_PATH, &next),
        people: people.into_iter().map(|who| person(tongue.lang, who)).collect(),
    });
    let page = Page {
        app: &app,
        lang: tongue.lang,
        here: at(CHOOSE_PATH, &next),
        next,
    };
    page.show(StatusCode::OK, &screen)
}

pub(super) async fn handle(State(app): State<Arc<App>>, sent: FilledIn<Filled>) -> Result<Response, Trouble> {
    let FilledIn {
        from,
        headers,
        next,
        form,
        ..
    } = sent;
    let Some(Step::Choose { id, email, people }) = Step::of(&app, &headers) else {
        return Ok(from_the_start(&next));
    };
    let chosen = form.and_then(|filled| people.get(filled.who).cloned());
    let Some(who) = chosen else {
        return Ok(Redirect::to(&at(CHOOSE_PATH, &next)).into_response());
    };
    if !app.store.use_once(&format!("choice {id}"), until(&app)).await? {
        return Ok(from_the_start(&next));
    }
    was_right(&app, &headers, from, &email).await;
    begin(&app, &headers, &who.established(), Some(&email), &next).await
}

/// They read the address's e-mails: signed in where it is one person's, else asked who they are.
pub(super) async fn proven(
    app: &App,
    headers: &HeaderMap,
    from: IpAddr,
    proven: Proven,
    next: &Route,
) -> Result<Response, Trouble> {
    let Proven {
        email, mut members, ..
    } = proven;
    if members.len() == 1
        && let Some(only) = members.pop()
    {
        was_right(app, headers, from, &email).await;
        return begin(app, headers, &only.into(), Some(&email), next).await;
    }
    // Members first: whoever shares an address with somebody who left is most likely the one who stayed.
    members.sort_by_key(|member| member.status != Some(CustomerStatus::Member));
    let step = Step::Choose {
        id: format!("{:032x}", rand::random::<u128>()),
        email,
        people: members.into_iter().map(somebody).collect(),
    };
    let cookie = step
        .cookie(app, headers)
        .ok_or_else(|| Trouble::of(FailureKind::Internal))?;
    let mut response = Redirect::to(&at(CHOOSE_PATH, next)).into_response();
    append(&mut response, cookie);
    Ok(response)
}

/// What was counted for the address starts afresh.
async fn was_right(app: &App, headers: &HeaderMap, from: IpAddr, email: &str) {
    let device = known_device(headers, app);
    let guess = Guess {
        identity: email,
        address: from,
        device: device.as_ref().and_then(|device| device.name_for(email)),
    };
    app.mail_brake.was_right(guess, app.clock.now()).await;
}

fn somebody(member: Customer) -> Somebody {
    // A dozen people have to fit into a cookie.
    let short = |name: String| name.chars().take(30).collect();
    Somebody {
        customer: member.id,
        first_name: member
            .first_name
            .map(short)
            .filter(|name: &String| !name.trim().is_empty()),
        status: member
            .status
            .map(|status| status.as_str().chars().take(40).collect()),
    }
}

fn person(lang: Lang, who: Somebody) -> Person {
    let status = who.status.as_deref().map(CustomerStatus::from);
    let words = &words::server_words(lang).by_email;
    Person {
        first_name: who.first_name,
        status: status.map_or("", |status| words.status(&status)),
    }
}
