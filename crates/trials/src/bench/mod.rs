//! The benchmark: requests a second of ours beside nginx and node, one after the other in one run on one machine, which wrk
//! and the upstream share with them.
//!
//! What is passed on is another service's times each time: of those who ask for the same at once we ask the upstream for
//! one, and a benchmark of that would be one of something else. How many calls came to the upstream is counted there.

mod bare;
mod peers;
mod wrk;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Days;
use perfectgym::{BookableAppointmentId, DaysAhead, ListBookableAppointments, ListSlots, Operation as _};

use self::peers::Peers;
use self::wrk::{Asks, Figures, Target, wrk};
use crate::proxy::Proxy;
use crate::{TrialError, clock, rush, studio};

/// After so many requests its memory is looked at.
const MANY: u64 = 1_000_000;
/// Or after so many runs of wrk, where it answers slowly.
const LONGEST: usize = 30;

/// How a benchmark is to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// The real binary, as it is installed.
    pub proxy: PathBuf,
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
    lines: Vec<(&'static str, Figures)>,
    /// Calls that came to the upstream while ours answered so many.
    passed_on: (u64, u64),
    /// Bytes of the binary.
    pub binary: u64,
    /// What each of ours held in the end, in kB, and how many requests it had answered.
    pub memory: Vec<(&'static str, u64, u64)>,
}

/// Runs it.
///
/// # Errors
/// nginx or wrk is missing, or something does not come up.
pub async fn run(options: &Options) -> Result<Report, TrialError> {
    let folder = tempfile::tempdir().map_err(TrialError::io("making a folder"))?;
    let run = Run::begin(options, folder.path()).await?;
    let binary = std::fs::metadata(&options.proxy).map_err(TrialError::io("looking at the binary"))?;
    let mut report = Report {
        binary: binary.len(),
        ..Report::default()
    };
    for _ in 0..options.rounds.max(1) {
        for target in run.targets() {
            run.measure(&target, &mut report).await?;
        }
    }
    run.look_at_memory(&mut report).await?;
    Ok(report)
}

/// Everything that is up.
struct Run<'a> {
    options: &'a Options,
    script: PathBuf,
    peers: Peers,
    /// The libraries alone.
    bare: SocketAddr,
    /// Keeps nothing, and so passes everything on.
    passing: Proxy,
    /// Keeps times for a minute.
    keeping: Proxy,
}

const PASSING_ON: &str = "ours, passing on";
const KEPT_TIMES: &str = "ours, times that are kept";
const KEPT_SERVICES: &str = "ours, services that are kept";

impl<'a> Run<'a> {
    async fn begin(options: &'a Options, folder: &Path) -> Result<Self, TrialError> {
        let script = folder.join("others-times.lua");
        std::fs::write(&script, include_str!("others-times.lua"))
            .map_err(TrialError::io("writing others-times.lua"))?;
        let peers = Peers::start(folder).await?;
        Ok(Self {
            passing: ours(options, folder, "passing", peers.upstream, "0").await?,
            keeping: ours(options, folder, "keeping", peers.upstream, "60").await?,
            bare: bare::start(peers.upstream).await?,
            options,
            script,
            peers,
        })
    }

    fn targets(&self) -> Vec<Target> {
        let (peers, passing, keeping) = (&self.peers, self.passing.address(), self.keeping.address());
        let mut targets = vec![
            passing_on("upstream, directly", peers.upstream, ""),
            passing_on("nginx, passing on", peers.nginx, ""),
        ];
        targets.extend(peers.node.map(|node| passing_on("node, passing on", node, "")));
        targets.push(passing_on("axum and hyper, passing on", self.bare, ""));
        targets.push(passing_on(PASSING_ON, passing, "/api"));
        targets.push(same(KEPT_TIMES, keeping, times().target()));
        targets.push(same(
            KEPT_SERVICES,
            keeping,
            ListBookableAppointments::PATH.to_owned(),
        ));
        targets
    }

    /// After two seconds in which everything gets warm.
    async fn measure(&self, target: &Target, report: &mut Report) -> Result<(), TrialError> {
        let wrk = |lasts| wrk(target, &self.script, self.options.connections, lasts);
        wrk(Duration::from_secs(2)).await?;
        let before = self.peers.asked().await?;
        let figures = wrk(self.options.lasts).await?;
        if target.name == PASSING_ON {
            // Less this very question.
            let asked = self.peers.asked().await? - before - 1;
            report.passed_on.0 += asked;
            report.passed_on.1 += figures.requests;
        }
        report.lines.push((target.name, figures));
        Ok(())
    }

    /// Asks each of ours on until it has answered a million, and looks how much it holds then.
    async fn look_at_memory(&self, report: &mut Report) -> Result<(), TrialError> {
        let ours = [(PASSING_ON, &self.passing), (KEPT_SERVICES, &self.keeping)];
        for (name, proxy) in ours {
            let target = self.targets().into_iter().find(|target| target.name == name);
            let Some(target) = target else { continue };
            let of_ours = report.lines.iter().filter(|(line, _)| *line == name);
            let mut answered: u64 = of_ours.map(|(_, figures)| figures.requests).sum();
            for _ in 0..LONGEST {
                if answered >= MANY {
                    break;
                }
                let connections = self.options.connections;
                let figures = wrk(&target, &self.script, connections, self.options.lasts).await?;
                answered += figures.requests;
            }
            let held = proxy.id().and_then(rush::memory);
            report.memory.extend(held.map(|kb| (name, kb, answered)));
        }
        Ok(())
    }
}

async fn ours(
    options: &Options,
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
    // nginx has no limit of a thousand a minute.
    set("UPSTREAM_A_MINUTE", "100000000".to_owned());
    Proxy::start(&options.proxy, settings, folder.join(format!("{name}.log"))).await
}

fn times() -> ListSlots {
    ListSlots {
        id: BookableAppointmentId(1_220_000_101),
        customer_id: None,
        days_ahead: Some(DaysAhead::MOST),
        slot_window_start_date: clock::today().date_naive().checked_add_days(Days::new(1)),
    }
}

fn passing_on(name: &'static str, at: SocketAddr, under: &str) -> Target {
    let times = times();
    let whole = format!("{under}{}", times.target());
    let id = times.id.to_string();
    let (before, after) = whole.split_once(&id).unwrap_or((&whole, ""));
    Target {
        name,
        at,
        asks: Asks::Others(before.to_owned(), after.to_owned()),
    }
}

fn same(name: &'static str, at: SocketAddr, path: String) -> Target {
    Target {
        name,
        at,
        asks: Asks::Same(format!("/api{path}")),
    }
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
        let (asked, answered) = self.passed_on;
        writeln!(
            f,
            "passed on: {asked} calls came to the upstream while ours answered {answered}"
        )?;
        for (name, kb, requests) in &self.memory {
            writeln!(f, "memory, {name}, after {requests} requests: {} MB", kb / 1024)?;
        }
        write!(f, "binary: {:.1} MB", self.binary as f64 / 1e6)
    }
}
