//! Reading parameters: each is as the contract has it, or the answer is 400.

use std::collections::HashMap;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use perfectgym::OutOfBounds;

use super::error::Problem;

/// A request's query. Where a name comes twice, the last counts.
pub(crate) struct Params(HashMap<String, String>);

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::from_request_parts(parts, state)
            .await
            .map_err(|_| Problem::Parameter("query"))?;
        Ok(Self(query.0))
    }
}

impl Params {
    /// The parameter's text, if it is there.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The parameter's value, if it is there.
    pub(crate) fn value<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, Problem> {
        self.text(name)
            .map(|text| text.parse().map_err(|_| Problem::Parameter(name)))
            .transpose()
    }

    /// A whole number that has bounds and a default.
    pub(crate) fn bounded<T: Default>(
        &self,
        name: &'static str,
        within: fn(i32) -> Result<T, OutOfBounds>,
    ) -> Result<T, Problem> {
        match self.value(name)? {
            Some(number) => Ok(within(number)?),
            None => Ok(T::default()),
        }
    }
}

/// The id in a path.
pub(crate) struct Id<T>(pub(crate) T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let text = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Problem::Parameter("id"))?;
        text.parse().map(Self).map_err(|_| Problem::Parameter("id"))
    }
}
