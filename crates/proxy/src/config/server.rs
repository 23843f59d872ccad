//! Where the proxy listens, what it is called from outside, and its folders.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::Doors;
use super::source::{ConfigError, Source, value_error, wrong};

/// Where the app is if nobody says otherwise.
const DIST: &str = if cfg!(feature = "embed") { "" } else { "dist" };

/// Addresses and folders.
#[derive(Clone, Debug)]
pub struct Server {
    /// Where to listen.
    pub listen: SocketAddr,
    /// What browsers know the app as; empty means whatever host they ask for.
    pub origins: Vec<Origin>,
    /// Where the database and the session key live.
    pub data: PathBuf,
    /// The built app; the empty path where it is inside the binary.
    pub dist: PathBuf,
    /// Whether a proxy in front is trusted to say whom it speaks for (`X-Forwarded-For`, `X-Forwarded-Proto`).
    pub trust_forwarded: bool,
    /// Who has it may see the figures.
    pub metrics_token: Option<SecretString>,
    /// TLS, and limits of connections.
    pub doors: Doors,
}

/// Scheme, host and port, as browsers write them in `Origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// As browsers write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its host alone, as it is asked for.
    pub(super) fn host(&self) -> Option<String> {
        let url = Url::parse(&self.0).ok()?;
        url.host_str().map(str::to_owned)
    }

    /// Whether it is reached through TLS.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Server {
    /// Names of those that are other in `new` and hold until the process ends.
    pub(crate) fn fixed_that_differ(&self, new: &Self) -> Vec<&'static str> {
        let token = |server: &Self| {
            server
                .metrics_token
                .as_ref()
                .map(|token| token.expose_secret().to_owned())
        };
        let differ = [
            ("FRONTDESK_METRICS_TOKEN", token(self) != token(new)),
            ("FRONTDESK_LISTEN", self.listen != new.listen),
            ("FRONTDESK_DATA", self.data != new.data),
            (
                "FRONTDESK_TLS_CERT",
                self.doors.tls.is_some() != new.doors.tls.is_some(),
            ),
            (
                "FRONTDESK_CONNECTIONS",
                self.doors.connections != new.doors.connections,
            ),
            (
                "FRONTDESK_CONNECTIONS_PER_ADDRESS",
                self.doors.per_address != new.doors.per_address,
            ),
        ];
        differ
            .into_iter()
            .filter(|(_, other)| *other)
            .map(|(name, _)| name)
            .collect()
    }

    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let wants = "write an address and a port from 1 to 65535, such as 127.0.0.1:8080";
        let server = Self {
            listen: from.parsed("listen", wants, SocketAddr::from(([127, 0, 0, 1], 8080)))?,
            origins: read_origins(from, "public_origin")?,
            data: from.text("data").unwrap_or("data").into(),
            dist: from.text("dist").unwrap_or(DIST).into(),
            trust_forwarded: from.flag("trust_forwarded")?,
            metrics_token: read_token(from)?,
            doors: Doors::read(from)?,
        };
        server.data_is_not_served()?;
        Ok(server)
    }

    /// Everything in the folder of the built app is there for anybody to fetch.
    fn data_is_not_served(&self) -> Result<(), ConfigError> {
        let whole = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let is_folder = self.dist != Path::new("");
        if is_folder && whole(&self.data).starts_with(whole(&self.dist)) {
            let got = self.data.display().to_string();
            return Err(value_error(
                "data",
                &got,
                "choose a folder outside FRONTDESK_DIST, which is served to everybody",
            ));
        }
        Ok(())
    }
}

fn read_token(from: &Source) -> Result<Option<SecretString>, ConfigError> {
    let Some(token) = from.text("metrics_token") else {
        return Ok(None);
    };
    let sound = token.len() >= 16 && token.bytes().all(|b| b.is_ascii_graphic());
    let wants = "is not a token: it has fewer than 16 characters, or a blank or accented one within";
    sound
        .then(|| Some(token.into()))
        .ok_or_else(|| wrong("metrics_token", wants))
}

/// A list with commas.
pub(super) fn read_origins(from: &Source, name: &str) -> Result<Vec<Origin>, ConfigError> {
    let text = from.text(name).unwrap_or_default();
    text.split(',')
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(|one| read_origin(name, one))
        .collect()
}

fn read_origin(name: &str, text: &str) -> Result<Origin, ConfigError> {
    let wants = "write scheme and host as browsers do, such as https://book.my-studio.com (several with commas between)";
    let url = Url::parse(text).map_err(|_| value_error(name, text, wants))?;
    let web = matches!(url.scheme(), "https" | "http") && url.path() == "/" && url.query().is_none();
    if web {
        Ok(Origin(url.origin().ascii_serialization()))
    } else {
        Err(value_error(name, text, wants))
    }
}
