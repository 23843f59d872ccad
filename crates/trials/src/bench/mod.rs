//! The benchmark: requests a second of ours beside nginx and node, one after the other in one run on one machine, which wrk
//! and the upstream share with them.
//!
//! The upstream allows a thousand calls a minute, and the proxy keeps to it; whoever wants to know how fast it passes calls on
//! needs a build in which that number is another (docs/trials.md says which line).

mod peers;
mod wrk;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Days;
use perfectgym::{BookableAppointmentId, DaysAhead, ListBookableAppointments, ListSlots, Operation as _};

use self::peers::Peers;
use self::wrk::{Figures, wrk};
use crate::proxy::Proxy;
use crate::{TrialError, clock, rush, studio};

/// After so many requests its memory is looked at.
const MANY: u64 = 1_000_000;

/// How a benchmark is to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// The real binary, as it is installed.
    pub proxy: PathBuf,
    /// The same without a budget for the upstream, where passing on is to be measured.
    pub unbudgeted: Option<PathBuf>,
    /// The built app.
    pub dist: PathBuf,
    /// How long each target is asked.
    pub lasts: Duration,
    /// Over how many connections.
    pub connections: u32,
    /// How often all are measured, one after the other.
    pub rounds: u32,
}

/// What it came to.
#[derive(Debug, Default)]
pub struct Report {
    lines: Vec<(String, Figures)>,
    /// Bytes of the binary.
    pub binary: u64,
    /// Requests answered, and what the process then held, in kB.
    pub memory: Option<(u64, u64)>,
}

/// Runs it.
///
/// # Errors
/// nginx or wrk is missing, or something does not come up.
pub async fn run(options: &Options) -> Result<Report, TrialError> {
    let folder = tempfile::tempdir().map_err(TrialError::io("making a folder"))?;
    let peers = Peers::start(folder.path()).await?;
    let ours = ours(
        options,
        &options.proxy,
        folder.path(),
        "cached",
        peers.upstream,
        "60",
    )
    .await?;
    let passing = match &options.unbudgeted {
        Some(binary) => {
            Some(self::ours(options, binary, folder.path(), "passing", peers.upstream, "0").await?)
        }
        None => None,
    };
    let targets = targets(&peers, ours.address(), passing.as_ref().map(Proxy::address));
    let mut report = Report {
        binary: std::fs::metadata(&options.proxy)
            .map_err(TrialError::io("looking at the binary"))?
            .len(),
        ..Report::default()
    };
    for _ in 0..options.rounds.max(1) {
        for (name, url) in &targets {
            wrk(url, options.connections, Duration::from_secs(2)).await?;
            let figures = wrk(url, options.connections, options.lasts).await?;
            report.lines.push((name.clone(), figures));
        }
    }
    report.memory = after_many(options, &ours, &targets).await?;
    Ok(report)
}

async fn ours(
    options: &Options,
    binary: &Path,
    folder: &Path,
    name: &str,
    upstream: SocketAddr,
    slots_kept: &str,
) -> Result<Proxy, TrialError> {
    let mut settings = studio::settings_for(upstream);
    let mut set = |name: &str, value: String| settings.push((name.to_owned(), value));
    set("DATA", folder.join(name).display().to_string());
    set("DIST", options.dist.display().to_string());
    set("CACHE_SLOTS", slots_kept.to_owned());
    Proxy::start(binary, settings, folder.join(format!("{name}.log"))).await
}

fn targets(peers: &Peers, ours: SocketAddr, passing: Option<SocketAddr>) -> Vec<(String, String)> {
    let slots = ListSlots {
        id: BookableAppointmentId(1_220_000_101),
        customer_id: None,
        days_ahead: Some(DaysAhead::MOST),
        slot_window_start_date: clock::today().date_naive().checked_add_days(Days::new(1)),
    };
    let (slots, services) = (slots.target(), ListBookableAppointments::PATH);
    let mut targets = vec![
        ("upstream, directly", format!("http://{}{slots}", peers.upstream)),
        ("nginx, passing on", format!("http://{}{slots}", peers.nginx)),
    ];
    targets.extend(
        peers
            .node
            .map(|node| ("node, passing on", format!("http://{node}{slots}"))),
    );
    targets.extend(passing.map(|at| ("ours, passing on", format!("http://{at}/api{slots}"))));
    targets.push(("ours, times that are kept", format!("http://{ours}/api{slots}")));
    targets.push((
        "ours, services that are kept",
        format!("http://{ours}/api{services}"),
    ));
    targets
        .into_iter()
        .map(|(name, url)| (name.to_owned(), url))
        .collect()
}

/// Asks on until a million have been answered, and looks how much it holds then.
async fn after_many(
    options: &Options,
    ours: &Proxy,
    targets: &[(String, String)],
) -> Result<Option<(u64, u64)>, TrialError> {
    let Some((_, url)) = targets.last() else {
        return Ok(None);
    };
    let mut answered = 0;
    while answered < MANY {
        answered += wrk(url, options.connections, options.lasts)
            .await?
            .requests
            .max(1);
    }
    Ok(ours.id().and_then(rush::memory).map(|kb| (answered, kb)))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<30} {:>9} {:>9} {:>9}  errors",
            "target", "req/s", "p50 ms", "p99 ms"
        )?;
        for (name, figures) in &self.lines {
            let errors = figures.errors.as_deref().unwrap_or("-");
            let Figures {
                a_second, p50, p99, ..
            } = figures;
            writeln!(f, "{name:<30} {a_second:>9.0} {p50:>9.2} {p99:>9.2}  {errors}")?;
        }
        writeln!(f, "binary: {:.1} MB", self.binary as f64 / 1e6)?;
        if let Some((requests, kb)) = self.memory {
            write!(f, "memory after {requests} requests more: {} MB", kb / 1024)?;
        }
        Ok(())
    }
}
