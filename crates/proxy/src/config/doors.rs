//! How browsers get in: TLS, how many at once, and how long a slow one is waited for.

use std::path::PathBuf;
use std::time::Duration;

use super::source::{ConfigError, Source, wrong};

/// Certificate and key, as files in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain, the proxy's own first.
    pub cert: PathBuf,
    /// The key that belongs to it.
    pub key: PathBuf,
}

/// What holds for every connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doors {
    /// None where something in front does TLS, or nothing does.
    pub tls: Option<TlsFiles>,
    /// Connections at once, of everybody.
    pub connections: usize,
    /// Connections at once from one address (of IPv6, one network). Not of loopback, and not behind a trusted proxy.
    pub per_address: usize,
    /// For a new connection to send its first request's head; TLS may take as long again.
    pub head: Duration,
    /// For a connection to begin another request, and to end its head.
    pub idle: Duration,
    /// For a request's body.
    pub body: Duration,
    /// For a reader to take some of an answer.
    pub stall: Duration,
}

impl Default for Doors {
    fn default() -> Self {
        Self {
            tls: None,
            connections: 4096,
            per_address: 256,
            head: Duration::from_secs(10),
            // Longer than proxies in front keep theirs (60 s), or one of them sends on a connection that just closes.
            idle: Duration::from_secs(75),
            body: Duration::from_secs(15),
            stall: Duration::from_secs(30),
        }
    }
}

impl Doors {
    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let default = Self::default();
        Ok(Self {
            tls: read_tls(from)?,
            connections: count(from, "connections", default.connections)?,
            per_address: count(from, "connections_per_address", default.per_address)?,
            ..default
        })
    }
}

fn read_tls(from: &Source) -> Result<Option<TlsFiles>, ConfigError> {
    match (from.text("tls_cert"), from.text("tls_key")) {
        (None, None) => Ok(None),
        (Some(cert), Some(key)) => Ok(Some(TlsFiles {
            cert: cert.into(),
            key: key.into(),
        })),
        (Some(_), None) => Err(wrong("tls_key", "is not set, and FRONTDESK_TLS_CERT needs it")),
        (None, Some(_)) => Err(wrong("tls_cert", "is not set, and FRONTDESK_TLS_KEY needs it")),
    }
}

fn count(from: &Source, name: &str, default: usize) -> Result<usize, ConfigError> {
    let wants = "write a whole number from 1 to 100000";
    from.within(name, wants, 1..=100_000, default)
}
