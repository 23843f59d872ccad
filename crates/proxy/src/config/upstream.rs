//! Which upstream, and the key to it.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use secrecy::{ExposeSecret as _, SecretString};
use url::{Host, Url};

use super::source::{ConfigError, Source, value_error, wrong};

/// A tenant of the upstream. Its `Debug` shows no key.
#[derive(Clone)]
pub struct Upstream {
    /// Scheme, host and port; the contract's paths are appended to it.
    pub url: Url,
    /// The studio's key.
    pub key: SecretString,
}

impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upstream({})", self.url)
    }
}

/// The demo studio's place.
#[derive(Clone, Debug)]
pub struct Demo {
    /// Port 0 means any that is free.
    pub listen: SocketAddr,
    /// Whether `/demo/...` there lets anybody make it misbehave. For tests.
    pub quirks: bool,
}

impl Default for Demo {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            quirks: false,
        }
    }
}

impl Demo {
    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let default = Self::default().listen;
        let listen = from.parsed(
            "demo_listen",
            "write an address and a port, such as 127.0.0.1:8081",
            default,
        )?;
        Ok(Self {
            listen,
            quirks: from.flag("demo_quirks")?,
        })
    }
}

impl Upstream {
    /// Whether it is on this machine.
    pub(crate) fn is_on_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Whether it is the same studio, asked with the same key.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.url == other.url && self.key.expose_secret() == other.key.expose_secret()
    }

    /// Both or neither: a key without a host and a host without a key are mistakes, not a demo.
    pub(super) fn read(from: &Source) -> Result<Option<Self>, ConfigError> {
        match (from.text("upstream_url"), from.text("api_key")) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(wrong(
                "api_key",
                "is not set, and FRONTDESK_UPSTREAM_URL needs it; unset both for the demo studio",
            )),
            (None, Some(_)) => Err(wrong(
                "upstream_url",
                "is not set, and FRONTDESK_API_KEY needs it; unset both for the demo studio",
            )),
            (Some(url), Some(key)) => Ok(Some(Self {
                url: read_url(url)?,
                key: read_key(key)?,
            })),
        }
    }
}

fn read_url(text: &str) -> Result<Url, ConfigError> {
    // What is no address is not repeated: it may be the key, in the wrong place.
    let no_address = || {
        wrong(
            "upstream_url",
            "is not an address: write the tenant's, such as https://my-studio.open-api.perfectgym.com",
        )
    };
    let url = Url::parse(text).map_err(|_| no_address())?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(no_address());
    }
    let bare =
        url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    match (url.scheme(), is_loopback(&url)) {
        _ if !bare || url.password().is_some() => Err(value_error(
            "upstream_url",
            url.host_str().unwrap_or("?"),
            "write scheme and host alone, without a path or a user",
        )),
        ("https", _) | (_, true) => Ok(url),
        _ => Err(value_error(
            "upstream_url",
            text,
            "write https: the key would travel in the clear",
        )),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

fn read_key(text: &str) -> Result<SecretString, ConfigError> {
    let plain = text.bytes().all(|b| b.is_ascii_graphic());
    if plain && text.len() >= 8 {
        Ok(SecretString::from(text))
    } else {
        Err(wrong(
            "api_key",
            "is not a key: it has fewer than 8 characters, or a blank or accented one within",
        ))
    }
}
