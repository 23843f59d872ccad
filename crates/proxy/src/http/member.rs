//! From a cookie or a bearer to a [`Member`]: a handler that takes one cannot run without.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use booking::FailureKind;

use super::bearer::{self, Line};
use super::error::Trouble;
use super::jar::{Jar, Sent, is_called};
use super::kiosk;
use super::renewal::Renewal;
use crate::app::App;
use crate::identity::{Cookies, Established, KnownDevice, Member, SessionToken, bearer_idle};

/// What is added to a cookie's name: nothing for the session itself.
const SESSION: &str = "";
const DEVICE: &str = "-device";

impl FromRequestParts<Arc<App>> for Member {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Trouble> {
        let member = read(parts, app).await?;
        member.ok_or_else(|| Trouble::of(FailureKind::SignedOut))
    }
}

impl OptionalFromRequestParts<Arc<App>> for Member {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Option<Self>, Trouble> {
        read(parts, app).await
    }
}

async fn read(parts: &Parts, app: &App) -> Result<Option<Member>, Trouble> {
    let headers = &parts.headers;
    let member = of(headers, app).await?;
    if let (Some(member), Some(renewal)) = (&member, parts.extensions.get::<Renewal>()) {
        renewal.owes(renewed(member, headers, app));
    }
    Ok(member)
}

/// The session sealed anew as what it came as, where it is time to.
fn renewed(member: &Member, headers: &HeaderMap, app: &App) -> Option<Line> {
    let (idle, now) = (app.settings.session.idle, app.clock.now());
    if bearer::of(headers, app).is_some() {
        return bearer::give(&member.renewed(bearer_idle(idle), now)?, headers, app);
    }
    let cookie = set(&member.renewed(idle, now)?, headers, app)?;
    Some((header::SET_COOKIE, cookie))
}

/// Whose session a request's bearer opens, or without one its cookies.
pub(super) async fn of(headers: &HeaderMap, app: &App) -> Result<Option<Member>, Trouble> {
    let (idle, now) = (app.settings.session.idle, app.clock.now());
    if let Some(bearer) = bearer::of(headers, app) {
        return Ok(Member::of_bearer(&app.seal, &*app.store, bearer, idle, now).await?);
    }
    let Some(session) = Jar::of(headers, app).find(headers, SESSION) else {
        return Ok(None);
    };
    let cookies = Cookies {
        session,
        kiosk: kiosk::cookie_of(headers, app),
    };
    Ok(Member::of_cookie(&app.seal, &*app.store, cookies, idle, now).await?)
}

/// An answer that sets cookies.
pub(super) fn with_cookies(
    mut response: Response,
    cookies: impl IntoIterator<Item = HeaderValue>,
) -> Response {
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// What says from now on who somebody is.
pub(super) struct Begun {
    /// The session's last.
    pub(super) cookies: Vec<HeaderValue>,
    /// For our app in a frame alone.
    pub(super) bearer: Option<Line>,
}

/// Begins a session for somebody who was established, and makes the device known to them under what they said they are. On
/// a kiosk, however they showed it, it is a kiosk's session, and the device knows nobody.
pub(super) async fn begin(
    app: &App,
    headers: &HeaderMap,
    who: &Established,
    identity: Option<&str>,
) -> Result<Begun, Trouble> {
    if let Some(kiosk) = kiosk::of(headers, app).await? {
        let cookies = kiosk::begin(app, headers, who, &kiosk).await?;
        return Ok(Begun {
            cookies,
            bearer: None,
        });
    }
    let now = app.clock.now();
    let session = who.begin(&*app.store, now, app.settings.session.lasts).await?;
    let device = identity.and_then(|identity| {
        let device = KnownDevice::knowing(known_device(headers, app), identity, now);
        let (value, lasts) = device.sealed(&app.seal)?;
        Jar::of(headers, app).set(Sent::AlongLinks, DEVICE, &value, lasts)
    });
    let cookie = set(&session, headers, app).ok_or_else(|| Trouble::of(FailureKind::Internal))?;
    Ok(Begun {
        cookies: device.into_iter().chain([cookie]).collect(),
        bearer: bearer::give(&session, headers, app),
    })
}

/// The device that asks, where somebody signed in on it before.
pub(super) fn known_device(headers: &HeaderMap, app: &App) -> Option<KnownDevice> {
    let value = Jar::of(headers, app).find(headers, DEVICE)?;
    KnownDevice::of_cookie(&app.seal, value, app.clock.now())
}

/// The `Set-Cookie` of a session; `None` where it cannot be sealed.
pub(super) fn set(session: &SessionToken, headers: &HeaderMap, app: &App) -> Option<HeaderValue> {
    let sealed = app.seal.seal(session)?;
    let kept = session.kept_for(app.settings.session.idle, app.clock.now());
    Jar::of(headers, app).set(Sent::AlongLinks, SESSION, &sealed, kept)
}

/// Those that remove it.
pub(super) fn unset(headers: &HeaderMap, app: &App) -> Vec<HeaderValue> {
    Jar::of(headers, app).unset(SESSION)
}

/// Those that make a device forget who was signed in on it.
pub(super) fn unset_device(headers: &HeaderMap, app: &App) -> Vec<HeaderValue> {
    Jar::of(headers, app).unset(DEVICE)
}

/// Whether a `Set-Cookie` is the session's.
pub(super) fn is_sessions(set_cookie: &HeaderValue) -> bool {
    is_called(set_cookie, SESSION)
}
