//! Between the proxy and the studio's router: does to each call what the plan says, and notes what was done.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use perfectgym::{AppointmentBooking, Book, BookingId, BookingRequest, Operation as _};
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::journal::{Journal, wish_id};
use super::plan::{self, Fault};
use crate::clock;

const LARGEST: usize = 8 << 20;

/// What all calls share.
pub struct Layer {
    /// What was done.
    pub journal: Journal,
    chance: Mutex<StdRng>,
    patience: Duration,
    on: AtomicBool,
}

impl Layer {
    /// Faults by this seed, for a proxy that waits so long for an answer.
    #[must_use]
    pub fn new(seed: u64, patience: Duration) -> Arc<Self> {
        Arc::new(Self {
            journal: Journal::default(),
            chance: Mutex::new(StdRng::seed_from_u64(seed)),
            patience,
            on: AtomicBool::new(true),
        })
    }

    /// From now on all goes well.
    pub fn stop(&self) {
        self.on.store(false, Ordering::Relaxed);
    }

    fn fault(&self) -> Option<Fault> {
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = plan::choose(&mut *chance, self.patience);
        fault.filter(|_| self.on.load(Ordering::Relaxed))
    }
}

/// The middleware. Each call runs in a task of its own: what reached the studio happens there, whether anybody still waits
/// for it or not.
pub async fn between(State(layer): State<Arc<Layer>>, request: Request, next: Next) -> Response {
    if request.method() == Method::HEAD {
        return next.run(request).await;
    }
    let fault = layer.fault();
    layer.journal.called(fault.is_some());
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let call = Call {
        layer,
        request: Request::from_parts(parts, Body::from(body.clone())),
        body,
        next,
    };
    let done = tokio::spawn(call.with(fault)).await;
    done.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

struct Call {
    layer: Arc<Layer>,
    request: Request,
    body: Bytes,
    next: Next,
}

impl Call {
    async fn with(self, fault: Option<Fault>) -> Response {
        match fault {
            None => self.done().await.0,
            Some(Fault::LostBefore) => broken_off(&Bytes::new()),
            Some(Fault::StatusBefore(status)) => failed(status),
            Some(Fault::LostAfter) => {
                self.done().await;
                broken_off(&Bytes::new())
            }
            Some(Fault::StatusAfter(status)) => {
                self.done().await;
                failed(status)
            }
            Some(Fault::Late(before, after)) => {
                tokio::time::sleep(before).await;
                let answer = self.done().await.0;
                tokio::time::sleep(after).await;
                answer
            }
            Some(Fault::Half) => broken_off(&self.done().await.1),
        }
    }

    /// Lets the studio do it, and notes what it did; its answer, and the answer's body.
    async fn done(self) -> (Response, Bytes) {
        let (method, path) = (
            self.request.method().clone(),
            self.request.uri().path().to_owned(),
        );
        let (mut parts, body) = self.next.run(self.request).await.into_parts();
        let body = to_bytes(body, LARGEST).await.unwrap_or_default();
        if parts.status == StatusCode::OK {
            note(&self.layer.journal, &method, &path, &self.body, &body);
        }
        parts.headers.remove(CONTENT_LENGTH);
        (Response::from_parts(parts, Body::from(body.clone())), body)
    }
}

fn note(journal: &Journal, method: &Method, path: &str, asked: &[u8], answered: &[u8]) {
    let at = clock::now();
    if method == Method::DELETE {
        let id = path.rsplit('/').next().and_then(|id| id.parse().ok());
        id.map(BookingId)
            .into_iter()
            .for_each(|id| journal.cancelled(id, at));
    } else if path == Book::<BookingRequest>::PATH {
        let asked: Option<BookingRequest> = serde_json::from_slice(asked).ok();
        let answered: Option<AppointmentBooking> = serde_json::from_slice(answered).ok();
        if let (Some(asked), Some(answered)) = (asked, answered) {
            journal.booked(wish_id(&asked), answered.booking_id, at);
        }
    }
}

/// As the upstream words a failure.
fn failed(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = axum::Json(serde_json::json!({ "errorMessage": "made to fail", "traceId": "trial" }));
    (status, body).into_response()
}

/// Half of a body, and then the connection ends; of an empty one, nothing at all.
fn broken_off(body: &Bytes) -> Response {
    let promised = HeaderValue::from(body.len().max(1));
    let half = body.slice(..body.len() / 2);
    let body = Body::new(BrokenOff(Some(half).filter(|half| !half.is_empty())));
    let headers = [
        (CONTENT_LENGTH, promised),
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
    ];
    (headers, body).into_response()
}

struct BrokenOff(Option<Bytes>);

impl http_body::Body for BrokenOff {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.0.take() {
            Some(half) => Poll::Ready(Some(Ok(Frame::data(half)))),
            None => Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into()))),
        }
    }
}
