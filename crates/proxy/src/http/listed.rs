//! A list as it goes out: its elements as the contract has them, and in headers what the app should know of it: how many
//! elements nobody could read, so that it need not take what it got for all there is, and when it was read where that was
//! not just now.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use perfectgym::Readable;
use serde::Serialize;

use crate::kept::AsOf;
use crate::packed::{Json, takes};

const UNREADABLE: HeaderName = HeaderName::from_static(booking::listed::UNREADABLE);
const AS_OF: HeaderName = HeaderName::from_static(booking::listed::AS_OF);
const READ_ANEW: HeaderName = HeaderName::from_static(booking::listed::READ_ANEW);

/// A list, how many of its elements were left out, and when it was read.
pub(super) struct Listed<T> {
    list: T,
    unreadable: usize,
    as_of: Option<AsOf>,
}

impl<T> Listed<T> {
    pub(super) fn new(list: T, unreadable: usize) -> Self {
        Self {
            list,
            unreadable,
            as_of: None,
        }
    }

    /// Says when it was read, where that was not just now.
    pub(super) fn read_at(self, as_of: Option<AsOf>) -> Self {
        Self { as_of, ..self }
    }
}

impl<T> Listed<Readable<T>> {
    pub(super) fn of(list: Readable<T>) -> Self {
        let unreadable = list.unreadable;
        Self::new(list, unreadable)
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        let mut response = axum::Json(self.list).into_response();
        note(response.headers_mut(), self.unreadable, self.as_of);
        response
    }
}

/// Whether whoever asks takes an answer that is packed.
pub(super) struct TakesGzip(bool);

impl<S: Sync> FromRequestParts<S> for TakesGzip {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let accepts = parts.headers.get(header::ACCEPT_ENCODING);
        let accepts = accepts.and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self(takes(accepts, "gzip")))
    }
}

/// The same for what is written already, in the form that a browser takes.
pub(super) fn written(list: Listed<&Json>, TakesGzip(gzip): TakesGzip) -> Response {
    let (encoding, bytes) = list.list.for_browser(gzip);
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    note(headers, list.unreadable, list.as_of);
    response
}

/// Of a single thing.
pub(super) fn as_of(at: Option<AsOf>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    note(&mut headers, 0, at);
    headers
}

fn note(headers: &mut HeaderMap, unreadable: usize, as_of: Option<AsOf>) {
    if unreadable > 0 {
        headers.insert(UNREADABLE, HeaderValue::from(unreadable));
    }
    if let Some(as_of) = as_of {
        headers.insert(AS_OF, HeaderValue::from(as_of.read_at.timestamp()));
        headers.insert(header::AGE, HeaderValue::from(as_of.age.as_secs()));
        if as_of.read_anew {
            headers.insert(READ_ANEW, HeaderValue::from_static("1"));
        }
    }
}
