//! What can go wrong, and the contract's error body for it: the one place that writes one.
//!
//! The documentation leaves the status of a refused book or delete open. Here: 409 where somebody else was faster
//! (RESOURCE_NOT_AVAILABLE), 400 for every other refusal.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use perfectgym::{ErrorBody, OutOfBounds, Scope, TypedArg, ValidationStatus};

use super::app::App;
use super::messages::{self, Lang};
use crate::store::StoreError;

/// Why a request has no good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// No key, or none of ours.
    BadKey,
    /// The key does not open this.
    MissingScope(Scope),
    /// A parameter that cannot be read or is missing.
    Parameter(&'static str),
    /// A number beyond its bounds.
    Bounds(OutOfBounds),
    /// A body that is not as the contract has it.
    Body,
    /// No such thing: the thing's name.
    NotFound(&'static str),
    /// No such address.
    NoSuchPath,
    /// No such method at this address.
    NoSuchMethod,
    /// Book says no.
    Refused(ValidationStatus),
    /// Delete comes too late.
    Started,
    /// Delete comes twice.
    AlreadyCancelled,
    /// More than a thousand calls in a minute.
    TooMany,
    /// Told to fail so.
    Told(StatusCode),
    /// A fault of this program, in words for its log.
    Fault(String),
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.to_string())
    }
}

impl From<OutOfBounds> for Problem {
    fn from(bounds: OutOfBounds) -> Self {
        Self::Bounds(bounds)
    }
}

impl Problem {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::BadKey => StatusCode::UNAUTHORIZED,
            Self::MissingScope(_) => StatusCode::FORBIDDEN,
            Self::NotFound(_) | Self::NoSuchPath => StatusCode::NOT_FOUND,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Refused(ValidationStatus::ResourceNotAvailable) => StatusCode::CONFLICT,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Told(status) => *status,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Parameter(_) | Self::Bounds(_) | Self::Body => StatusCode::BAD_REQUEST,
            Self::Refused(_) | Self::Started | Self::AlreadyCancelled => StatusCode::BAD_REQUEST,
        }
    }

    fn code(&self) -> &str {
        match self {
            Self::BadKey => "INVALID_API_KEY",
            Self::MissingScope(_) => "MISSING_SCOPE",
            Self::Parameter(_) => "INVALID_PARAMETER",
            Self::Bounds(_) => "PARAMETER_OUT_OF_BOUNDS",
            Self::Body => "INVALID_BODY",
            Self::NotFound(_) => "NOT_FOUND",
            Self::NoSuchPath => "NO_SUCH_PATH",
            Self::NoSuchMethod => "METHOD_NOT_ALLOWED",
            Self::Refused(status) => status.as_str(),
            Self::Started => "BOOKING_ALREADY_STARTED",
            Self::AlreadyCancelled => "BOOKING_ALREADY_CANCELED",
            Self::TooMany => "TOO_MANY_REQUESTS",
            Self::Told(_) => "TOLD_TO_FAIL",
            Self::Fault(_) => "INTERNAL",
        }
    }

    fn argument(&self) -> Option<TypedArg> {
        let (value, kind) = match self {
            Self::MissingScope(scope) => (scope.as_str(), "SCOPE"),
            Self::Parameter(name) => (*name, "PARAMETER"),
            Self::Bounds(bounds) => (bounds.parameter, "PARAMETER"),
            Self::NotFound(what) => (*what, "ENTITY"),
            _ => return None,
        };
        Some(TypedArg {
            value: value.to_owned(),
            r#type: kind.to_owned(),
        })
    }

    fn body(&self, lang: Lang, trace_id: String) -> ErrorBody {
        let argument = self.argument();
        ErrorBody {
            error_message: Some(messages::of(self, lang)),
            error_code: Some(self.code().to_owned()),
            trace_id: Some(trace_id),
            args: argument.iter().map(|argument| argument.value.clone()).collect(),
            typed_args: argument.into_iter().collect(),
            ..ErrorBody::default()
        }
    }
}

/// A problem leaves its handler without words; [`speak`] adds them, for only it knows the language and the trace id.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives every problem its body, in the language that was asked for.
pub(crate) async fn speak(State(app): State<App>, request: Request, next: Next) -> Response {
    let accepted = request
        .headers()
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let lang = Lang::from_header(accepted.unwrap_or_default());
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let trace = app.trace();
    if let Problem::Fault(cause) = &problem {
        tracing::error!(trace, cause, "the demo studio failed");
    }
    (problem.status(), Json(problem.body(lang, trace))).into_response()
}
