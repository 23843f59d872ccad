//! What a browser sent: JSON, small, in the form that its type says, and nothing besides. What cannot be read is a
//! failure in JSON like every other.

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, Path, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use booking::FailureKind;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::error::Trouble;

/// A JSON object, or a 400 that repeats nothing of it. An array is none: serde would take its elements for fields.
pub(super) struct Sent<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, state: &S) -> Result<Self, Trouble> {
        let read = <Json<Box<RawValue>> as FromRequest<S>>::from_request(request, state).await;
        read.ok()
            .and_then(|Json(raw)| object(&raw))
            .map(Self)
            .ok_or_else(|| Trouble::of(FailureKind::BadRequest))
    }
}

/// A request without a body has no `Content-Type`.
impl<S: Send + Sync, T: DeserializeOwned> OptionalFromRequest<S> for Sent<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Trouble> {
        if !request.headers().contains_key(CONTENT_TYPE) {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state)
            .await
            .map(Some)
    }
}

/// An object of that type, or nothing.
pub(super) fn object<T: DeserializeOwned>(raw: &RawValue) -> Option<T> {
    let is_object = raw.get().starts_with('{');
    is_object.then(|| serde_json::from_str(raw.get()).ok()).flatten()
}

/// The one name in a path. One that is no text (`%FF`) names nothing.
pub(super) struct Named(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        let read = Path::<String>::from_request_parts(parts, state).await;
        read.map(|Path(name)| Self(name))
            .map_err(|_| Trouble::of(FailureKind::NotFound))
    }
}

/// A query, or a 400 that repeats nothing of it.
pub(super) struct Asking<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asking<T> {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        let read = Query::<T>::from_request_parts(parts, state).await;
        read.map(|Query(asked)| Self(asked))
            .map_err(|_| Trouble::of(FailureKind::BadRequest))
    }
}

/// An id in a path. One that no int64 holds names nothing.
pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, Trouble> {
    text.parse().map_err(|_| Trouble::of(FailureKind::NotFound))
}
