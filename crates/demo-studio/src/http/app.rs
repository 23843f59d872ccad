//! What every handler shares.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::FromRequestParts;
use axum::http::header::HOST;
use axum::http::request::Parts;
use perfectgym::{BookingId, CustomerId, MomentForm};

use super::auth::Keys;
use super::error::Problem;
use super::rate::Rate;
use crate::desk::Desk;
use crate::quirks::QuirkBoard;
use crate::seed::members::Member;
use crate::webhooks::{Event, Sender};

/// A running studio, for handlers.
#[derive(Clone, Debug)]
pub(crate) struct App(Arc<Shared>);

/// See the fields.
#[derive(Debug)]
pub(crate) struct Shared {
    /// Timetable, bookings and clock.
    pub(crate) desk: Desk,
    /// Who may do what.
    pub(crate) keys: Keys,
    /// What to do wrong.
    pub(crate) quirks: QuirkBoard,
    /// The limit of calls, if there is one.
    pub(crate) rate: Option<Rate>,
    /// How slots' moments are written.
    pub(crate) slot_form: MomentForm,
    /// How bookings' moments are written.
    pub(crate) booking_form: MomentForm,
    /// What picture addresses begin with.
    pub(crate) public_url: Option<String>,
    /// Whether quirks and clock can be changed at run time.
    pub(crate) allow_quirks: bool,
    /// Answers so far.
    pub(crate) answers: AtomicU64,
    /// Whom to tell of changes, if anybody.
    pub(crate) webhooks: Option<Sender>,
}

impl App {
    pub(crate) fn new(parts: Shared) -> Self {
        Self(Arc::new(parts))
    }

    /// The member with that id; the upstream calls an id it does not know 404.
    pub(crate) fn member(&self, id: CustomerId) -> Result<&Member, Problem> {
        self.desk.member(id).ok_or(Problem::NotFound("customer"))
    }

    /// Tells whoever wants to know, in the background.
    pub(crate) fn tell(&self, event: Event, booking: BookingId) {
        if let Some(webhooks) = &self.webhooks {
            webhooks.tell(event, booking, self.desk.clock.now());
        }
    }

    /// An id for one answer, different for each.
    pub(crate) fn trace(&self) -> String {
        let number = self.answers.fetch_add(1, Ordering::Relaxed);
        let time = self.desk.clock.now().timestamp_micros();
        format!("{time:016x}{number:016x}")
    }
}

impl std::ops::Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// What the addresses of pictures begin with, without a slash at the end.
pub(crate) struct Base(pub(crate) String);

impl FromRequestParts<App> for Base {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let host = parts
            .headers
            .get(HOST)
            .and_then(|host| host.to_str().ok())
            .unwrap_or("127.0.0.1:8090");
        let told = app
            .public_url
            .as_deref()
            .map(|url| url.trim_end_matches('/').to_owned());
        Ok(Self(told.unwrap_or_else(|| format!("http://{host}"))))
    }
}
