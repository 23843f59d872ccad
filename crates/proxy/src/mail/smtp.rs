//! Sending through the operator's mail server: SMTP with TLS, or to this machine.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::ExposeSecret as _;

use super::{Contents, MailerError, Unwritten};
use crate::config::{Mail, MailTls};

/// Why an e-mail did not go. Not in the server's words: they name whom it was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// An address that is none.
    #[error(transparent)]
    Unwritten(#[from] Unwritten),
    /// The server said no, with this status.
    #[error("the mail server refused it with {0}")]
    Refused(u16),
    /// The server's certificate, or no TLS at all.
    #[error("no secure connection to the mail server")]
    Tls,
    /// Nobody answered in time, or at all.
    #[error("the mail server does not answer")]
    NoAnswer,
}

impl MailError {
    /// Whether others would fail as well: a mailbox that does not exist or is full is one person's.
    pub(super) fn concerns_all(self) -> bool {
        match self {
            Self::Unwritten(_) => false,
            Self::Refused(status) => !matches!(status, 450..=452 | 550..=553),
            Self::Tls | Self::NoAnswer => true,
        }
    }

    /// Whether the same may go through in a moment.
    fn may_pass(self) -> bool {
        match self {
            Self::Unwritten(_) => false,
            Self::Refused(status) => status < 500,
            Self::Tls | Self::NoAnswer => true,
        }
    }
}

/// A mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    deadline: Duration,
    again_after: Duration,
}

impl Smtp {
    pub(super) fn new(mail: &Mail) -> Result<Self, MailerError> {
        let name = ClientId::Domain(mail.from.email.domain().to_owned());
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host)
            .port(mail.port)
            .tls(tls(mail)?)
            .hello_name(name)
            .timeout(Some(mail.deadline));
        if let Some((name, password)) = &mail.login {
            let password = password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(name.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            from: mail.from.clone(),
            deadline: mail.deadline,
            again_after: mail.again_after,
        })
    }

    /// Sends, and once more where that may help.
    pub(super) async fn send(&self, to: &str, contents: &Contents<'_>) -> Result<(), MailError> {
        let message = contents.message(&self.from, to)?;
        match self.once(message.clone()).await {
            Err(error) if error.may_pass() => {
                tokio::time::sleep(self.again_after).await;
                self.once(message).await
            }
            sent => sent,
        }
    }

    /// Connects as for an e-mail, and goes again.
    pub(super) async fn greet(&self) -> Result<(), MailError> {
        match tokio::time::timeout(self.deadline, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Err(error)) => Err(in_short(&error)),
            Ok(Ok(false)) | Err(_) => Err(MailError::NoAnswer),
        }
    }

    async fn once(&self, message: Message) -> Result<(), MailError> {
        let sent = tokio::time::timeout(self.deadline, self.transport.send(message)).await;
        match sent {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(in_short(&error)),
            Err(_) => Err(MailError::NoAnswer),
        }
    }
}

fn in_short(error: &lettre::transport::smtp::Error) -> MailError {
    match error.status() {
        Some(status) => MailError::Refused(status.into()),
        None if error.is_tls() => MailError::Tls,
        None => MailError::NoAnswer,
    }
}

fn tls(mail: &Mail) -> Result<Tls, MailerError> {
    if mail.tls == MailTls::Plain {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(mail.host.clone());
    if let Some(file) = &mail.authority {
        let unusable = || MailerError::Authority(file.display().to_string());
        let pem = std::fs::read(file).map_err(|_| unusable())?;
        if !pem.windows(11).any(|line| line == b"-----BEGIN ") {
            return Err(unusable());
        }
        parameters = parameters.add_root_certificate(Certificate::from_pem(&pem).map_err(|_| unusable())?);
    }
    let parameters = parameters.build_rustls().map_err(|_| MailerError::Tls)?;
    Ok(match mail.tls {
        MailTls::Wrapped => Tls::Wrapper(parameters),
        MailTls::Required | MailTls::Plain => Tls::Required(parameters),
    })
}
