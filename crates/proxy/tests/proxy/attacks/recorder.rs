//! An upstream that writes down everything that arrives, and says what of it may.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::{Next, from_fn};
use serde_json::{Value, json};

use super::wire::{self, Reply};
use crate::scripted::{ADA, Scripted, booking};
use crate::support::*;

/// Ada's id at the upstream.
pub(super) const HER: &str = "7";
const HER_ID: i64 = 7;
/// A booking of somebody else's.
pub(super) const ANOTHERS: i64 = 66;

/// A request as the upstream got it.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    pub(super) method: String,
    /// Path and query, as they were sent.
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

/// Ada's browser, and an upstream that is written down.
pub(super) struct Door {
    pub(super) stage: Stage,
    pub(super) upstream: Scripted,
    pub(super) cookie: String,
    arrivals: Arc<Mutex<Vec<Arrival>>>,
}

impl Door {
    pub(super) async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// Signed in, and nothing written down yet.
    pub(super) async fn open_with(change: impl FnOnce(&mut frontdesk_proxy::config::Settings)) -> Self {
        let upstream = Scripted::new();
        let service = json!({ "id": 7, "title": "Massage" });
        upstream.says("GET /v1/appointments/bookable/7", 200, service);
        upstream.says("GET /v1/appointments/bookable/7/slots", 200, json!([]));
        let mut anothers = booking(ANOTHERS);
        anothers["customerId"] = json!(8);
        anothers["title"] = json!("Anothers");
        upstream.says("GET /v1/appointments/booking/66", 200, anothers);
        upstream.says("GET /v1/appointments/booking/5", 200, booking(5));
        let arrivals = Arc::default();
        let stage = in_front_of_with(written_down(&upstream, &arrivals), change).await;
        let ada = stage.signed_in(ADA).await;
        let cookie = ada.cookies.lock().unwrap()["frontdesk"].clone();
        arrivals.lock().unwrap().clear();
        Self {
            stage,
            upstream,
            cookie,
            arrivals,
        }
    }

    /// What arrived since this was last asked.
    pub(super) fn arrived(&self) -> Vec<Arrival> {
        std::mem::take(&mut *self.arrivals.lock().unwrap())
    }

    /// Fails where anything arrived that is not one of the eight operations, for Ada, in words of ours.
    #[track_caller]
    pub(super) fn only_ours_arrived(&self, after: &str) -> Vec<Arrival> {
        let arrived = self.arrived();
        for arrival in &arrived {
            assert!(is_ours(arrival), "{after}: {arrival:?}");
        }
        arrived
    }

    /// A request's head of Ada's browser, less its last line break; the last of its connection.
    pub(super) fn head(&self, line: &str) -> String {
        let (address, cookie) = (self.stage.address, &self.cookie);
        format!(
            "{line} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nCookie: frontdesk={cookie}\r\n\
             Connection: close\r\n"
        )
    }

    /// A request without a body, with more header lines, each with its line break.
    pub(super) async fn ask(&self, line: &str, more: &str) -> Reply {
        let request = format!("{}{more}\r\n", self.head(line));
        wire::ask(self.stage.address, request).await
    }

    /// A request with a body of whatever kind.
    pub(super) async fn post(&self, path: &str, content_type: &str, body: impl AsRef<[u8]>) -> Reply {
        let (head, body) = (self.head(&format!("POST {path}")), body.as_ref());
        let more = format!(
            "Content-Type: {content_type}\r\nContent-Length: {}\r\nIdempotency-Key: key-of-an-attack-0001\r\n\r\n",
            body.len()
        );
        let request = [head.as_bytes(), more.as_bytes(), body].concat();
        wire::ask(self.stage.address, request).await
    }
}

fn written_down(upstream: &Scripted, arrivals: &Arc<Mutex<Vec<Arrival>>>) -> Router {
    let arrivals = Arc::clone(arrivals);
    let write = move |request: Request, next: Next| {
        let arrivals = Arc::clone(&arrivals);
        async move {
            let (parts, body) = request.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            arrivals.lock().unwrap().push(Arrival {
                method: parts.method.to_string(),
                target: parts.uri.to_string(),
                headers: parts.headers.clone(),
                body: String::from_utf8_lossy(&body).into_owned(),
            });
            next.run(Request::from_parts(parts, Body::from(body))).await
        }
    };
    upstream.router().layer(from_fn(write))
}

/// Whether it is one of the eight operations or the look-up of a number, for Ada, with ids that are numbers, with no
/// parameter twice and none that the operation does not have.
fn is_ours(arrival: &Arrival) -> bool {
    let (path, query) = arrival.target.split_once('?').unwrap_or((&arrival.target, ""));
    let parts: Vec<&str> = path.split('/').collect();
    let number = |text: &str| text.parse::<i64>().is_ok_and(|id| id.to_string() == text);
    let names: &[&str] = match (arrival.method.as_str(), parts.as_slice()) {
        ("GET", ["", "v1", "appointments", "bookable"]) => &["offset", "sliceSize"],
        ("GET", ["", "v1", "appointments", "bookable", id]) if number(id) => &[],
        ("GET", ["", "v1", "appointments", "bookable", id, "slots"]) if number(id) => {
            &["customerId", "daysAhead", "slotWindowStartDate"]
        }
        ("POST", ["", "v1", "appointments", "bookable", "validate"]) => &[],
        ("POST", ["", "v1", "appointments", "booking", "book"]) => &[],
        ("GET", ["", "v1", "appointments", "booking"]) => &["customerId"],
        ("GET" | "DELETE", ["", "v1", "appointments", "booking", id]) if number(id) => &[],
        ("GET", ["", "v1", "customers", "by"]) => &["customerNumber"],
        _ => return false,
    };
    query_is_ours(query, names) && body_is_ours(&arrival.body) && headers_are_ours(&arrival.headers)
}

fn query_is_ours(query: &str, names: &[&str]) -> bool {
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    pairs.iter().all(|(name, value)| {
        let once = pairs.iter().filter(|(other, _)| other == name).count() == 1;
        let whom = name != "customerId" || value == HER;
        once && whom && names.contains(&name.as_ref())
    })
}

fn body_is_ours(body: &str) -> bool {
    if body.is_empty() {
        return true;
    }
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    let fields: Vec<&String> = json
        .as_object()
        .into_iter()
        .flat_map(|fields| fields.keys())
        .collect();
    let known = [
        "bookableAppointmentId",
        "customerId",
        "endDateTime",
        "instructorIds",
        "startDateTime",
    ];
    let once = body.matches("customerId").count() == 1;
    json["customerId"] == HER_ID && once && fields.iter().all(|field| known.contains(&field.as_str()))
}

/// Nothing of a browser's headers goes on but the language.
fn headers_are_ours(headers: &HeaderMap) -> bool {
    let known = [
        "accept",
        "accept-encoding",
        "accept-language",
        "content-length",
        "content-type",
        "host",
        "user-agent",
        "x-api-key",
        "x-request-id",
    ];
    headers.get("x-request-id").is_none_or(is_sound_id)
        && headers.keys().all(|name| known.contains(&name.as_str()))
        && headers
            .keys()
            .all(|name| headers.get_all(name).iter().count() == 1)
}

/// It is made by us, or was let through because it can stand anywhere.
fn is_sound_id(id: &HeaderValue) -> bool {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"._-".contains(b);
    id.len() <= 64 && id.as_bytes().iter().all(plain)
}
