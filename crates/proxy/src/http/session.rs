//! `/session`: who am I, sign in, sign out, here or everywhere. The browser learns a first name and nothing more.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use booking::{FailureKind, SessionView, SignIn};

use super::bearer::{self, Line};
use super::error::Trouble;
use super::member::{Begun, begin, known_device, unset, with_cookies};
use super::pace::address;
use super::sent::Sent;
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::{self, Desk, Established, Member};

/// POST: ends every session of the member's, on whatever device.
pub(super) const EVERYWHERE_PATH: &str = "/session/everywhere";

/// An app in a frame that is known by its cookie need hold no bearer.
pub(super) async fn who(State(app): State<Arc<App>>, member: Option<Member>, headers: HeaderMap) -> Response {
    let by_cookie = member.is_some() && bearer::of(&headers, &app).is_none();
    let none = by_cookie.then(|| bearer::none(&headers, &app)).flatten();
    let view = member.map(|member| member.view()).unwrap_or_default();
    with_bearer(Json(view).into_response(), none)
}

pub(super) async fn sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    tongue: Tongue,
    headers: HeaderMap,
    Sent(answer): Sent<SignIn>,
) -> Result<Response, Trouble> {
    let from = address(&app, peer, &headers);
    let (who, begun) = establish(&app, &answer, from, &headers, &tongue).await?;
    Ok(welcomed(identity::view(&who), begun))
}

/// Who somebody is by number and birth date, and what says so from now on, whatever the answer was sent in.
pub(super) async fn establish(
    app: &App,
    answer: &SignIn,
    from: IpAddr,
    headers: &HeaderMap,
    tongue: &Tongue,
) -> Result<(Established, Begun), Trouble> {
    if !app.settings.identity.by_number {
        return Err(Trouble::of(FailureKind::BadRequest));
    }
    let device = known_device(headers, app);
    let desk = Desk {
        upstream: &app.upstream,
        brake: &app.brake,
        device: device.as_ref(),
        no_sooner_than: app.settings.session.brakes.answer_no_sooner_than,
    };
    let who = identity::sign_in(&desk, answer, from, app.clock.now(), &tongue.accepts).await?;
    let begun = begin(app, headers, &who, Some(answer.customer_number.trim())).await?;
    Ok((who, begun))
}

pub(super) async fn sign_out(
    State(app): State<Arc<App>>,
    member: Option<Member>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    if let Some(member) = member {
        member.sign_out(&*app.store).await?;
    }
    Ok(signed_out(&app, &headers))
}

pub(super) async fn sign_out_everywhere(
    State(app): State<Arc<App>>,
    member: Member,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    member.sign_out_everywhere(&*app.store, app.clock.now()).await?;
    Ok(signed_out(&app, &headers))
}

fn signed_out(app: &App, headers: &HeaderMap) -> Response {
    let shown = shown(SessionView::default(), unset(headers, app));
    with_bearer(shown, bearer::none(headers, app))
}

/// What the app learns of a session that has begun.
pub(super) fn welcomed(view: SessionView, begun: Begun) -> Response {
    with_bearer(shown(view, begun.cookies), begun.bearer)
}

fn with_bearer(mut response: Response, bearer: Option<Line>) -> Response {
    response
        .headers_mut()
        .extend(bearer.map(|(name, value)| (Some(name), value)));
    response
}

/// What a browser learns of a session, with the cookies that keep or end it.
pub(super) fn shown(view: SessionView, cookies: Vec<HeaderValue>) -> Response {
    with_cookies(Json(view).into_response(), cookies)
}
