//! The proxy as it is installed: its own process, whose every word is kept.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;

use crate::support::{KEY, folder};

/// A proxy that runs, in front of an upstream, with the planted key.
pub(super) struct Binary {
    pub(super) address: SocketAddr,
    process: Child,
    stdout: BufReader<ChildStdout>,
    first: String,
    folder: TempDir,
}

impl Drop for Binary {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Binary {
    /// Starts it; returns once it listens. Logs as much as can be asked for.
    pub(super) fn start(upstream: SocketAddr, log: &str) -> Self {
        let folder = folder();
        let stderr = std::fs::File::create(folder.path().join("stderr")).unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_frontdesk-proxy"))
            .env_clear()
            .env("FRONTDESK_UPSTREAM_URL", format!("http://{upstream}"))
            .env("FRONTDESK_API_KEY", KEY)
            .env("FRONTDESK_LISTEN", "127.0.0.1:0")
            .env("FRONTDESK_DATA", folder.path().join("data"))
            .env("FRONTDESK_DIST", folder.path().join("dist"))
            .env("FRONTDESK_LOG", log)
            .env("FRONTDESK_TIMEOUT_READ", "2")
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full")
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(process.stdout.take().unwrap());
        let mut first = String::new();
        stdout.read_line(&mut first).unwrap();
        let address = first.trim().rsplit("http://").next().unwrap().parse().unwrap();
        Self {
            address,
            process,
            stdout,
            first,
            folder,
        }
    }

    /// Ends it, and what it said: stdout, then stderr.
    pub(super) fn said(mut self) -> String {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        let mut said = std::mem::take(&mut self.first);
        self.stdout.read_to_string(&mut said).unwrap();
        said + &std::fs::read_to_string(self.folder.path().join("stderr")).unwrap()
    }
}
