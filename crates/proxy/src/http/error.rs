//! The one place that makes a [`Failure`] and its HTTP status.
//!
//! A handler's error becomes a [`Trouble`], which carries no words; [`speak`] adds them in the member's language and
//! writes the body. Nothing of the upstream's own answer goes out but its `errorMessage` and `traceId`.

use std::time::Duration;

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use booking::{Failure, FailureKind, Lang};

use super::tongue::Tongue;
use crate::attempt::BookError;
use crate::identity::{EmailError, SignInError};
use crate::store::StoreError;
use crate::upstream::UpstreamError;

/// The upstream refuses for the next minute after its limit is reached, and says no `Retry-After`.
const LIMIT_OPENS_IN: u32 = 60;

/// What an operation would have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    /// Nothing: no answer is just no answer.
    Read,
    /// Something: no answer means that nobody knows.
    Write,
}

/// A failure on its way out.
#[derive(Clone, Debug)]
pub struct Trouble(Box<Failure>);

impl Trouble {
    pub(crate) fn of(kind: FailureKind) -> Self {
        Self(Box::new(Failure::of(kind)))
    }

    /// Whatever was made of an upstream's failure elsewhere.
    pub(super) fn saying(failure: Failure) -> Self {
        Self(Box::new(failure))
    }

    /// What it is, for the log.
    pub(super) fn kind(&self) -> &FailureKind {
        &self.0.kind
    }

    /// Its status, for whoever says it on a page of their own.
    pub(super) fn status(&self) -> StatusCode {
        status(&self.0.kind)
    }

    /// After how many seconds to try again, where that is known.
    pub(super) fn retry_after(&self) -> Option<u32> {
        self.0.retry_after
    }

    /// Says when to try again, where nobody knows better.
    pub(super) fn or_again_in(mut self, seconds: u32) -> Self {
        self.0.retry_after.get_or_insert(seconds);
        self
    }

    /// A read that failed.
    pub(crate) fn reading(error: &UpstreamError) -> Self {
        Self(Box::new(failure_of(error, Doing::Read)))
    }
}

/// What an upstream's failure means to whoever has to act on it. Without words yet.
pub(crate) fn failure_of(error: &UpstreamError, doing: Doing) -> Failure {
    let kind = match error {
        _ if doing == Doing::Write && !error.did_nothing() => FailureKind::Uncertain,
        UpstreamError::NotSent(_) | UpstreamError::Failed(_) => failed(error),
        UpstreamError::LeftAlone { .. } => FailureKind::UpstreamDown,
        UpstreamError::OverBudget { .. } | UpstreamError::TooMany(_) => FailureKind::Busy,
        UpstreamError::NoAnswer(_) => FailureKind::Timeout,
        UpstreamError::Forbidden(_) => FailureKind::SwitchedOff,
        UpstreamError::NotFound(_) => FailureKind::NotFound,
        UpstreamError::Conflict(_) => FailureKind::Conflict,
        // The upstream, or what stands before it, gave up waiting: no fault of the request's.
        UpstreamError::Refused(said) if said.status == 408 => FailureKind::Timeout,
        UpstreamError::Refused(_) if doing == Doing::Write => FailureKind::Refused,
        UpstreamError::Refused(_) => FailureKind::BadRequest,
        UpstreamError::Unreadable(_) => FailureKind::Unreadable,
    };
    let body = error.said().map(|said| said.body.clone()).unwrap_or_default();
    let limit = matches!(error, UpstreamError::TooMany(_)).then_some(LIMIT_OPENS_IN);
    let retry_after = error.retry_after().map(whole_seconds).or(limit);
    Failure {
        trace_id: body.trace_id,
        upstream_message: body.error_message,
        retry_after,
        ..Failure::of(kind)
    }
}

/// Rounded up: whoever comes back then is not told to wait once more.
fn whole_seconds(time: Duration) -> u32 {
    u32::try_from(time.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
}

/// 503 is the upstream's word for too much load.
fn failed(error: &UpstreamError) -> FailureKind {
    match error.said() {
        Some(said) if said.status == 503 => FailureKind::Busy,
        _ => FailureKind::UpstreamDown,
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::of(FailureKind::Internal)
    }
}

impl From<SignInError> for Trouble {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wrong => Self::of(FailureKind::WrongCredentials),
            SignInError::Upstream(error) => Self::reading(&error),
            SignInError::Store(error) => error.into(),
            SignInError::Locked(locked) => {
                let retry_after = u32::try_from(locked.opens_in.num_seconds()).ok();
                Self(Box::new(Failure {
                    retry_after,
                    ..Failure::of(FailureKind::TooManyTries)
                }))
            }
        }
    }
}

/// What a page says by itself comes here in other words only where it could not.
impl From<EmailError> for Trouble {
    fn from(error: EmailError) -> Self {
        match error {
            EmailError::Upstream(error) => Self::reading(&error),
            EmailError::Store(error) => error.into(),
            EmailError::Wrong(_) | EmailError::UsedUp | EmailError::Gone => {
                Self::of(FailureKind::WrongCredentials)
            }
        }
    }
}

impl From<BookError> for Trouble {
    fn from(error: BookError) -> Self {
        match error {
            BookError::Refused(failure) | BookError::Uncertain(failure) => Self(failure),
            // Book's own calls come here only where nothing was booked.
            BookError::Upstream(error) => Self::reading(&error),
            BookError::OtherWish => Self(Box::new(Failure {
                retry: false,
                ..Failure::of(FailureKind::Conflict)
            })),
            BookError::Spent => Self::of(FailureKind::Refused),
            BookError::BrokeOff => Self::of(FailureKind::Uncertain),
            BookError::Store(error) => error.into(),
        }
    }
}

/// The status of each kind. None of them is a 3xx or a success, whatever a later version adds.
fn status(kind: &FailureKind) -> StatusCode {
    match kind {
        FailureKind::BadRequest => StatusCode::BAD_REQUEST,
        FailureKind::SignedOut | FailureKind::WrongCredentials | FailureKind::NotRecognised => {
            StatusCode::UNAUTHORIZED
        }
        FailureKind::NotFound => StatusCode::NOT_FOUND,
        FailureKind::Conflict => StatusCode::CONFLICT,
        FailureKind::Refused => StatusCode::UNPROCESSABLE_ENTITY,
        FailureKind::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
        FailureKind::UpstreamDown | FailureKind::Unreadable => StatusCode::BAD_GATEWAY,
        FailureKind::Busy | FailureKind::SwitchedOff => StatusCode::SERVICE_UNAVAILABLE,
        FailureKind::Timeout | FailureKind::Uncertain | FailureKind::Offline => StatusCode::GATEWAY_TIMEOUT,
        FailureKind::Internal | FailureKind::Unknown(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The kinds that a status stands for. Those that no kind has are given to what no app of ours sends: from another site,
/// packed, too slow.
pub(super) fn kinds_of(status: u16) -> Vec<FailureKind> {
    let known = FailureKind::KNOWN.iter();
    let mut kinds: Vec<_> = known
        .filter(|kind| self::status(kind).as_u16() == status && **kind != FailureKind::Offline)
        .cloned()
        .collect();
    match status {
        421 => kinds.push(FailureKind::NotFound),
        _ if kinds.is_empty() => kinds.push(FailureKind::BadRequest),
        _ => {}
    }
    kinds
}

/// What a response carries until [`speak`] writes it out; the log reads kind and trace id from it.
#[derive(Clone)]
pub(super) struct Unspoken(pub(super) Box<Failure>);

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = status(&self.0.kind).into_response();
        if let Some(seconds) = self.0.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Unspoken(self.0));
        response
    }
}

/// Gives every failure its words, in the member's language.
pub(super) async fn speak<F>(request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let lang = Tongue::lang(request.headers());
    let mut response = next(request).await;
    let Some(Unspoken(failure)) = response.extensions().get::<Unspoken>().cloned() else {
        return response;
    };
    let body = Json(worded(*failure, lang)).into_response();
    let (parts, body) = body.into_parts();
    response.headers_mut().extend(parts.headers);
    *response.body_mut() = body;
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response
}

/// The same failure, with words.
pub(super) fn worded(failure: Failure, lang: Lang) -> Failure {
    Failure {
        message: Some(words::failure(lang, &failure.kind).to_owned()),
        ..failure
    }
}
