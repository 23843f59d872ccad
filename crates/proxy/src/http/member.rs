//! From a cookie to a [`Member`]: a handler that takes one cannot run without.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use booking::FailureKind;
use chrono::TimeDelta;

use super::error::Trouble;
use super::kiosk;
use super::renewal::Renewal;
use crate::app::App;
use crate::identity::{Cookies, Established, KnownDevice, Member, SessionToken};

/// With TLS the browser itself sees to it that no other host and no plain page sets it.
const SECURE: &str = "__Host-";
pub(super) const NAME: &str = "frontdesk";
/// What is added to the name: nothing for the session itself.
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
    let (idle, now) = (app.settings.session.idle, app.clock.now());
    let renewed = member.as_ref().and_then(|member| member.renewed(idle, now));
    if let (Some(renewed), Some(renewal)) = (renewed, parts.extensions.get::<Renewal>()) {
        renewal.owes(set(&renewed, headers, app));
    }
    Ok(member)
}

/// Whose session a request's cookies open.
pub(super) async fn of(headers: &HeaderMap, app: &App) -> Result<Option<Member>, Trouble> {
    let Some(session) = named(headers, &cookie_name(SESSION, is_https(headers, app))) else {
        return Ok(None);
    };
    let cookies = Cookies {
        session,
        kiosk: kiosk::cookie_of(headers, app),
    };
    let (idle, now) = (app.settings.session.idle, app.clock.now());
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

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let texts = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = texts
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Likewise.
pub(super) use cookie as named;

/// Begins a session for somebody who was established, and makes the device known to them under what they said they are. On
/// a kiosk, however they showed it, it is a kiosk's session, and the device knows nobody. The cookies, the session's last.
pub(super) async fn begin(
    app: &App,
    headers: &HeaderMap,
    who: &Established,
    identity: Option<&str>,
) -> Result<Vec<HeaderValue>, Trouble> {
    if let Some(kiosk) = kiosk::of(headers, app).await? {
        return kiosk::begin(app, headers, who, &kiosk).await;
    }
    let now = app.clock.now();
    let session = who.begin(&*app.store, now, app.settings.session.lasts).await?;
    let device = identity.and_then(|identity| {
        let device = KnownDevice::knowing(known_device(headers, app), identity, now);
        let (value, lasts) = device.sealed(&app.seal)?;
        set_named(DEVICE, &value, lasts, is_https(headers, app))
    });
    let session = set(&session, headers, app).ok_or_else(|| Trouble::of(FailureKind::Internal))?;
    Ok(device.into_iter().chain([session]).collect())
}

/// The device that asks, where somebody signed in on it before.
pub(super) fn known_device(headers: &HeaderMap, app: &App) -> Option<KnownDevice> {
    let value = named(headers, &cookie_name(DEVICE, is_https(headers, app)))?;
    KnownDevice::of_cookie(&app.seal, value, app.clock.now())
}

/// The `Set-Cookie` of a session; `None` where it cannot be sealed.
pub(super) fn set(session: &SessionToken, headers: &HeaderMap, app: &App) -> Option<HeaderValue> {
    let sealed = app.seal.seal(session)?;
    let kept = session.kept_for(app.settings.session.idle, app.clock.now());
    set_named(SESSION, &sealed, kept, is_https(headers, app))
}

/// The `Set-Cookie` that removes it.
pub(super) fn unset(headers: &HeaderMap, app: &App) -> Option<HeaderValue> {
    set_named(SESSION, "", TimeDelta::zero(), is_https(headers, app))
}

/// The `Set-Cookie` that makes a device forget who was signed in on it.
pub(super) fn unset_device(headers: &HeaderMap, app: &App) -> Option<HeaderValue> {
    set_named(DEVICE, "", TimeDelta::zero(), is_https(headers, app))
}

/// The `Set-Cookie` of one of our cookies.
pub(super) fn set_named(name: &str, value: &str, kept: TimeDelta, https: bool) -> Option<HeaderValue> {
    set_for(Sent::AlongLinks, name, value, kept, https)
}

/// With which requests that other sites begin a browser sends a cookie along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// With a link to a page of ours.
    AlongLinks,
    /// With none.
    FromOursAlone,
}

/// Likewise.
pub(super) fn set_for(
    sent: Sent,
    name: &str,
    value: &str,
    kept: TimeDelta,
    https: bool,
) -> Option<HeaderValue> {
    let (name, secure) = (cookie_name(name, https), if https { "; Secure" } else { "" });
    let same_site = match sent {
        Sent::AlongLinks => "Lax",
        Sent::FromOursAlone => "Strict",
    };
    let seconds = kept.num_seconds();
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite={same_site}; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).ok()
}

/// The whole name of one of our cookies.
pub(super) fn cookie_name(name: &str, https: bool) -> String {
    [if https { SECURE } else { "" }, NAME, name].concat()
}

/// Whether a `Set-Cookie` is the session's.
pub(super) fn is_sessions(set_cookie: &HeaderValue) -> bool {
    let name = set_cookie
        .to_str()
        .ok()
        .and_then(|text| text.split_once('='))
        .map(|(name, _)| name);
    name.is_some_and(|name| {
        [false, true]
            .map(|https| cookie_name(SESSION, https))
            .iter()
            .any(|ours| ours == name)
    })
}

/// What the operator says of the outside; else whether we do TLS ourselves; else what a trusted proxy in front says.
pub(super) fn is_https(headers: &HeaderMap, app: &App) -> bool {
    let server = &app.settings.server;
    if !server.origins.is_empty() {
        return server.origins.iter().all(crate::config::Origin::is_https);
    }
    let forwarded = headers
        .get("x-forwarded-proto")
        .and_then(|value| value.to_str().ok());
    server.doors.tls.is_some() || server.trust_forwarded && forwarded == Some("https")
}
