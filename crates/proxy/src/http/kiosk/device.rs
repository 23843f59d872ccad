//! From a cookie to a [`Kiosk`]; and what it means for a session that it began at one.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use booking::FailureKind;

use crate::app::App;
use crate::http::error::Trouble;
use crate::http::jar::{Jar, Sent};
use crate::http::member;
use crate::identity::{Established, Kiosk};

/// What is added to the name of our cookies.
pub(in crate::http) const NAME: &str = "-kiosk";

/// To every other device there is no such address.
impl FromRequestParts<Arc<App>> for Kiosk {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Trouble> {
        let kiosk = of(&parts.headers, app).await?;
        kiosk.ok_or_else(|| Trouble::of(FailureKind::NotFound))
    }
}

/// The value of a kiosk's cookie, whatever it is worth.
pub(in crate::http) fn cookie_of<'a>(headers: &'a HeaderMap, app: &App) -> Option<&'a str> {
    Jar::of(headers, app).plain().find(headers, NAME)
}

/// The kiosk that asks, if it is one. Asks the store each time: one that is revoked is none at once.
pub(in crate::http) async fn of(headers: &HeaderMap, app: &App) -> Result<Option<Kiosk>, Trouble> {
    let Some(value) = cookie_of(headers, app) else {
        return Ok(None);
    };
    let kiosk = Kiosk::of_cookie(&app.seal, &*app.store, value).await?;
    if let Some(kiosk) = &kiosk {
        app.kiosks_noted.seen(kiosk, &*app.store, app.clock.now()).await;
    }
    Ok(kiosk)
}

/// Whether a device is shown the pages of kiosks, and the cookies that they are sent with. One of which nobody can say just
/// now whether it is a kiosk still is shown them too: no page holds anything of a member, and this one comes back by itself
/// as soon as there is somebody to ask.
pub(in crate::http) async fn shows_its_pages(headers: &HeaderMap, app: &App) -> Option<Vec<HeaderValue>> {
    let value = cookie_of(headers, app)?;
    let asked = Kiosk::of_cookie(&app.seal, &*app.store, value);
    match tokio::time::timeout(app.settings.limits.page, asked).await {
        Ok(Ok(kiosk)) => Some(Vec::from_iter(kept(&kiosk?, headers, app).ok())),
        Ok(Err(error)) => {
            tracing::error!(%error, "the store failed");
            Kiosk::was_one(&app.seal, value).then(Vec::new)
        }
        Err(_) => Kiosk::was_one(&app.seal, value).then(Vec::new),
    }
}

/// The `Set-Cookie` that keeps it one, sealed with the key of today.
pub(super) fn kept(kiosk: &Kiosk, headers: &HeaderMap, app: &App) -> Result<HeaderValue, Trouble> {
    let set = |(value, lasts): (String, _)| {
        let jar = Jar::of(headers, app).plain();
        jar.set(Sent::FromOursAlone, NAME, &value, lasts)
    };
    let cookie = kiosk.sealed(&app.seal).and_then(set);
    cookie.ok_or_else(|| Trouble::of(FailureKind::Internal))
}

/// Ends the session that is there, in the store too; what removes it from the browser, where there was one.
pub(super) async fn end(headers: &HeaderMap, app: &App) -> Result<Vec<HeaderValue>, Trouble> {
    let Some(member) = member::of(headers, app).await? else {
        return Ok(Vec::new());
    };
    member.sign_out(&*app.store).await?;
    Ok(member::unset(headers, app))
}

/// Begins a session at a kiosk: short, bound to it, in place of the one that was there, and without a device that knows
/// anybody afterwards.
pub(in crate::http) async fn begin(
    app: &App,
    headers: &HeaderMap,
    who: &Established,
    kiosk: &Kiosk,
) -> Result<Vec<HeaderValue>, Trouble> {
    end(headers, app).await?;
    let lasts = app.settings.kiosk.session_lasts;
    let session = who.begin(&*app.store, app.clock.now(), lasts).await?;
    let session = member::set(&session.at_kiosk(kiosk.id()), headers, app);
    let session = session.ok_or_else(|| Trouble::of(FailureKind::Internal))?;
    Ok(vec![kept(kiosk, headers, app)?, session])
}
