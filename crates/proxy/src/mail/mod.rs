//! E-mails: written in words of `words`, sent while nobody waits, once more where the first try failed.
//!
//! Knows no member: it is given an address, and writes it nowhere but into the e-mail itself.

mod letter;
mod smtp;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use crate::config;

pub use letter::{Contents, Unwritten};
pub use smtp::{MailError, Smtp};

/// As many e-mails are under way at once; beyond it none is promised.
const AT_ONCE: usize = 64;

/// Sends e-mails.
pub struct Mailer {
    through: Through,
    under_way: Arc<Semaphore>,
    tasks: TaskTracker,
    late: AtomicBool,
}

enum Through {
    Smtp(Box<Smtp>),
    /// The demo studio's go nowhere: they are shown to whoever started it.
    Terminal,
}

/// E-mails cannot be sent with these settings.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// The file of certificates.
    #[error("FRONTDESK_SMTP_CA: {0} cannot be read, or holds no certificate")]
    Authority(String),
    /// No TLS on this machine, or a host's name that is none.
    #[error("FRONTDESK_SMTP_URL: no connection with TLS can be made to this host")]
    Tls,
}

impl Mailer {
    /// One that sends through a server. Connects to nothing yet.
    ///
    /// # Errors
    /// The certificates cannot be used.
    pub fn smtp(mail: &config::Mail) -> Result<Self, MailerError> {
        Ok(Self::through(Through::Smtp(Box::new(Smtp::new(mail)?))))
    }

    /// One that writes to the terminal.
    pub fn terminal() -> Self {
        Self::through(Through::Terminal)
    }

    fn through(through: Through) -> Self {
        Self {
            through,
            under_way: Arc::new(Semaphore::new(AT_ONCE)),
            tasks: TaskTracker::new(),
            late: AtomicBool::new(false),
        }
    }

    /// Does something while nobody waits for it; `false` where too much is under way already.
    pub fn later(&self, work: impl Future<Output = ()> + Send + 'static) -> bool {
        let Ok(turn) = Arc::clone(&self.under_way).try_acquire_owned() else {
            return false;
        };
        self.tasks.spawn(async move {
            work.await;
            drop(turn);
        });
        true
    }

    /// Sends an e-mail to an address. What goes wrong is logged, without the address.
    pub async fn send(&self, to: &str, contents: &Contents<'_>) {
        let sent = match &self.through {
            Through::Terminal => {
                println!("{}", contents.for_terminal());
                Ok(())
            }
            Through::Smtp(smtp) => smtp.send(to, contents).await,
        };
        match sent {
            Ok(()) => self.late.store(false, Ordering::Relaxed),
            Err(error) => {
                tracing::error!(%error, "an e-mail could not be sent");
                // One that is refused for its address says nothing of others, and must not be told from them.
                if error.concerns_all() {
                    self.late.store(true, Ordering::Relaxed);
                }
            }
        }
    }

    /// Tries whether the server takes us, with name and password. Sends nothing.
    ///
    /// # Errors
    /// It does not answer, or does not take us.
    pub async fn greet(&self) -> Result<(), MailError> {
        match &self.through {
            Through::Terminal => Ok(()),
            Through::Smtp(smtp) => smtp.greet().await,
        }
    }

    /// Whether the last that was sent, to whomever, did not go.
    pub fn is_late(&self) -> bool {
        self.late.load(Ordering::Relaxed)
    }

    /// Waits for those under way.
    pub async fn finish(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }
}
