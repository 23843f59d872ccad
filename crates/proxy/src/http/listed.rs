//! A list as it goes out: its elements as the contract has them, and in a header how many nobody could read, so that
//! the app need not take what it got for all there is.

use axum::Json;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use perfectgym::{Readable, Slice};
use serde::Serialize;

const UNREADABLE: HeaderName = HeaderName::from_static(booking::listed::UNREADABLE);

/// A list, and how many of its elements were left out.
pub(super) struct Listed<T> {
    list: T,
    unreadable: usize,
}

impl<T> Listed<Readable<T>> {
    pub(super) fn of(list: Readable<T>) -> Self {
        Self {
            unreadable: list.unreadable,
            list,
        }
    }
}

impl<T> Listed<Slice<T>> {
    pub(super) fn of_slice(list: Slice<T>) -> Self {
        Self {
            unreadable: list.result.unreadable,
            list,
        }
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.list).into_response();
        if self.unreadable > 0 {
            response
                .headers_mut()
                .insert(UNREADABLE, HeaderValue::from(self.unreadable));
        }
        response
    }
}
