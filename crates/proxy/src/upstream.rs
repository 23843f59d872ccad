//! THE KEY: the only file that knows reqwest, and the only one that ever reads the key.
//!
//! It sends one operation and says what came of it. It must not know a member, an HTTP answer of ours, or axum; and it
//! never sends anything but a GET twice.

mod answer;
mod error;
mod health;
mod public;

use std::collections::HashMap;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use perfectgym::{
    API_KEY_HEADER, Book, DeleteBooking, FindCustomer, GetBookableAppointment, GetBooking, GetCustomer,
    ListBookableAppointments, ListBookings, ListSlots, Method, Operation, SearchCustomers, SliceSize,
    ValidateBooking,
};
use rand::Rng as _;
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderMap, HeaderValue};
use secrecy::ExposeSecret as _;
use url::Url;

use crate::clock::Stopwatch;
use crate::config;
use crate::{measure, request_id};

pub use error::{Said, UpstreamError};
pub use health::Known;

/// A catalogue of thousands of services fits; an endless answer does not fill the memory.
const LARGEST_ANSWER: usize = 8 << 20;
const LARGEST_PICTURE: usize = 4 << 20;
/// Pauses before a GET is sent again; each gets up to as much again by chance, so that many do not come back at once.
const BACKOFF: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(450)];

/// A tenant of the upstream, ready to be called.
pub struct Upstream {
    client: reqwest::Client,
    url: Url,
    limits: config::Limits,
    budgets: HashMap<Endpoint, DefaultDirectRateLimiter>,
    health: health::Health,
}

type Endpoint = (&'static str, &'static str);

/// Why no client could be made of the configuration.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The key holds something that no header can.
    #[error("the key cannot be sent in a header")]
    Key,
    /// No TLS roots on this machine, or the like.
    #[error("no HTTPS client can be made: {0}")]
    Client(String),
}

/// What the upstream thinks of the key.
#[derive(Debug, PartialEq, Eq)]
pub enum KeyCheck {
    /// Nothing against it.
    Accepted,
    /// 401.
    Refused,
    /// 403: it lacks a scope, which is named.
    LacksScope(&'static str),
    /// Whatever answers there is no tenant's API, and what it said.
    NoTenant(String),
    /// Could not be asked, and why.
    Unknown(String),
}

/// A picture as it came.
#[derive(Clone)]
pub struct Picture {
    /// Its bytes.
    pub bytes: Bytes,
    /// `image/...`
    pub content_type: String,
}

impl Upstream {
    /// Makes a client. Sends nothing yet.
    ///
    /// # Errors
    /// The key cannot be a header, or TLS has no roots.
    pub fn new(upstream: &config::Upstream, limits: &config::Limits) -> Result<Self, ClientError> {
        let client = client(upstream, limits)?;
        Ok(Self {
            client,
            url: upstream.url.clone(),
            limits: limits.clone(),
            budgets: budgets(),
            health: health::Health::default(),
        })
    }

    /// Scheme, host and port of the tenant.
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
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
        let watch = Stopwatch::start();
        let result = match O::METHOD {
            Method::Get => self.read(operation, language).await,
            Method::Post | Method::Delete => self.once(operation, language, self.limits.write).await,
        };
        let error = result.as_ref().err();
        self.health.note(error);
        measure::called::<O>(watch.elapsed(), error);
        log::<O>(watch, error);
        result
    }

    async fn read<O: Operation>(&self, operation: &O, language: &str) -> Result<O::Answer, UpstreamError> {
        let tries = async {
            for pause in BACKOFF {
                match self.once(operation, language, self.limits.read).await {
                    Err(error) if error.is_passing() => tokio::time::sleep(jittered(pause)).await,
                    result => return result,
                }
            }
            self.once(operation, language, self.limits.read).await
        };
        let late = |_| UpstreamError::NoAnswer("the deadline passed".into());
        tokio::time::timeout(self.limits.read, tries)
            .await
            .map_err(late)?
    }

    async fn once<O: Operation>(
        &self,
        operation: &O,
        language: &str,
        deadline: Duration,
    ) -> Result<O::Answer, UpstreamError> {
        let budget = self.budgets.get(&endpoint::<O>());
        if budget.is_some_and(|budget| budget.check().is_err()) {
            return Err(UpstreamError::OverBudget);
        }
        let request = self.request(operation, language)?.timeout(deadline);
        let response = request.send().await.map_err(not_sent_or_no_answer)?;
        let status = response.status().as_u16();
        let body = limited(response, LARGEST_ANSWER).await?;
        answer::read::<O>(status, &body)
    }

    fn request<O: Operation>(
        &self,
        operation: &O,
        language: &str,
    ) -> Result<reqwest::RequestBuilder, UpstreamError> {
        let not_sent = |why: String| UpstreamError::NotSent(why);
        let target = self
            .url
            .join(&operation.target())
            .map_err(|e| not_sent(e.to_string()))?;
        let method = match O::METHOD {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut request = self
            .client
            .request(method, target)
            .header(ACCEPT_LANGUAGE, language);
        if let Some(id) = request_id::current() {
            request = request.header(request_id::HEADER, id.as_str());
        }
        let Some(body) = operation.body() else {
            return Ok(request);
        };
        let json = serde_json::to_vec(body).map_err(|e| not_sent(e.to_string()))?;
        Ok(request
            .header(reqwest::header::CONTENT_TYPE, "application/json")
            .body(json))
    }

    /// Asks with a HEAD, which checks the key and does nothing else. Whoever answers that with anything but yes or no
    /// (a server that knows no HEAD, or one that is no tenant's) is asked once for a slice of what can be booked.
    pub async fn check_key(&self) -> KeyCheck {
        let Ok(target) = self.url.join(ListBookableAppointments::PATH) else {
            return KeyCheck::Unknown("no address".into());
        };
        match self.client.head(target).timeout(self.limits.read).send().await {
            Ok(response) if response.status().is_success() => KeyCheck::Accepted,
            Ok(response) if response.status().as_u16() == 401 => KeyCheck::Refused,
            Ok(_) => self.check_by_reading().await,
            Err(error) => KeyCheck::Unknown(sentence(error)),
        }
    }

    async fn check_by_reading(&self) -> KeyCheck {
        let list = ListBookableAppointments {
            offset: None,
            slice_size: Some(SliceSize::LEAST),
        };
        match self.once(&list, "en", self.limits.read).await {
            Ok(_) => KeyCheck::Accepted,
            Err(UpstreamError::Forbidden(said)) if said.status == 401 => KeyCheck::Refused,
            Err(UpstreamError::Forbidden(_)) => {
                KeyCheck::LacksScope(ListBookableAppointments::SCOPE.as_str())
            }
            Err(error) => match error {
                UpstreamError::NotFound(_) | UpstreamError::Refused(_) | UpstreamError::Unreadable(_) => {
                    KeyCheck::NoTenant(error.to_string())
                }
                _ => KeyCheck::Unknown(error.to_string()),
            },
        }
    }

    /// Fetches a picture from wherever the upstream says it is: over https, or from the tenant's own host. The key
    /// goes to the tenant's own host alone.
    ///
    /// # Errors
    /// Not an address we fetch from, no answer, not a picture, too large.
    pub async fn picture(&self, address: &str) -> Result<Picture, UpstreamError> {
        let target = self
            .url
            .join(address)
            .map_err(|e| UpstreamError::NotSent(e.to_string()))?;
        let own = target.origin() == self.url.origin();
        if !own && !public::may_be_asked(&target) {
            return Err(UpstreamError::NotSent(
                "a picture that is neither the tenant's nor on a public host with https".into(),
            ));
        }
        let client = if own {
            self.client.clone()
        } else {
            anonymous(&self.limits).map_err(|e| UpstreamError::NotSent(e.to_string()))?
        };
        let request = client
            .get(target)
            .header(ACCEPT, "image/*")
            .timeout(self.limits.read);
        let response = request.send().await.map_err(not_sent_or_no_answer)?;
        read_picture(response, LARGEST_PICTURE).await
    }
}

fn client(upstream: &config::Upstream, limits: &config::Limits) -> Result<reqwest::Client, ClientError> {
    let mut key = HeaderValue::from_str(upstream.key.expose_secret()).map_err(|_| ClientError::Key)?;
    key.set_sensitive(true);
    let mut headers = HeaderMap::new();
    headers.insert(API_KEY_HEADER, key);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let mut builder = builder(limits).default_headers(headers);
    if upstream.is_on_loopback() {
        // A proxy of the machine's could not reach it, and must not see the key in the clear.
        builder = builder.no_proxy();
    }
    builder.build().map_err(|e| ClientError::Client(sentence(e)))
}

/// For hosts that the upstream names: reaches nothing but the open internet.
fn anonymous(limits: &config::Limits) -> Result<reqwest::Client, ClientError> {
    builder(limits)
        .dns_resolver(PublicOnly)
        .build()
        .map_err(|e| ClientError::Client(sentence(e)))
}

/// No redirect is followed, for the key would go along; nothing is sent again behind our back.
fn builder(limits: &config::Limits) -> reqwest::ClientBuilder {
    // Whoever was first has installed the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .connect_timeout(limits.connect)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .user_agent(concat!("frontdesk/", env!("CARGO_PKG_VERSION")))
}

/// Looks names up, and leaves out what is no address of the open internet: asked here, at the very connection, no later
/// answer can be another.
struct PublicOnly;

impl reqwest::dns::Resolve for PublicOnly {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<_> = found.filter(|at| public::is_public(at.ip())).collect();
            if public.is_empty() {
                return Err("the host has no public address".into());
            }
            Ok(Box::new(public.into_iter()) as reqwest::dns::Addrs)
        })
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

fn endpoint<O: Operation>() -> Endpoint {
    (O::METHOD.as_str(), O::PATH)
}

/// The upstream refuses beyond 1,000 requests a minute per endpoint, and then for a whole minute, for everybody. A
/// burst of 100 and 900 a minute never gets there.
fn budgets() -> HashMap<Endpoint, DefaultDirectRateLimiter> {
    let endpoints = [
        endpoint::<ListBookableAppointments>(),
        endpoint::<GetBookableAppointment>(),
        endpoint::<ListSlots>(),
        endpoint::<ValidateBooking>(),
        endpoint::<Book>(),
        endpoint::<GetBooking>(),
        endpoint::<DeleteBooking>(),
        endpoint::<ListBookings>(),
        endpoint::<FindCustomer>(),
        endpoint::<GetCustomer>(),
        endpoint::<SearchCustomers>(),
    ];
    const A_MINUTE: std::num::NonZeroU32 = std::num::NonZeroU32::MIN.saturating_add(899);
    const BURST: std::num::NonZeroU32 = std::num::NonZeroU32::MIN.saturating_add(99);
    let limiter = || RateLimiter::direct(Quota::per_minute(A_MINUTE).allow_burst(BURST));
    endpoints
        .into_iter()
        .map(|endpoint| (endpoint, limiter()))
        .collect()
}

fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(1.0 + rand::rng().random::<f64>())
}

/// The template, never the filled path: queries of customers hold numbers.
fn log<O: Operation>(watch: Stopwatch, error: Option<&UpstreamError>) {
    let (method, path, ms) = (O::METHOD.as_str(), O::PATH, watch.millis());
    match error {
        None => tracing::debug!(method, path, ms, "upstream answered"),
        Some(error) => {
            let trace_id = error.said().and_then(|said| said.body.trace_id.as_deref());
            tracing::warn!(method, path, ms, trace_id, %error, "upstream did not do it");
        }
    }
}

/// The whole body, unless it is longer than anything we have use for.
async fn limited(mut response: reqwest::Response, most: usize) -> Result<Bytes, UpstreamError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(not_sent_or_no_answer)? {
        if body.len() + chunk.len() > most {
            return Err(UpstreamError::Unreadable("the answer is too long".into()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// A picture, and nothing else.
async fn read_picture(response: reqwest::Response, most: usize) -> Result<Picture, UpstreamError> {
    if !response.status().is_success() {
        let status = response.status().as_u16();
        return Err(UpstreamError::Refused(Said {
            status,
            ..Said::default()
        }));
    }
    let header = response.headers().get(reqwest::header::CONTENT_TYPE);
    let content_type = header
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    if !content_type.starts_with("image/") {
        return Err(UpstreamError::Unreadable("not a picture".into()));
    }
    Ok(Picture {
        bytes: limited(response, most).await?,
        content_type,
    })
}

/// A connection that was never made is certain; everything later is not.
fn not_sent_or_no_answer(error: reqwest::Error) -> UpstreamError {
    let never_sent = error.is_connect() || error.is_builder();
    let why = sentence(error);
    if never_sent {
        UpstreamError::NotSent(why)
    } else {
        UpstreamError::NoAnswer(why)
    }
}

/// Without the address: its query can hold a member's number.
fn sentence(error: reqwest::Error) -> String {
    use std::error::Error as _;
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
