//! Through which server e-mails go, and from whom.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use lettre::message::Mailbox;
use secrecy::SecretString;
use url::{Host, Url};

use super::source::{ConfigError, Source, value_error, wrong};

/// What e-mails need. Its `Debug` shows no password.
#[derive(Clone)]
pub struct Mail {
    /// The server's name or address; its certificate has to be for it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is sealed.
    pub tls: MailTls,
    /// Name and password, where the server asks for them.
    pub login: Option<(String, SecretString)>,
    /// A file of certificates (PEM) that are believed beside the machine's own.
    pub authority: Option<PathBuf>,
    /// Whom members read as the sender.
    pub from: Mailbox,
    /// How long one try may take.
    pub deadline: Duration,
    /// The pause before the second and last try.
    pub again_after: Duration,
}

/// How a connection to the mail server is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailTls {
    /// TLS from the first byte (`smtps`).
    Wrapped,
    /// Begun in the clear, and then sealed or given up (`STARTTLS`).
    Required,
    /// Not at all: for a server on this machine.
    Plain,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mail({}:{}, {:?})", self.host, self.port, self.tls)
    }
}

impl Mail {
    pub(super) fn read(from: &Source) -> Result<Option<Self>, ConfigError> {
        match (from.text("smtp_url"), from.text("mail_from")) {
            (None, None) => Ok(None),
            (Some(url), Some(sender)) => Self::of(from, url, sender).map(Some),
            (Some(_), None) => Err(wrong("mail_from", "is missing, and FRONTDESK_SMTP_URL is set")),
            (None, Some(_)) => Err(wrong("smtp_url", "is missing, and FRONTDESK_MAIL_FROM is set")),
        }
    }

    fn of(from: &Source, url: &str, sender: &str) -> Result<Self, ConfigError> {
        let url = Url::parse(url).map_err(|_| not_understood())?;
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or_else(not_understood)?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let tls = tls(&url)?;
        let wants = "write an address, such as My Studio <no-reply@my-studio.com>";
        let sender = sender
            .parse()
            .map_err(|_| value_error("mail_from", sender, wants))?;
        Ok(Self {
            port: url.port().unwrap_or(tls.usual_port()),
            host,
            tls,
            login: login(&url)?,
            authority: from.text("smtp_ca").map(PathBuf::from),
            from: sender,
            deadline: Duration::from_secs(20),
            again_after: Duration::from_secs(3),
        })
    }
}

impl MailTls {
    fn usual_port(self) -> u16 {
        match self {
            Self::Wrapped => 465,
            Self::Required => 587,
            Self::Plain => 25,
        }
    }
}

/// Nothing of it is repeated: it holds a password.
fn not_understood() -> ConfigError {
    let wants = "is not understood; write smtps://name:password@host:port, or smtp://...?tls=required";
    wrong("smtp_url", wants)
}

/// Digits in the clear would let everybody on the way sign in as anybody.
fn tls(url: &Url) -> Result<MailTls, ConfigError> {
    let required = url.query() == Some("tls=required");
    match url.scheme() {
        "smtps" if required || url.query().is_none() => Ok(MailTls::Wrapped),
        "smtp" if required => Ok(MailTls::Required),
        "smtp" if url.query().is_none() && is_loopback(url) => Ok(MailTls::Plain),
        "smtp" if url.query().is_none() => Err(wrong(
            "smtp_url",
            "would send e-mails in the clear; write smtps://..., or smtp://...?tls=required",
        )),
        _ => Err(not_understood()),
    }
}

fn is_loopback(url: &Url) -> bool {
    // Hosts of schemes that browsers do not know are parsed as names.
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let address = host
        .parse()
        .map(|address: std::net::IpAddr| address.is_loopback());
    match url.host() {
        Some(Host::Ipv4(v4)) => v4.is_loopback(),
        Some(Host::Ipv6(v6)) => v6.is_loopback(),
        _ => host == "localhost" || address.unwrap_or(false),
    }
}

fn login(url: &Url) -> Result<Option<(String, SecretString)>, ConfigError> {
    let plain = |text: &str| {
        let pairs = format!("x={}", text.replace('+', "%2B"));
        let mut pairs = url::form_urlencoded::parse(pairs.as_bytes());
        pairs
            .next()
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (name, Some(password)) if !name.is_empty() => {
            Ok(Some((plain(name), SecretString::from(plain(password)))))
        }
        _ => Err(not_understood()),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    fn read(url: &str) -> Result<Mail, ConfigError> {
        let values = [
            ("FRONTDESK_SMTP_URL", url),
            ("FRONTDESK_MAIL_FROM", "Iron <no-reply@iron.example>"),
        ];
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Mail::read(&Source::read(values, None).unwrap()).map(Option::unwrap)
    }

    #[test]
    fn a_server_is_reached_with_tls_or_on_this_machine() {
        for (url, tls, port) in [
            ("smtps://a:b@mail.example", MailTls::Wrapped, 465),
            ("smtps://a:b@mail.example:2465", MailTls::Wrapped, 2465),
            ("smtp://a:b@mail.example?tls=required", MailTls::Required, 587),
            ("smtp://localhost", MailTls::Plain, 25),
            ("smtp://127.0.0.1:2525", MailTls::Plain, 2525),
            ("smtp://[::1]:2525", MailTls::Plain, 2525),
        ] {
            let mail = read(url).unwrap();
            assert_eq!((mail.tls, mail.port), (tls, port), "{url}");
        }
        let login = read("smtps://me%40studio.example:p%3Aw+d%2F@mail.example")
            .unwrap()
            .login
            .unwrap();
        assert_eq!(
            (login.0.as_str(), login.1.expose_secret()),
            ("me@studio.example", "p:w+d/")
        );
    }

    #[test]
    fn what_would_go_in_the_clear_is_refused_and_no_password_is_repeated() {
        for url in [
            "smtp://me:hunter2@mail.example",
            "smtp://me:hunter2@127.0.0.1.mail.example",
            "smtp://me:hunter2@mail.example?tls=opportunistic",
            "https://me:hunter2@mail.example",
            "me:hunter2@mail.example",
            "smtps://me:hunter2@",
            "smtps://:hunter2@mail.example",
            "smtps://hunter2@mail.example",
        ] {
            let error = read(url).unwrap_err().to_string();
            assert!(
                error.starts_with("FRONTDESK_SMTP_URL") && !error.contains("hunter2"),
                "{url}: {error}"
            );
        }
        assert!(!format!("{:?}", read("smtps://me:hunter2@mail.example").unwrap()).contains("hunter2"));
    }
}
