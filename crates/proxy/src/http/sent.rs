//! What a browser sent: JSON, small, in the form that its type says, and nothing besides.

use axum::Json;
use axum::extract::{FromRequest, Request};
use booking::FailureKind;
use serde::de::DeserializeOwned;

use super::error::Trouble;

/// A JSON body, or a 400 that repeats nothing of it.
pub(super) struct Sent<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, state: &S) -> Result<Self, Trouble> {
        let read = Json::<T>::from_request(request, state).await;
        read.map(|Json(value)| Self(value))
            .map_err(|_| Trouble::of(FailureKind::BadRequest))
    }
}

/// An id in a path. One that no int64 holds names nothing.
pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, Trouble> {
    text.parse().map_err(|_| Trouble::of(FailureKind::NotFound))
}
