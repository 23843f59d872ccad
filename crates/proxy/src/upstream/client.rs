//! THE KEY: the only file that reads it, and the only one that knows reqwest.
//!
//! It sends one request and gives what came back, as plain values. Whether a request may be sent, and whether again, is
//! not its business.

use std::sync::OnceLock;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use perfectgym::{API_KEY_HEADER, Method, Operation};
use reqwest::header::{
    ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER,
};
use secrecy::ExposeSecret as _;
use url::Url;

use super::error::{ClientError, UpstreamError};
use super::{public, retry};
use crate::config;
use crate::request_id;

/// A catalogue of thousands of services fits; an endless answer does not fill the memory.
const LARGEST_ANSWER: usize = 8 << 20;
const LARGEST_PICTURE: usize = 4 << 20;
/// A connection that nothing was sent on for this long is closed by us. Servers close theirs after a minute or so, and a
/// booking that is sent as they do has no answer.
const IDLE: Duration = Duration::from_secs(20);
/// Connections that are kept. A burst may open more; with fewer than come at once each would open its own.
const KEPT_OPEN: usize = 128;
/// How often a connection without traffic is looked after, so that one that is dead is found out.
const LOOKED_AFTER: Duration = Duration::from_secs(15);

/// Sends to one tenant, and fetches pictures from wherever it says they are.
pub(super) struct Client {
    own: reqwest::Client,
    /// For hosts that the upstream names: reaches nothing but the open internet, and has no key.
    anonymous: OnceLock<Result<reqwest::Client, String>>,
    url: Url,
    limits: config::Limits,
}

/// What came back.
pub(super) struct Reply {
    pub(super) status: u16,
    /// Seconds; what the upstream asks for before the next call.
    pub(super) retry_after: Option<u32>,
    pub(super) content_type: String,
    pub(super) body: Bytes,
}

impl Client {
    pub(super) fn new(upstream: &config::Upstream, limits: &config::Limits) -> Result<Self, ClientError> {
        Ok(Self {
            own: with_key(upstream, limits)?,
            anonymous: OnceLock::new(),
            url: upstream.url.clone(),
            limits: limits.clone(),
        })
    }

    /// Scheme, host and port of the tenant.
    pub(super) fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// Sends an operation, once.
    pub(super) async fn send<O: Operation>(
        &self,
        operation: &O,
        language: &str,
        deadline: Duration,
    ) -> Result<Reply, UpstreamError> {
        let request = self.request(operation, language)?.timeout(deadline);
        let response = request.send().await.map_err(not_sent_or_no_answer)?;
        reply(response, LARGEST_ANSWER).await
    }

    fn request<O: Operation>(
        &self,
        operation: &O,
        language: &str,
    ) -> Result<reqwest::RequestBuilder, UpstreamError> {
        let method = match O::METHOD {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Delete => reqwest::Method::DELETE,
        };
        let target = self.join(&operation.target())?;
        let mut request = self.own.request(method, target).header(ACCEPT_LANGUAGE, language);
        if let Some(id) = request_id::current() {
            request = request.header(request_id::HEADER, id.as_str());
        }
        let Some(body) = operation.body() else {
            return Ok(request);
        };
        let json = serde_json::to_vec(body).map_err(not_sent)?;
        Ok(request.header(CONTENT_TYPE, "application/json").body(json))
    }

    /// Sends a HEAD, and gives the status.
    pub(super) async fn head(&self, path: &str) -> Result<u16, UpstreamError> {
        let request = self.own.head(self.join(path)?).timeout(self.limits.read);
        let response = request.send().await.map_err(not_sent_or_no_answer)?;
        Ok(response.status().as_u16())
    }

    /// Fetches a picture: over https from a public host, or from the tenant's own. The key goes to the tenant's alone.
    pub(super) async fn picture(&self, address: &str) -> Result<Reply, UpstreamError> {
        let target = self.join(address)?;
        let own = target.origin() == self.url.origin();
        if !own && !public::may_be_asked(&target) {
            return Err(not_sent(
                "a picture that is neither the tenant's nor on a public host with https",
            ));
        }
        let client = if own { &self.own } else { self.anonymous()? };
        let request = client
            .get(target)
            .header(ACCEPT, "image/*")
            .timeout(self.limits.read);
        let response = request.send().await.map_err(not_sent_or_no_answer)?;
        reply(response, LARGEST_PICTURE).await
    }

    fn anonymous(&self) -> Result<&reqwest::Client, UpstreamError> {
        let make = || {
            let builder = builder(&self.limits).dns_resolver(PublicOnly);
            builder.build().map_err(sentence)
        };
        self.anonymous.get_or_init(make).as_ref().map_err(not_sent)
    }

    fn join(&self, target: &str) -> Result<Url, UpstreamError> {
        self.url.join(target).map_err(not_sent)
    }
}

fn with_key(upstream: &config::Upstream, limits: &config::Limits) -> Result<reqwest::Client, ClientError> {
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

/// No redirect is followed, for the key would go along; nothing is sent again behind our back.
fn builder(limits: &config::Limits) -> reqwest::ClientBuilder {
    // Whoever was first has installed the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .connect_timeout(limits.connect)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(KEPT_OPEN)
        .tcp_keepalive(LOOKED_AFTER)
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

/// The whole of it, unless it is longer than anything we have use for.
async fn reply(mut response: reqwest::Response, most: usize) -> Result<Reply, UpstreamError> {
    let text = |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok());
    let retry_after = retry::asked_for(text(RETRY_AFTER), text(DATE));
    let content_type = text(CONTENT_TYPE).unwrap_or_default().to_owned();
    let status = response.status().as_u16();
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(not_sent_or_no_answer)? {
        if body.len() + chunk.len() > most {
            return Err(UpstreamError::Unreadable("the answer is too long".into()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply {
        status,
        retry_after,
        content_type,
        body: body.freeze(),
    })
}

fn not_sent(why: impl ToString) -> UpstreamError {
    UpstreamError::NotSent(why.to_string())
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
