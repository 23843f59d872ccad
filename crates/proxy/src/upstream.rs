//! The upstream: sends one operation and says what came of it.
//!
//! Each room has one concern: `client` the key and HTTP, `endpoint` what is counted apart and who goes first, `rate`,
//! `purse`, `allowance` and `in_store` how many calls there are, `lane` and `gate` who may make the next one, `breaker` when to leave
//! the upstream alone, `retry` when to ask again, `answer` and `error` what came of it, `key_check` and `picture` what is
//! no operation. It must not know a member, an HTTP answer of ours, or axum; and it never sends anything but a GET twice.

mod allowance;
mod answer;
mod breaker;
mod client;
mod endpoint;
mod error;
mod gate;
mod health;
mod in_store;
mod key_check;
mod lane;
mod picture;
mod public;
mod purse;
mod rate;
mod retry;

use std::sync::Arc;
use std::time::Duration;

use perfectgym::{FindCustomer, Method, Operation};
use rand::Rng as _;

use crate::clock::Stopwatch;
use crate::config;
use crate::measure;

pub use allowance::{Allowance, Grant, InMemory, Want};
pub use breaker::Rest;
use client::Client;
pub use endpoint::{Endpoint, Priority};
pub use error::{ClientError, Said, UpstreamError};
use gate::Gate;
pub use health::Known;
pub use in_store::InStore;
pub use key_check::KeyCheck;
use lane::Rules;
pub use picture::Picture;
pub use purse::LASTS;
pub use rate::Rate;

/// When to come back where nobody knows better.
const SOON: Duration = Duration::from_secs(1);

/// A tenant of the upstream, ready to be called.
pub struct Upstream {
    client: Client,
    limits: config::Limits,
    gate: Gate,
    health: health::Health,
}

impl Upstream {
    /// Makes a client that is alone with its key. Sends nothing yet.
    ///
    /// # Errors
    /// The key cannot be a header, or TLS has no roots.
    pub fn new(upstream: &config::Upstream, limits: &config::Limits) -> Result<Self, ClientError> {
        let alone = Arc::new(InMemory::new(limits.budget));
        Self::with_allowance(upstream, limits, alone)
    }

    /// Makes a client that shares its key's limit with others.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_allowance(
        upstream: &config::Upstream,
        limits: &config::Limits,
        allowance: Arc<dyn Allowance>,
    ) -> Result<Self, ClientError> {
        let rules = Rules {
            rate: limits.budget,
            rest: limits.rest,
            batch: 0,
            patience: limits.patience_of_readers,
            patience_of_bookings: limits.patience_of_bookings,
        };
        Ok(Self {
            client: Client::new(upstream, limits)?,
            limits: limits.clone(),
            gate: Gate::new(rules, allowance),
            health: health::Health::default(),
        })
    }

    /// Scheme, host and port of the tenant.
    pub fn origin(&self) -> String {
        self.client.origin()
    }

    /// What the last calls say of it.
    pub fn known(&self) -> Known {
        self.health.known()
    }

    /// Asks again whether it is there and takes the key, for when nobody else asks.
    pub(crate) async fn look_again(&self) {
        let error = match self.check_key().await {
            KeyCheck::Unknown(why) => Some(UpstreamError::NoAnswer(why)),
            KeyCheck::Refused => Some(UpstreamError::Forbidden(Said {
                status: 401,
                ..Said::default()
            })),
            KeyCheck::Accepted | KeyCheck::LacksScope(_) | KeyCheck::NoTenant(_) => None,
        };
        self.health.note(error.as_ref());
    }

    /// Sends one operation. A GET is sent again where it found no connection or a 503, within one deadline; anything
    /// else is sent once.
    ///
    /// # Errors
    /// Says whether anything can have happened: [`UpstreamError::did_nothing`].
    pub async fn call<O: Operation>(
        &self,
        operation: &O,
        language: &str,
    ) -> Result<O::Answer, UpstreamError> {
        self.call_as(Priority::of::<O>(), operation, language).await
    }

    /// The same, for whoever knows better than the operation what it is for.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub async fn call_as<O: Operation>(
        &self,
        priority: Priority,
        operation: &O,
        language: &str,
    ) -> Result<O::Answer, UpstreamError> {
        let watch = Stopwatch::start();
        let result = match O::METHOD {
            Method::Get => self.read(priority, operation, language).await,
            Method::Post | Method::Delete => {
                self.once(priority, operation, language, self.limits.write).await
            }
        };
        let error = result.as_ref().err();
        self.health.note(error);
        measure::called::<O>(watch.elapsed(), error);
        log::<O>(watch, error);
        result
    }

    async fn read<O: Operation>(
        &self,
        priority: Priority,
        operation: &O,
        language: &str,
    ) -> Result<O::Answer, UpstreamError> {
        let (watch, mut tried) = (Stopwatch::start(), 0);
        let left = || self.limits.read.saturating_sub(watch.elapsed());
        loop {
            let error = match self
                .try_once(priority, operation, language, left(), tried > 0)
                .await
            {
                Err(error) if error.is_passing() => error,
                result => return result,
            };
            tried += 1;
            let pause = retry::pause(tried, error.retry_after(), rand::rng().random());
            if tried >= retry::TRIES || pause >= left() {
                return Err(error);
            }
            tokio::time::sleep(pause).await;
        }
    }

    async fn once<O: Operation>(
        &self,
        priority: Priority,
        operation: &O,
        language: &str,
        deadline: Duration,
    ) -> Result<O::Answer, UpstreamError> {
        self.try_once(priority, operation, language, deadline, false)
            .await
    }

    /// Sends once, when it is its turn; the deadline is for both. `again`: it was sent before, and failed.
    async fn try_once<O: Operation>(
        &self,
        priority: Priority,
        operation: &O,
        language: &str,
        deadline: Duration,
        again: bool,
    ) -> Result<O::Answer, UpstreamError> {
        let watch = Stopwatch::start();
        let pass = self.gate.pass(Endpoint::of::<O>(), priority).await?;
        let left = deadline.saturating_sub(watch.elapsed());
        if left.is_zero() {
            // Sent without time for an answer, nobody would know what came of it.
            return Err(UpstreamError::OverBudget { retry_after: SOON });
        }
        let reply = self.client.send(operation, language, left).await;
        let result = reply.and_then(|reply| answer::read::<O>(&reply));
        self.gate.learn(&pass, &result, again);
        result
    }
}

/// Says that a list was not read whole. What was left out is not repeated: it can be a member's.
pub(crate) fn note_unreadable<O: Operation>(unreadable: usize) {
    if unreadable > 0 {
        let (method, path) = (O::METHOD.as_str(), O::PATH);
        tracing::warn!(
            method,
            path,
            unreadable,
            "elements of a list could not be read, and are left out"
        );
    }
}

/// The template, never the filled path: queries of customers hold numbers.
fn log<O: Operation>(watch: Stopwatch, error: Option<&UpstreamError>) {
    let (method, path, ms) = (O::METHOD.as_str(), O::PATH, watch.millis());
    match error {
        None => tracing::debug!(method, path, ms, "upstream answered"),
        // Said by the thousand where there is a crowd, and nothing was asked.
        Some(UpstreamError::OverBudget { .. } | UpstreamError::LeftAlone { .. }) => {
            tracing::debug!(method, path, ms, "held back");
        }
        // That nobody has a card is an answer; whoever asked says what it means, and to whom.
        Some(UpstreamError::NotFound(_)) if O::PATH == FindCustomer::PATH => {
            tracing::debug!(method, path, ms, "nobody was found");
        }
        Some(error) => {
            let trace_id = error.said().and_then(|said| said.body.trace_id.as_deref());
            tracing::warn!(method, path, ms, trace_id, %error, "upstream did not do it");
        }
    }
}
