//! One of the many: opens the app, looks at three services, and perhaps books.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::Days;
use demo_studio::seed::crowd::{COOL_DOWN, OPEN_FLOOR};
use hyper::Method;
use hyper::header::RETRY_AFTER;
use perfectgym::{
    Book, BookableAppointmentId, BookingWish, CustomerId, DaysAhead, ListSlots, Operation, Slot,
    ValidateBooking,
};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

use super::counter::Counter;
use crate::clock;
use crate::visitor::{Answer, Ask, Visitor};

/// How often somebody comes back when told to.
const TRIES: usize = 5;

/// What one of them met.
#[derive(Debug, Default)]
pub struct Met {
    /// How long the page took.
    pub page: Option<Duration>,
    /// Status and number of answers.
    pub statuses: Vec<u16>,
    /// How long times took, each.
    pub times: Vec<Duration>,
    /// How long the book took beyond what the studio took.
    pub delay: Option<Duration>,
    /// Whether a booking was wanted, and made.
    pub booked: Option<bool>,
}

/// One of them.
pub struct Guest {
    visitor: Visitor,
    proxy: SocketAddr,
    chance: StdRng,
    customer: CustomerId,
    services: Arc<[BookableAppointmentId]>,
    met: Met,
}

impl Guest {
    /// With an address and a session of their own.
    #[must_use]
    pub fn new(
        proxy: SocketAddr,
        customer: CustomerId,
        session: &str,
        services: Arc<[BookableAppointmentId]>,
        number: u32,
    ) -> Self {
        let mut visitor = Visitor::new();
        visitor.cookies.extend(
            session
                .split_once('=')
                .map(|(name, value)| (name.into(), value.into())),
        );
        let [_, a, b, c] = number.to_be_bytes();
        visitor.forwarded_for = Some(format!("10.{a}.{b}.{c}"));
        Self {
            visitor,
            proxy,
            chance: StdRng::seed_from_u64(number.into()),
            customer,
            services,
            met: Met::default(),
        }
    }

    /// From opening the app to leaving it.
    pub async fn visit(mut self, books: bool, counter: &Counter) -> Met {
        let began = clock::now();
        self.ask(Ask::get("/")).await;
        self.met.page = Some(began.elapsed());
        self.ask(Ask::get("/session")).await;
        for _ in 0..2 {
            let service = self
                .services
                .get(self.chance.random_range(0..self.services.len().max(1)));
            if let Some(service) = service.copied() {
                self.look_at(service).await;
            }
        }
        let last = if self.chance.random() {
            OPEN_FLOOR
        } else {
            COOL_DOWN
        };
        let slots = self.look_at(last).await;
        if books {
            self.met.booked = Some(self.book(last, &slots, counter).await);
        }
        self.met
    }

    async fn think(&mut self) {
        let millis = self.chance.random_range(1500..6000);
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }

    /// Asks, and comes back when told to.
    async fn ask(&mut self, ask: Ask<'_>) -> Option<Answer> {
        for _ in 0..TRIES {
            let again = Ask {
                method: ask.method.clone(),
                target: ask.target,
                body: ask.body.clone(),
                key: ask.key,
            };
            let answer = self.visitor.ask(self.proxy, again).await.ok()?;
            self.met.statuses.push(answer.status.as_u16());
            let seconds = answer
                .headers
                .get(RETRY_AFTER)
                .and_then(|value| value.to_str().ok()?.parse().ok());
            match seconds {
                Some(seconds) if !answer.status.is_success() => {
                    tokio::time::sleep(Duration::from_secs(seconds)).await;
                }
                _ => return Some(answer),
            }
        }
        None
    }

    async fn look_at(&mut self, service: BookableAppointmentId) -> Vec<Slot> {
        self.think().await;
        let slots = ListSlots {
            id: service,
            customer_id: None,
            days_ahead: Some(DaysAhead::MOST),
            slot_window_start_date: clock::today().date_naive().checked_add_days(Days::new(1)),
        };
        let (target, began) = (format!("/api{}", slots.target()), clock::now());
        let answer = self.ask(Ask::get(&target)).await;
        self.met.times.push(began.elapsed());
        let list = answer.map(|answer| answer.json()).unwrap_or_default();
        serde_json::from_value(list).unwrap_or_default()
    }

    async fn book(&mut self, service: BookableAppointmentId, slots: &[Slot], counter: &Counter) -> bool {
        self.think().await;
        let Some(slot) = slots.get(self.chance.random_range(0..slots.len().max(1))) else {
            return false;
        };
        let wish = BookingWish::new(service, slot);
        let (body, validate) = (json!(wish), ValidateBooking(wish.clone()).target());
        let verdict = self
            .ask(Ask::of(Method::POST, &format!("/api{validate}")).with(body.clone()))
            .await;
        let verdict = verdict.map(|answer| answer.json()).unwrap_or_default();
        if verdict.get("validationStatus").and_then(Value::as_str) != Some("AVAILABLE") {
            return false;
        }
        self.think().await;
        let (key, target) = (
            format!("rush-{:032x}", self.chance.random::<u128>()),
            format!("/api{}", Book(wish).target()),
        );
        let ask = Ask {
            key: Some(&key),
            ..Ask::of(Method::POST, &target).with(body)
        };
        let began = clock::now();
        let answer = self.ask(ask).await;
        let took = began.elapsed();
        self.met.delay = Some(took.saturating_sub(counter.took_for(self.customer, began)));
        answer.is_some_and(|answer| answer.status.is_success())
    }
}
