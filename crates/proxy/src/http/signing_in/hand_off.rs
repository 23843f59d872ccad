//! `/sign-in/hand-off`: the gym's own site sends a member over, with a token that it signed (docs/hand-off.md).
//!
//! The form comes from another site, so the guard against such does not apply, and what it is there for is done here. A
//! stranger could sign a member's browser in as themselves, with a token of their own, to read later what the member books
//! (login CSRF). So a token begins no session while somebody else is signed in: whoever sits there is asked. The form
//! itself brings no cookie (`SameSite=Lax`); the page that it leads to does, and looks.

use std::sync::Arc;

use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use booking::{FailureKind, Route};
use perfectgym::GetCustomer;
use serde::Deserialize;

use super::plain::Page;
use super::step::{self, Somebody, Step, until};
use super::{HAND_OFF_ON_PATH, append, begin, next_of};
use crate::app::App;
use crate::http::error::Trouble;
use crate::http::tongue::Tongue;
use crate::identity::{Established, HandOffError, Member, handed_over};
use crate::page::plain::{Other, Screen};
use crate::upstream::UpstreamError;

/// Deliberately not `Debug`: it is not for logs.
#[derive(Deserialize)]
pub(in crate::http) struct Sent {
    pub(in crate::http) token: String,
    #[serde(default)]
    pub(in crate::http) next: String,
}

#[derive(Deserialize)]
pub(super) struct Answered {
    answer: String,
}

pub(super) async fn by_form(
    State(app): State<Arc<App>>,
    tongue: Tongue,
    headers: HeaderMap,
    form: Result<Form<Sent>, FormRejection>,
) -> Result<Response, Trouble> {
    take(&app, &tongue, &headers, form.ok().map(|Form(sent)| sent)).await
}

pub(super) async fn by_link(
    State(app): State<Arc<App>>,
    tongue: Tongue,
    headers: HeaderMap,
    query: Result<Query<Sent>, QueryRejection>,
) -> Result<Response, Trouble> {
    take(&app, &tongue, &headers, query.ok().map(|Query(sent)| sent)).await
}

/// Checks the token, uses it, and leads on to where the browser sends its cookies along.
async fn take(
    app: &App,
    tongue: &Tongue,
    headers: &HeaderMap,
    sent: Option<Sent>,
) -> Result<Response, Trouble> {
    let Some(sent) = sent else {
        return Ok(refused(app, tongue));
    };
    let Some(who) = whom(app, tongue, &sent.token).await? else {
        return Ok(refused(app, tongue));
    };
    let query: String = url::form_urlencoded::byte_serialize(sent.next.as_bytes()).collect();
    let step = Step::HandedOver {
        id: format!("{:032x}", rand::random::<u128>()),
        who,
        next: next_of(&format!("next={query}")).format(),
    };
    let cookie = step
        .cookie(app, headers)
        .ok_or_else(|| Trouble::of(FailureKind::Internal))?;
    let mut response = Redirect::to(HAND_OFF_ON_PATH).into_response();
    append(&mut response, cookie);
    Ok(response)
}

/// Whom the token names, where it is believed and the upstream has them.
pub(super) async fn whom(app: &App, tongue: &Tongue, token: &str) -> Result<Option<Somebody>, Trouble> {
    let Some(gym) = &app.settings.identity.hand_off else {
        return Ok(None);
    };
    let named = match handed_over(gym, &*app.store, token, app.clock.now()).await {
        Ok(named) => named,
        Err(HandOffError::Store(error)) => return Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, "a hand-off was refused");
            return Ok(None);
        }
    };
    match app
        .upstream
        .call(&GetCustomer { id: named.0 }, &tongue.accepts)
        .await
    {
        // An upstream that gave somebody else must not sign anybody in as them.
        Ok(customer) if customer.id == named.0 => Ok(Some(Somebody {
            customer: customer.id,
            first_name: customer.first_name.map(|name| name.chars().take(60).collect()),
            status: None,
        })),
        Ok(_) | Err(UpstreamError::NotFound(_) | UpstreamError::Refused(_)) => {
            tracing::warn!("a hand-off named nobody whom the upstream knows");
            Ok(None)
        }
        Err(error) => Err(Trouble::reading(&error)),
    }
}

/// Signs in, unless somebody else is: then it asks.
pub(super) async fn on(
    State(app): State<Arc<App>>,
    tongue: Tongue,
    headers: HeaderMap,
    member: Option<Member>,
) -> Result<Response, Trouble> {
    let Some(Step::HandedOver { id, who, next }) = Step::of(&app, &headers) else {
        return Ok(Redirect::to(&Route::home().format()).into_response());
    };
    match member {
        Some(member) if member.customer() != who.customer => Ok(asked(&app, &tongue, &member, who, &next)),
        _ => go_on(&app, &headers, &id, &who.established(), &next).await,
    }
}

fn asked(app: &App, tongue: &Tongue, member: &Member, who: Somebody, next: &str) -> Response {
    let screen = Screen::Other(Other {
        action: HAND_OFF_ON_PATH.to_owned(),
        now: member.view().first_name,
        comes: who.first_name,
    });
    page(app, tongue, Route::parse(next)).show(StatusCode::OK, &screen)
}

/// What whoever sits there says.
pub(super) async fn answer(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    member: Option<Member>,
    form: Result<Form<Answered>, FormRejection>,
) -> Result<Response, Trouble> {
    let Some(Step::HandedOver { id, who, next }) = Step::of(&app, &headers) else {
        return Ok(Redirect::to(&Route::home().format()).into_response());
    };
    if form.is_ok_and(|Form(sent)| sent.answer == "go-on") {
        let response = go_on(&app, &headers, &id, &who.established(), &next).await?;
        if let Some(member) = member {
            member.sign_out(&*app.store).await?;
        }
        return Ok(response);
    }
    let mut response = Redirect::to(&Route::parse(&next).format()).into_response();
    for cookie in step::unset(&headers, &app) {
        append(&mut response, cookie);
    }
    Ok(response)
}

async fn go_on(
    app: &App,
    headers: &HeaderMap,
    id: &str,
    who: &Established,
    next: &str,
) -> Result<Response, Trouble> {
    if !app.store.use_once(&format!("hand-off {id}"), until(app)).await? {
        return Ok(Redirect::to(&Route::home().format()).into_response());
    }
    begin(app, headers, who, None, &Route::parse(next)).await
}

fn refused(app: &App, tongue: &Tongue) -> Response {
    page(app, tongue, Route::home()).show(StatusCode::FORBIDDEN, &Screen::HandOffFailed)
}

fn page<'a>(app: &'a App, tongue: &Tongue, next: Route) -> Page<'a> {
    Page {
        app,
        lang: tongue.lang,
        here: next.format(),
        next,
    }
}
