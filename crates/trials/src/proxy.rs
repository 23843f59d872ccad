//! The real binary as a process: started with settings of its own and none of the person's, killed without a word, started
//! again on the same address and the same data.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::TrialError;

const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// A proxy that can be killed.
pub struct Proxy {
    binary: PathBuf,
    settings: Vec<(String, String)>,
    address: SocketAddr,
    child: Option<Child>,
    log: PathBuf,
}

impl Proxy {
    /// Starts it on a port that is free. `settings` are `FRONTDESK_...` without the prefix; what it logs is added to `log`.
    ///
    /// # Errors
    /// There is no such binary, or it does not come up.
    pub async fn start(
        binary: &Path,
        settings: Vec<(String, String)>,
        log: PathBuf,
    ) -> Result<Self, TrialError> {
        let mut proxy = Self {
            binary: binary.to_owned(),
            settings,
            address: free_address()?,
            child: None,
            log,
        };
        proxy.again().await?;
        Ok(proxy)
    }

    /// Where it listens, before and after it was killed.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process id, while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.as_ref().and_then(Child::id)
    }

    /// `kill -9`, and starts it again.
    ///
    /// # Errors
    /// It does not come up any more: what it left behind ends the start.
    pub async fn kill_and_start(&mut self) -> Result<(), TrialError> {
        if let Some(mut child) = self.child.take() {
            child.kill().await.map_err(TrialError::io("killing the proxy"))?;
        }
        self.again().await
    }

    async fn again(&mut self) -> Result<(), TrialError> {
        let mut child = self
            .command()?
            .spawn()
            .map_err(TrialError::io(format!("starting {}", self.binary.display())))?;
        let up = tokio::time::timeout(STARTS_WITHIN, says_so(&mut child)).await;
        self.child = Some(child);
        match up {
            Ok(true) => Ok(()),
            _ => Err(TrialError::NotStarted(last_words(&self.log))),
        }
    }

    fn command(&self) -> Result<Command, TrialError> {
        let log = std::fs::File::options().create(true).append(true).open(&self.log);
        let log = log.map_err(TrialError::io("opening the proxy's log"))?;
        let mut command = Command::new(&self.binary);
        command
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .envs(std::env::var_os("HOME").map(|home| ("HOME", home)))
            .env("RUST_LOG", "warn")
            .env("FRONTDESK_LISTEN", self.address.to_string())
            .envs(
                self.settings
                    .iter()
                    .map(|(name, value)| (format!("FRONTDESK_{name}"), value)),
            )
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true);
        Ok(command)
    }
}

/// Waits for `Frontdesk: open http://...`; the pipe then stays open, and what little follows fits into it.
async fn says_so(child: &mut Child) -> bool {
    let Some(stdout) = child.stdout.take() else {
        return false;
    };
    let (mut reader, mut line) = (BufReader::new(stdout), String::new());
    let read = reader.read_line(&mut line).await;
    child.stdout = Some(reader.into_inner());
    read.is_ok() && line.contains("open http")
}

/// Free now. Taken by nobody else before the proxy has it, as far as one machine's trials go.
fn free_address() -> Result<SocketAddr, TrialError> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(TrialError::io("looking for a free port"))?;
    listener
        .local_addr()
        .map_err(TrialError::io("looking for a free port"))
}

fn last_words(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    text.lines().last().unwrap_or("it said nothing").to_owned()
}
