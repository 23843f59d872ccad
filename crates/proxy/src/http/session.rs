//! `/session`: who am I, sign in, sign out. The browser learns a first name and nothing more.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use booking::{FailureKind, SessionView, SignIn};

use super::error::Trouble;
use super::member::{set, unset};
use super::pace::address;
use super::sent::Sent;
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::{self, Desk, Member, SessionToken};

pub(super) async fn who(member: Option<Member>) -> Json<SessionView> {
    Json(member.map(|member| member.view()).unwrap_or_default())
}

pub(super) async fn sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    tongue: Tongue,
    headers: HeaderMap,
    Sent(answer): Sent<SignIn>,
) -> Result<Response, Trouble> {
    let from = address(&app, peer, &headers);
    let (session, cookie) = establish(&app, &answer, from, &headers, &tongue).await?;
    Ok(with_cookie(cookie, identity::view(&session)))
}

/// Who somebody is, and the cookie that says so from now on: the one way to a session, whatever the answer was sent in.
pub(super) async fn establish(
    app: &App,
    answer: &SignIn,
    from: IpAddr,
    headers: &HeaderMap,
    tongue: &Tongue,
) -> Result<(SessionToken, HeaderValue), Trouble> {
    let desk = Desk {
        upstream: &app.upstream,
        brake: &app.brake,
        lasts: app.settings.session.lasts,
        no_sooner_than: app.settings.session.brakes.answer_no_sooner_than,
    };
    let session = identity::sign_in(&desk, answer, from, app.clock.now(), &tongue.accepts).await?;
    let cookie = set(&session, headers, app).ok_or_else(|| Trouble::of(FailureKind::Internal))?;
    Ok((session, cookie))
}

pub(super) async fn sign_out(
    State(app): State<Arc<App>>,
    member: Option<Member>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    if let Some(member) = member {
        member.sign_out(&*app.store).await?;
    }
    let cookie = unset(&headers, &app).ok_or_else(|| Trouble::of(FailureKind::Internal))?;
    Ok(with_cookie(cookie, SessionView::default()))
}

fn with_cookie(cookie: HeaderValue, view: SessionView) -> Response {
    ([(header::SET_COOKIE, cookie)], Json(view)).into_response()
}
