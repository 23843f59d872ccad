//! What we are measured beside: nginx, which is the upstream too, and node. Gone with the trial.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use chrono::{Days, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::{TrialError, clock};

/// Running peers.
pub(super) struct Peers {
    /// nginx that answers by itself.
    pub(super) upstream: SocketAddr,
    /// nginx that passes on.
    pub(super) nginx: SocketAddr,
    /// node that passes on, where there is a node.
    pub(super) node: Option<SocketAddr>,
    _running: Vec<Child>,
}

impl Peers {
    /// Starts them.
    ///
    /// # Errors
    /// There is no nginx, or it does not come up.
    pub(super) async fn start(folder: &Path) -> Result<Self, TrialError> {
        let (upstream, proxy, node) = (free()?, free()?, free()?);
        let text = include_str!("nginx.conf")
            .replace("@FOLDER@", &folder.display().to_string())
            .replace("@UPSTREAM@", &upstream.port().to_string())
            .replace("@PROXY@", &proxy.port().to_string())
            .replace("@SLOTS@", &slots().to_string())
            .replace("@SERVICES@", &services().to_string());
        let file = folder.join("nginx.conf");
        std::fs::write(&file, text).map_err(TrialError::io("writing nginx.conf"))?;
        let mut nginx = Command::new("nginx");
        nginx.arg("-p").arg(folder).arg("-c").arg(&file);
        let mut running = vec![started(nginx, "starting nginx (Debian's package `nginx-light`)")?];
        up(proxy).await?;
        let node = node_at(folder, node, upstream).await?;
        let node = node.map(|(child, at)| {
            running.push(child);
            at
        });
        Ok(Self {
            upstream,
            nginx: proxy,
            node,
            _running: running,
        })
    }

    /// How many requests nginx was asked until now: as the upstream, and as a proxy. The asking is one.
    ///
    /// # Errors
    /// It does not say.
    pub(super) async fn asked(&self) -> Result<u64, TrialError> {
        let said = get(self.upstream, "/asked")
            .await
            .map_err(TrialError::io("asking nginx for its count"))?;
        let numbers = said.lines().skip_while(|line| !line.contains("requests")).nth(1);
        numbers
            .and_then(|line| line.split_whitespace().nth(2)?.parse().ok())
            .ok_or_else(|| TrialError::Tool(format!("nginx said: {said}")))
    }
}

async fn get(at: SocketAddr, path: &str) -> std::io::Result<String> {
    let (mut stream, mut said) = (TcpStream::connect(at).await?, String::new());
    stream
        .write_all(format!("GET {path} HTTP/1.0\r\n\r\n").as_bytes())
        .await?;
    stream.read_to_string(&mut said).await?;
    Ok(said)
}

async fn node_at(
    folder: &Path,
    at: SocketAddr,
    upstream: SocketAddr,
) -> Result<Option<(Child, SocketAddr)>, TrialError> {
    let script = folder.join("node-proxy.mjs");
    std::fs::write(&script, include_str!("node-proxy.mjs"))
        .map_err(TrialError::io("writing node-proxy.mjs"))?;
    let mut node = Command::new("node");
    node.arg(&script)
        .env("PORT", at.port().to_string())
        .env("UPSTREAM", upstream.port().to_string());
    let Ok(child) = started(node, "starting node") else {
        return Ok(None);
    };
    up(at).await?;
    Ok(Some((child, at)))
}

fn started(mut command: Command, doing: &str) -> Result<Child, TrialError> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command.spawn().map_err(TrialError::io(doing))
}

fn free() -> Result<SocketAddr, TrialError> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(TrialError::io("looking for a free port"))?;
    listener
        .local_addr()
        .map_err(TrialError::io("looking for a free port"))
}

async fn up(at: SocketAddr) -> Result<(), TrialError> {
    for _ in 0..200 {
        if TcpStream::connect(at).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(TrialError::Tool(format!("nothing listens at {at}")))
}

/// Eight free times, some 1.5 kB.
fn slots() -> Value {
    let day = clock::today()
        .checked_add_days(Days::new(2))
        .unwrap_or_else(clock::today);
    let text = |at: chrono::DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let slot = |hour| {
        let start = day + TimeDelta::hours(hour);
        json!({
            "startDateTime": text(start),
            "endDateTime": text(start + TimeDelta::hours(1)),
            "instructors": [{ "id": 1_210_000_101 + hour, "firstName": "Anna", "lastName": "Berger", "publicName": "Anna" }],
        })
    };
    (0..8).map(slot).collect()
}

/// Eight services in the form of a slice, of about the same size.
fn services() -> Value {
    let service = |number| {
        json!({
            "id": 1_220_000_100 + number, "title": "Personal training", "duration": 60, "category": "Training",
            "description": "One hour, one trainer, one plan: strength, technique and the next step towards your goal.",
        })
    };
    json!({ "result": (0..8).map(service).collect::<Vec<_>>(), "hasNext": false, "offset": "8" })
}
