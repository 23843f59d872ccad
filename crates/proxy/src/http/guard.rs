//! What holds for every request and every answer, whatever its handler.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::HttpBody as _;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use booking::FailureKind;

use super::error::Trouble;
use super::host;
use super::jar::is_https;
use crate::app::App;

/// The parameter that a browser must never send: whoever could choose it could be anybody.
const CUSTOMER: &str = "customerid";

/// Refuses a customer id in a query or a header. In a body it is refused by the body's type; where an operation has no
/// body, any is refused, for it would be ignored.
pub(super) async fn no_customer_id<F>(request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let takes_none = matches!(*request.method(), Method::GET | Method::HEAD | Method::DELETE);
    let in_body = takes_none && !request.body().is_end_stream();
    let in_query = names_a_customer(request.uri().query().unwrap_or_default());
    let in_header = request.headers().keys().any(|name| is_customer(name.as_str()));
    if in_query || in_header || in_body {
        return Trouble::of(FailureKind::BadRequest).into_response();
    }
    next(request).await
}

pub(super) fn names_a_customer(query: &str) -> bool {
    form_urlencoded_names(query).any(|name| is_customer(&name))
}

fn form_urlencoded_names(query: &str) -> impl Iterator<Item = Cow<'_, str>> {
    url::form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name)
}

/// However it is written: `customerId`, `customer_id`, `X-Customer-Id`, `customerId[]`.
fn is_customer(name: &str) -> bool {
    let letters = name.bytes().filter(u8::is_ascii_alphabetic);
    let last = letters.rev().map(|letter| letter.to_ascii_lowercase());
    last.take(CUSTOMER.len()).eq(CUSTOMER.bytes().rev())
}

/// Refuses what changes something, unless it comes from our own pages. Browsers say where a request comes from and
/// let no page lie about it; a request that says nothing is from no browser and from no app of ours.
pub(super) async fn same_origin(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if harmless || is_ours(&request, &app) {
        return next.run(request).await;
    }
    let mut refused = Trouble::of(FailureKind::BadRequest).into_response();
    *refused.status_mut() = axum::http::StatusCode::FORBIDDEN;
    refused
}

fn is_ours(request: &Request, app: &App) -> bool {
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else {
        return text(HeaderName::from_static("sec-fetch-site")) == Some("same-origin");
    };
    let known = &app.settings.server.origins;
    if !known.is_empty() {
        return known.iter().any(|ours| ours.as_str() == origin);
    }
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    host.is_some() && host == host::authority(request.uri(), request.headers())
}

/// Whether a page of ours asked, by the browser's own word: for reads too, with which comes no `Origin`. Browsers say it
/// by TLS alone, and on the machine itself.
pub(super) fn is_from_our_page(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site == "same-origin")
}

/// The same on every answer, whoever gives it.
const FIXED: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=()",
    ),
];

/// Which sites' pages may take an answer into them: ours alone, but for what is there for others.
pub(super) const MAY_TAKE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const OURS_ALONE: HeaderValue = HeaderValue::from_static("same-origin");

/// As many as an answer has, about.
const MOST: usize = 14;

/// Those of an answer that no studio gave: it is no page, and shows nothing.
pub(super) async fn least_headers<F>(request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let mut response = next(request).await;
    let headers = response.headers_mut();
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let policy = "default-src 'none'; frame-ancestors 'none'";
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        headers.insert(MAY_TAKE, OURS_ALONE);
        for (name, value) in FIXED {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

/// The headers of every answer of a studio's. A handler's own win, except that nothing is ever sniffed, or framed by
/// whom the studio does not name.
pub(super) async fn headers<F>(app: &App, request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let https = is_https(request.headers(), app);
    let mut response = next(request).await;
    let headers = response.headers_mut();
    // Once, and not each time that another few do not fit any more.
    headers.reserve(MOST);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| {
        app.policy
            .of(app.pages.policy(), &app.settings.browsers.frame_ancestors)
    });
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.entry(MAY_TAKE).or_insert(OURS_ALONE);
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let browsers = &app.settings.browsers;
    // The older header knows no list: where somebody may, the policy alone says who.
    if !browsers.may_be_framed() {
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    if https {
        let lasts = HeaderValue::from_str(&format!("max-age={}", browsers.hsts_seconds));
        headers.extend(lasts.ok().map(|lasts| (header::STRICT_TRANSPORT_SECURITY, lasts)));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_id_is_seen_however_it_is_written() {
        for name in [
            "customerId",
            "CUSTOMERID",
            "customer_id",
            "x-customer-id",
            "customerId[]",
            "customerId[0]",
        ] {
            assert!(is_customer(name), "{name}");
        }
        for name in [
            "offset",
            "sliceSize",
            "daysAhead",
            "customer",
            "slotWindowStartDate",
            "idempotency-key",
        ] {
            assert!(!is_customer(name), "{name}");
        }
        assert!(form_urlencoded_names("a=1&customer%49d=7").any(|name| is_customer(&name)));
    }
}
