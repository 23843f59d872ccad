//! A session that the app holds in its memory, in a frame whose browser keeps no cookie. It comes with the answer that signs
//! in, in a header that no other page can read, and goes back as `Authorization`, which no other page can send: there is no
//! CORS here. Pages and pictures are asked for by the browser itself, and know nothing of it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use booking::session;

use super::guard::is_from_our_page;
use super::in_a_frame::says_so;
use crate::app::App;
use crate::identity::{SessionToken, sealed_as_bearer};

/// A header of an answer.
pub(super) type Line = (HeaderName, HeaderValue);

const GIVEN: HeaderName = HeaderName::from_static(session::BEARER_HEADER);

/// The one that a request says who it is by. It alone counts then, whatever cookies come along.
pub(super) fn of<'a>(headers: &'a HeaderMap, app: &App) -> Option<&'a str> {
    let mut sent = headers.get_all(header::AUTHORIZATION).iter();
    let one = sent
        .next()
        .filter(|_| sent.next().is_none() && may_hold(headers, app))?;
    one.to_str().ok()?.strip_prefix("Bearer ")
}

/// A session as one; `None` where it is not our app in a frame that asks.
pub(super) fn give(session: &SessionToken, headers: &HeaderMap, app: &App) -> Option<Line> {
    let sealed = may_hold(headers, app).then(|| sealed_as_bearer(&app.seal, session))?;
    Some((GIVEN, secret(HeaderValue::from_str(&sealed?).ok()?)))
}

/// None any more: it has ended, or a cookie does.
pub(super) fn none(headers: &HeaderMap, app: &App) -> Option<Line> {
    may_hold(headers, app).then_some((GIVEN, HeaderValue::from_static("")))
}

/// Our app, in a frame where there may be one, by its own word; and from a page of ours, by the browser's word.
fn may_hold(headers: &HeaderMap, app: &App) -> bool {
    app.settings.browsers.may_be_framed() && says_so(headers) && is_from_our_page(headers)
}

/// Not for logs, and for no table of headers that is kept for the next.
fn secret(mut value: HeaderValue) -> HeaderValue {
    value.set_sensitive(true);
    value
}
