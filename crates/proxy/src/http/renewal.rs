//! A session that is used lasts on: its cookie is sealed anew with the answer to whatever used it.

use std::sync::{Arc, OnceLock};

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::Response;

use super::member::is_sessions;

/// Where whoever opens the cookie leaves the new one.
#[derive(Clone, Default)]
pub(super) struct Renewal(Arc<OnceLock<HeaderValue>>);

impl Renewal {
    /// There is a new one; the first one counts.
    pub(super) fn owes(&self, cookie: Option<HeaderValue>) {
        if let Some(cookie) = cookie {
            let _ = self.0.set(cookie);
        }
    }
}

/// Sends the new one along, unless the answer begins or ends a session by itself.
pub(super) async fn send<F>(mut request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    if !request.headers().contains_key(header::COOKIE) {
        return next(request).await;
    }
    let renewal = Renewal::default();
    request.extensions_mut().insert(renewal.clone());
    let mut response = next(request).await;
    let Some(cookie) = renewal.0.get() else {
        return response;
    };
    let headers = response.headers_mut();
    if !headers.get_all(header::SET_COOKIE).iter().any(is_sessions) {
        headers.append(header::SET_COOKIE, cookie.clone());
        // Whatever it is, it is one member's now.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
