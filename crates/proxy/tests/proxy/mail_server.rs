//! A mail server on loopback that speaks SMTP, with TLS, and keeps what it is sent.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use frontdesk_proxy::config::{Mail, MailTls};
use secrecy::SecretString;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::{self, pki_types::PrivateKeyDer};

/// The password that the proxy has to say, and to say to nobody else.
pub(crate) const PASSWORD: &str = "planted-mail-password-5d1e";

/// One e-mail.
#[derive(Debug, Default)]
pub(crate) struct Received {
    pub(crate) to: Vec<String>,
    /// As it came, but for soft line ends.
    pub(crate) text: String,
    pub(crate) over_tls: bool,
    pub(crate) logged_in: bool,
}

impl Received {
    /// The line that is six digits and nothing else.
    pub(crate) fn digits(&self) -> String {
        let six = |line: &&str| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit());
        self.text
            .lines()
            .map(str::trim)
            .find(six)
            .expect("six digits")
            .to_owned()
    }

    /// The path of its link.
    pub(crate) fn link(&self) -> String {
        let at = self.text.find("/sign-in/link/").expect("a link");
        let rest = &self.text[at..];
        rest[..rest.find(|c: char| c.is_whitespace() || c == '"').unwrap()].to_owned()
    }
}

pub(crate) struct MailServer {
    address: SocketAddr,
    inbox: mpsc::UnboundedReceiver<Received>,
    /// How many recipients from now on are refused, and with what.
    refuses: Arc<Mutex<(usize, u16)>>,
    pub(crate) connections: Arc<AtomicUsize>,
}

impl MailServer {
    /// Listens, and gives a proxy's settings to reach it. Its certificate is put into a folder.
    pub(crate) async fn start(tls: MailTls, folder: &Path) -> (Self, Mail) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let authority = folder.join("mail.pem");
        std::fs::write(&authority, made.cert.pem()).unwrap();
        let acceptor = acceptor(&made);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (to_inbox, inbox) = mpsc::unbounded_channel();
        let refuses = Arc::new(Mutex::new((0, 0)));
        let connections = Arc::new(AtomicUsize::new(0));
        let talk = Talk {
            tls,
            acceptor,
            to_inbox,
            refuses: Arc::clone(&refuses),
        };
        let counted = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(talk.clone().serve(stream));
            }
        });
        let server = Self {
            address,
            inbox,
            refuses,
            connections,
        };
        let mail = server.settings(tls, &authority);
        (server, mail)
    }

    fn settings(&self, tls: MailTls, authority: &Path) -> Mail {
        Mail {
            host: "localhost".into(),
            port: self.address.port(),
            tls,
            login: Some(("frontdesk".into(), SecretString::from(PASSWORD))),
            authority: Some(authority.into()),
            from: "Iron Studio <no-reply@iron.example>".parse().unwrap(),
            deadline: Duration::from_secs(10),
            again_after: Duration::from_millis(1),
        }
    }

    pub(crate) fn refuse(&self, how_many: usize, status: u16) {
        *self.refuses.lock().unwrap() = (how_many, status);
    }

    /// The next e-mail; fails where none comes.
    pub(crate) async fn next(&mut self) -> Received {
        let next = tokio::time::timeout(Duration::from_secs(20), self.inbox.recv()).await;
        next.expect("an e-mail").unwrap()
    }

    pub(crate) fn is_empty(&mut self) -> bool {
        self.inbox.try_recv().is_err()
    }
}

fn acceptor(made: &rcgen::CertifiedKey<rcgen::KeyPair>) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

#[derive(Clone)]
struct Talk {
    tls: MailTls,
    acceptor: TlsAcceptor,
    to_inbox: mpsc::UnboundedSender<Received>,
    refuses: Arc<Mutex<(usize, u16)>>,
}

impl Talk {
    async fn serve(self, stream: TcpStream) {
        match self.tls {
            MailTls::Wrapped => {
                // A client that does not believe the certificate goes away here.
                let Ok(sealed) = self.acceptor.accept(stream).await else {
                    return;
                };
                self.session(sealed, true, true).await;
            }
            MailTls::Required => {
                if let Some(stream) = self.session(stream, false, true).await {
                    let sealed = self.acceptor.accept(stream).await.unwrap();
                    self.session(sealed, true, false).await;
                }
            }
            MailTls::Plain => drop(self.session(stream, false, true).await),
        }
    }

    /// Gives the stream back where TLS is to begin on it.
    async fn session<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
        over_tls: bool,
        greets: bool,
    ) -> Option<S> {
        let mut stream = BufReader::new(stream);
        if greets {
            say(&mut stream, "220 mail.example").await;
        }
        let mut mail = Received {
            over_tls,
            ..Received::default()
        };
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return None;
            }
            let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" if self.tls == MailTls::Required && !over_tls => {
                    say(&mut stream, "250-mail.example\r\n250 STARTTLS").await;
                }
                "EHLO" => say(&mut stream, "250-mail.example\r\n250 AUTH PLAIN LOGIN").await,
                "STAR" => {
                    say(&mut stream, "220 go").await;
                    return Some(stream.into_inner());
                }
                "AUTH" => {
                    use base64::Engine as _;
                    let sent = line.split_whitespace().last().unwrap_or_default();
                    let sent = base64::engine::general_purpose::STANDARD
                        .decode(sent)
                        .unwrap_or_default();
                    mail.logged_in = sent == format!("\0frontdesk\0{PASSWORD}").as_bytes();
                    say(&mut stream, "235 yes").await;
                }
                "RCPT" => match self.refusal() {
                    Some(status) => say(&mut stream, &format!("{status} {}", line.trim())).await,
                    None => {
                        mail.to
                            .push(line.split(['<', '>']).nth(1).unwrap_or_default().to_owned());
                        say(&mut stream, "250 yes").await;
                    }
                },
                "DATA" => {
                    say(&mut stream, "354 go on").await;
                    mail.text = until_the_dot(&mut stream).await;
                    say(&mut stream, "250 taken").await;
                    self.to_inbox.send(std::mem::take(&mut mail)).unwrap();
                }
                "QUIT" => {
                    say(&mut stream, "221 bye").await;
                    return None;
                }
                _ => say(&mut stream, "250 yes").await,
            }
        }
    }

    fn refusal(&self) -> Option<u16> {
        let mut refuses = self.refuses.lock().unwrap();
        refuses.0 = refuses.0.checked_sub(1)?;
        Some(refuses.1)
    }
}

async fn say<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>, text: &str) {
    let _ = stream.write_all(format!("{text}\r\n").as_bytes()).await;
    let _ = stream.flush().await;
}

async fn until_the_dot<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>) -> String {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        if line == ".\r\n" {
            return text.replace("=\r\n", "").replace("=3D", "=");
        }
        text.push_str(&line);
    }
}
