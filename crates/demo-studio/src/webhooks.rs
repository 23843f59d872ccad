//! Tells somebody else when a booking was made or cancelled, as the upstream's webhooks do: in the background, after the
//! effect. What cannot be delivered at the second try is lost, as it may be there.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use perfectgym::{API_KEY_HEADER, BookingId};
use serde_json::{Value, json};

/// The upstream gives a receiver this long to answer.
const PATIENCE: Duration = Duration::from_secs(5);
const TRIES: u32 = 2;
const PAUSE: Duration = Duration::from_secs(1);

/// Where to send webhooks, and the key that they carry. Its `Debug` shows neither.
#[derive(Clone)]
pub struct Webhooks {
    /// The whole address.
    pub url: String,
    /// What goes in `x-api-key`.
    pub key: String,
}

impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Webhooks")
    }
}

/// What happened to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Created,
    Cancelled,
}

impl Event {
    fn word(self) -> &'static str {
        match self {
            Self::Created => "APPOINTMENT_BOOKING_CREATED",
            Self::Cancelled => "APPOINTMENT_BOOKING_CANCELLED",
        }
    }
}

/// Sends them.
#[derive(Debug)]
pub(crate) struct Sender {
    to: Webhooks,
    http: reqwest::Client,
    sent: AtomicU64,
}

impl Sender {
    /// Made once; sends nothing yet.
    pub(crate) fn new(to: Webhooks) -> Result<Self, String> {
        // Whoever was first has installed the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().timeout(PATIENCE).no_proxy().build();
        Ok(Self {
            to,
            http: http.map_err(|error| error.to_string())?,
            sent: AtomicU64::new(0),
        })
    }

    /// Sends one, and waits for nothing.
    pub(crate) fn tell(&self, event: Event, booking: BookingId, now: DateTime<Utc>) {
        let number = self.sent.fetch_add(1, Ordering::Relaxed);
        let body = body(event, booking, now, number).to_string();
        let request = self
            .http
            .post(&self.to.url)
            .header(API_KEY_HEADER, &self.to.key)
            .header("content-type", "application/json")
            .body(body);
        tokio::spawn(deliver(request));
    }
}

fn body(event: Event, booking: BookingId, now: DateTime<Utc>, number: u64) -> Value {
    let millis = now.timestamp_millis();
    json!({
        "entityId": booking.0,
        "uuid": format!("{millis:08x}-0000-4000-8000-{number:012x}"),
        "payload": [{ "timestamp": millis, "type": event.word(), "content": null }],
    })
}

async fn deliver(request: reqwest::RequestBuilder) {
    for _ in 0..TRIES {
        let Some(request) = request.try_clone() else {
            return;
        };
        match request.send().await {
            Ok(answer) if answer.status().is_success() => return,
            Ok(answer) => tracing::warn!(status = answer.status().as_u16(), "a webhook was refused"),
            Err(error) => tracing::warn!(error = %error.without_url(), "a webhook was not delivered"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
