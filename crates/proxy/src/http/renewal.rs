//! A session that is used lasts on: its cookie or bearer is sealed anew with the answer to whatever used it.

use std::sync::{Arc, OnceLock};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use super::bearer::Line;
use super::member::is_sessions;

/// Where whoever opens the old one leaves the new one.
#[derive(Clone, Default)]
pub(super) struct Renewal(Arc<OnceLock<Line>>);

impl Renewal {
    /// There is a new one; the first one counts.
    pub(super) fn owes(&self, line: Option<Line>) {
        if let Some(line) = line {
            let _ = self.0.set(line);
        }
    }
}

fn may_say_who(headers: &HeaderMap) -> bool {
    headers.contains_key(header::COOKIE) || headers.contains_key(header::AUTHORIZATION)
}

/// Sends the new one along, unless the answer begins or ends a session by itself.
pub(super) async fn send<F>(mut request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    if !may_say_who(request.headers()) {
        return next(request).await;
    }
    let renewal = Renewal::default();
    request.extensions_mut().insert(renewal.clone());
    let mut response = next(request).await;
    let Some((name, value)) = renewal.0.get() else {
        return response;
    };
    let headers = response.headers_mut();
    if !headers.get_all(header::SET_COOKIE).iter().any(is_sessions) {
        headers.append(name.clone(), value.clone());
        // Whatever it is, it is one member's now.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
