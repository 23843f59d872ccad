//! Calls to the proxy: the only file that knows gloo-net. Paths and shapes are `perfectgym`'s and `booking`'s.

use booking::flow::{Answer, Call, Ticket};
use booking::{AttemptKey, Failure, FailureKind, Lang, attempt, session};
use gloo_net::http::{Request, RequestBuilder, Response};
use perfectgym::{
    AppointmentBooking, Book, BookingWish, DeleteBooking, Deleted, GetBookableAppointment, GetBooking,
    ListBookings, ListSlots, Method, Operation, ValidateBooking,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::AbortSignal;

/// Where the proxy offers the upstream's operations.
const API: &str = "/api";

/// After so long a request is given up; the proxy answers far earlier, so this is a network that swallows.
const GIVE_UP_MS: u32 = 40_000;

/// Calls the proxy in one language, in the name of one start of the app.
#[derive(Clone, Copy)]
pub struct Api {
    lang: Lang,
    start: u128,
}

impl Api {
    /// Draws the number that tells this start's attempts from any other's.
    pub fn new(lang: Lang) -> Self {
        let mut bytes = [0; 16];
        let drawn = leptos::prelude::window()
            .crypto()
            .and_then(|c| c.get_random_values_with_u8_array(&mut bytes));
        // Every browser that runs wasm has it; without, the clock tells starts apart.
        let start = match drawn {
            Ok(_) => u128::from_ne_bytes(bytes),
            Err(_) => u128::from(super::clock::now().timestamp_millis().unsigned_abs()),
        };
        Self { lang, start }
    }

    /// Makes a call.
    pub async fn make(self, ticket: Ticket, call: &Call) -> Result<Answer, Failure> {
        match call {
            Call::ReadSession => self.ask(Method::Get, session::PATH).await.map(Answer::Session),
            Call::SignIn(answers) => self.tell(session::PATH, answers).await.map(Answer::Session),
            Call::SignOut => self.ask(Method::Delete, session::PATH).await.map(Answer::Session),
            Call::ReadCatalogue(slice) => self.operate(slice).await.map(Answer::Catalogue),
            Call::ReadService(id) => self
                .operate(&GetBookableAppointment { id: *id })
                .await
                .map(Answer::Service),
            Call::ReadSlots {
                service,
                start,
                days_ahead,
                ..
            } => {
                let slots = ListSlots {
                    id: *service,
                    customer_id: None,
                    days_ahead: Some(*days_ahead),
                    slot_window_start_date: Some(*start),
                };
                self.operate(&slots).await.map(Answer::Slots)
            }
            Call::Validate(wish) => self.validate(wish).await,
            Call::Book { wish } => self.book(ticket, wish).await,
            Call::Settle { attempt } => self.settle(*attempt).await,
            Call::ReadBookings => self
                .ask(Method::Get, &api(ListBookings::PATH))
                .await
                .map(Answer::Bookings),
            Call::ReadBooking(id) => {
                // Without the upstream's customerId, which stays behind the proxy.
                let booking: Result<AppointmentBooking, _> = self
                    .ask(Method::Get, &api(&GetBooking { id: *id }.target()))
                    .await;
                booking.map(Answer::Booking)
            }
            Call::Cancel(id) => {
                let deleted: Result<Deleted, _> = self.operate(&DeleteBooking { id: *id }).await;
                deleted.map(|_| Answer::Cancelled)
            }
        }
    }

    async fn validate(self, wish: &BookingWish) -> Result<Answer, Failure> {
        let verdict = self.operate(&ValidateBooking(wish.clone())).await?;
        Ok(Answer::Verdict(verdict.validation_status))
    }

    /// An answer that cannot be read may hide a booking.
    async fn book(self, ticket: Ticket, wish: &BookingWish) -> Result<Answer, Failure> {
        let book = Book(wish.clone());
        let key = self.key(ticket)?;
        let request = self
            .request(Method::Post, &api(&book.target()))
            .header(attempt::HEADER, key.as_str());
        let sent = send(request, Some(wish)).await;
        sent.map(Answer::Booking).map_err(|failure| match failure.kind {
            FailureKind::Unreadable => Failure {
                kind: FailureKind::Uncertain,
                ..failure
            },
            _ => failure,
        })
    }

    async fn settle(self, ticket: Ticket) -> Result<Answer, Failure> {
        let key = self.key(ticket)?;
        self.ask(Method::Post, &attempt::path(&key))
            .await
            .map(Answer::Attempt)
    }

    fn key(self, ticket: Ticket) -> Result<AttemptKey, Failure> {
        let text = format!("{:032x}-{}", self.start, ticket.0);
        AttemptKey::new(&text).map_err(|_| Failure::of(FailureKind::Internal))
    }

    async fn operate<O: Operation>(self, operation: &O) -> Result<O::Answer, Failure> {
        send(
            self.request(O::METHOD, &api(&operation.target())),
            operation.body(),
        )
        .await
    }

    async fn ask<A: DeserializeOwned>(self, method: Method, path: &str) -> Result<A, Failure> {
        send(self.request(method, path), None::<&()>).await
    }

    async fn tell<A: DeserializeOwned>(self, path: &str, body: &impl Serialize) -> Result<A, Failure> {
        send(self.request(Method::Post, path), Some(body)).await
    }

    fn request(self, method: Method, url: &str) -> RequestBuilder {
        let request = match method {
            Method::Get => Request::get(url),
            Method::Post => Request::post(url),
            Method::Delete => Request::delete(url),
        };
        request
            .header("Accept-Language", self.lang.tag())
            .abort_signal(Some(&AbortSignal::timeout_with_u32(GIVE_UP_MS)))
    }
}

fn api(target: &str) -> String {
    format!("{API}{target}")
}

async fn send<A: DeserializeOwned>(
    request: RequestBuilder,
    body: Option<&impl Serialize>,
) -> Result<A, Failure> {
    let unreadable = || Failure::of(FailureKind::Unreadable);
    let response = match body {
        Some(body) => {
            let json = serde_json::to_string(body).map_err(|_| unreadable())?;
            let request = request.header("Content-Type", "application/json").body(json);
            request.map_err(|_| unreadable())?.send().await
        }
        None => request.send().await,
    };
    // The browser does not tell why: no network, no proxy, or nobody answered in time.
    let response = response.map_err(|_| Failure::of(FailureKind::Offline))?;
    let text = response
        .text()
        .await
        .map_err(|_| Failure::of(FailureKind::Offline))?;
    read(&response, &text)
}

fn read<A: DeserializeOwned>(response: &Response, text: &str) -> Result<A, Failure> {
    let unreadable = |_| Failure::of(FailureKind::Unreadable);
    if response.ok() {
        serde_json::from_str(text).map_err(unreadable)
    } else {
        Err(serde_json::from_str(text).unwrap_or_else(unreadable))
    }
}
