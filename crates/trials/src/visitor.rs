//! A browser, as far as the proxy can tell: one connection that is kept, a cookie, an origin. Lean, so that ten thousand of
//! them fit beside the proxy on one machine.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, ORIGIN, SET_COOKIE};
use hyper::{HeaderMap, Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// Longer than the proxy takes for anything.
const PATIENCE: Duration = Duration::from_secs(90);

/// One member's browser.
pub struct Visitor {
    connection: Option<(SocketAddr, SendRequest<Full<Bytes>>)>,
    /// Names and values, as the proxy set them.
    pub cookies: BTreeMap<String, String>,
    /// The address that a proxy in front would name.
    pub forwarded_for: Option<String>,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

/// No whole answer came: whatever was asked for may have been done or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost;

/// What to ask for.
pub struct Ask<'a> {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub target: &'a str,
    /// What is sent as JSON.
    pub body: Option<Value>,
    /// The `Idempotency-Key`.
    pub key: Option<&'a str>,
}

impl<'a> Ask<'a> {
    /// A GET.
    #[must_use]
    pub fn get(target: &'a str) -> Self {
        Self::of(Method::GET, target)
    }

    /// Without a body.
    #[must_use]
    pub fn of(method: Method, target: &'a str) -> Self {
        Self {
            method,
            target,
            body: None,
            key: None,
        }
    }

    /// With one.
    #[must_use]
    pub fn with(self, body: Value) -> Self {
        Self {
            body: Some(body),
            ..self
        }
    }
}

impl Answer {
    /// The body as JSON; null where it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Names and values of the cookies that it sets; an empty value takes one away.
    fn cookies(&self) -> impl Iterator<Item = (String, String)> {
        let set = self
            .headers
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let pairs = set.filter_map(|text| text.split(';').next()?.split_once('='));
        pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
    }
}

impl Default for Visitor {
    fn default() -> Self {
        Self::new()
    }
}

impl Visitor {
    /// Somebody who has not connected yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            connection: None,
            cookies: BTreeMap::new(),
            forwarded_for: None,
        }
    }

    /// Another tab of the same browser.
    #[must_use]
    pub fn other_tab(&self) -> Self {
        Self {
            connection: None,
            cookies: self.cookies.clone(),
            forwarded_for: self.forwarded_for.clone(),
        }
    }

    /// Sends once, on the connection there is or on a new one; nothing is sent again.
    ///
    /// # Errors
    /// [`Lost`] where no whole answer came.
    pub async fn ask(&mut self, at: SocketAddr, ask: Ask<'_>) -> Result<Answer, Lost> {
        let asked = tokio::time::timeout(PATIENCE, self.once(at, ask)).await;
        let answer = asked.unwrap_or(Err(Lost));
        match &answer {
            Ok(answer) => self.cookies.extend(answer.cookies()),
            Err(Lost) => self.connection = None,
        }
        self.cookies.retain(|_, value| !value.is_empty());
        answer
    }

    async fn once(&mut self, at: SocketAddr, ask: Ask<'_>) -> Result<Answer, Lost> {
        let request = self.request(at, ask)?;
        let sender = self.connected(at).await?;
        sender.ready().await.map_err(|_| Lost)?;
        let answer = sender.send_request(request).await.map_err(|_| Lost)?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.map_err(|_| Lost)?.to_bytes();
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        })
    }

    fn request(&self, at: SocketAddr, ask: Ask<'_>) -> Result<Request<Full<Bytes>>, Lost> {
        let mut request = Request::builder()
            .method(ask.method)
            .uri(ask.target)
            .header(HOST, at.to_string())
            .header(ORIGIN, format!("http://{at}"))
            .header(ACCEPT, "text/html, application/json");
        if !self.cookies.is_empty() {
            let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
            request = request.header(COOKIE, pairs.collect::<Vec<_>>().join("; "));
        }
        if let Some(address) = &self.forwarded_for {
            request = request.header("x-forwarded-for", address);
        }
        if let Some(key) = ask.key {
            request = request.header("idempotency-key", key);
        }
        if ask.body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let body = ask.body.map(|body| body.to_string()).unwrap_or_default();
        request.body(Full::new(body.into())).map_err(|_| Lost)
    }

    async fn connected(&mut self, at: SocketAddr) -> Result<&mut SendRequest<Full<Bytes>>, Lost> {
        let usable = |(to, sender): &(SocketAddr, SendRequest<_>)| *to == at && !sender.is_closed();
        let kept = self.connection.take().filter(usable);
        let (_, sender) = self.connection.insert(match kept {
            Some(kept) => kept,
            None => (at, connect(at).await?),
        });
        Ok(sender)
    }
}

async fn connect(at: SocketAddr) -> Result<SendRequest<Full<Bytes>>, Lost> {
    let stream = TcpStream::connect(at).await.map_err(|_| Lost)?;
    let _ = stream.set_nodelay(true);
    let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(|_| Lost)?;
    tokio::spawn(connection);
    Ok(sender)
}
