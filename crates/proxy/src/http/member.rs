//! From a cookie to a [`Member`]: a handler that takes one cannot run without.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use booking::FailureKind;

use super::error::Trouble;
use crate::app::App;
use crate::identity::{Member, SessionToken};

/// With TLS the browser itself sees to it that no other host and no plain page sets it.
const SECURE_NAME: &str = "__Host-frontdesk";
const PLAIN_NAME: &str = "frontdesk";

impl FromRequestParts<Arc<App>> for Member {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Trouble> {
        let member = read(&parts.headers, app).await?;
        member.ok_or_else(|| Trouble::of(FailureKind::SignedOut))
    }
}

impl OptionalFromRequestParts<Arc<App>> for Member {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Option<Self>, Trouble> {
        read(&parts.headers, app).await
    }
}

async fn read(headers: &HeaderMap, app: &App) -> Result<Option<Member>, Trouble> {
    let Some(value) = cookie(headers, name(is_https(headers, app))) else {
        return Ok(None);
    };
    Ok(Member::of_cookie(&app.seal, &*app.store, value, app.clock.now()).await?)
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

/// The `Set-Cookie` of a new session; `None` where it cannot be sealed.
pub(super) fn set(session: &SessionToken, headers: &HeaderMap, app: &App) -> Option<HeaderValue> {
    let sealed = app.seal.seal(session)?;
    let seconds = (session.expires_at() - app.clock.now()).num_seconds();
    HeaderValue::from_str(&set_cookie(&sealed, seconds, is_https(headers, app))).ok()
}

/// The `Set-Cookie` that removes it.
pub(super) fn unset(headers: &HeaderMap, app: &App) -> Option<HeaderValue> {
    HeaderValue::from_str(&set_cookie("", 0, is_https(headers, app))).ok()
}

fn set_cookie(value: &str, seconds: i64, https: bool) -> String {
    let (name, secure) = (name(https), if https { "; Secure" } else { "" });
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

fn name(https: bool) -> &'static str {
    if https { SECURE_NAME } else { PLAIN_NAME }
}

/// What the operator says of the outside; else what a trusted proxy in front says; else plain.
pub(super) fn is_https(headers: &HeaderMap, app: &App) -> bool {
    let server = &app.settings.server;
    if !server.origins.is_empty() {
        return server.origins.iter().all(crate::config::Origin::is_https);
    }
    let forwarded = headers
        .get("x-forwarded-proto")
        .and_then(|value| value.to_str().ok());
    server.trust_forwarded && forwarded == Some("https")
}
