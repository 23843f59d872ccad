//! The rush: a whole studio opens the app within one minute. In real time, with the real binary: whether bookings are late
//! is a question of time, and a clock that is not the machine's would answer another one.
//!
//! Members hold sessions already, as most do who open an app again; each comes from an address of their own, which a proxy
//! in front would name.

pub mod counter;
pub mod guest;
pub mod report;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::middleware::from_fn_with_state;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use demo_studio::Member;
use tokio::process::Command;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use self::counter::{Counter, count};
use self::guest::Guest;
use self::report::Report;
use crate::proxy::Proxy;
use crate::{TrialError, studio};

/// So many sessions are sealed side by side.
const SEALERS: usize = 4;

/// How a rush is to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// The real binary.
    pub proxy: PathBuf,
    /// The example that seals sessions, of the same build.
    pub mint: PathBuf,
    /// The built app.
    pub dist: PathBuf,
    /// Who opens the app.
    pub members: u32,
    /// How many of them book.
    pub bookings: u32,
    /// Within how long they come.
    pub within: Duration,
    /// How long the studio takes for each call.
    pub studio_takes: Duration,
    /// Further settings of the proxy's: name without prefix, value.
    pub settings: Vec<(String, String)>,
}

/// Runs it.
///
/// # Errors
/// It could not be held.
pub async fn run(options: &Options) -> Result<Report, TrialError> {
    let folder = tempfile::tempdir().map_err(TrialError::io("making a folder"))?;
    let studio = studio::open(options.members).await?;
    let counter = Counter::new(options.studio_takes);
    let router = studio
        .router()
        .layer(from_fn_with_state(Arc::clone(&counter), count));
    let upstream = studio::settings_for(studio::serve(router, false).await?);
    let key = STANDARD.encode(rand::random::<[u8; 32]>());
    let settings = settings(options, folder.path(), upstream, &key);
    let proxy = Proxy::start(&options.proxy, settings, folder.path().join("proxy.log")).await?;
    let people = demo_studio::crowd(options.members);
    let sessions = sessions(&options.mint, &key, &people).await?;
    let mut report = come(options, &proxy, &counter, people.iter().zip(sessions)).await;
    report.upstream = counter.counts();
    report.memory = proxy.id().and_then(memory);
    Ok(report)
}

fn settings(
    options: &Options,
    folder: &Path,
    upstream: Vec<(String, String)>,
    key: &str,
) -> Vec<(String, String)> {
    let mut settings = upstream;
    let mut set = |name: &str, value: String| settings.push((name.to_owned(), value));
    set("DATA", folder.join("data").display().to_string());
    set("DIST", options.dist.display().to_string());
    set("SESSION_KEY", key.to_owned());
    set("TRUST_FORWARDED", "true".to_owned());
    settings.extend(options.settings.iter().cloned());
    settings
}

/// A cookie each, sealed by the proxy's own example: its form is none of ours to know.
async fn sessions(mint: &Path, key: &str, people: &[Member]) -> Result<Vec<String>, TrialError> {
    let (mut sealing, turns) = (JoinSet::new(), Arc::new(Semaphore::new(SEALERS)));
    for (place, person) in people.iter().enumerate() {
        let mut command = Command::new(mint);
        command.arg(person.id.to_string()).arg(person.first_name);
        command.env("FRONTDESK_SESSION_KEY", key);
        let turns = Arc::clone(&turns);
        sealing.spawn(async move {
            let _turn = turns.acquire_owned().await;
            (place, command.output().await)
        });
    }
    let mut sealed = Vec::with_capacity(people.len());
    while let Some(one) = sealing.join_next().await {
        let (place, output) = one.map_err(|error| TrialError::Tool(error.to_string()))?;
        let output = output.map_err(TrialError::io(format!("starting {}", mint.display())))?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if !text.contains('=') {
            return Err(TrialError::Tool("no session was sealed".to_owned()));
        }
        sealed.push((place, text));
    }
    sealed.sort_unstable();
    Ok(sealed.into_iter().map(|(_, cookie)| cookie).collect())
}

async fn come<'a>(
    options: &Options,
    proxy: &Proxy,
    counter: &Arc<Counter>,
    people: impl Iterator<Item = (&'a Member, String)>,
) -> Report {
    let services = services();
    let every = options
        .members
        .checked_div(options.bookings)
        .unwrap_or(u32::MAX)
        .max(1);
    let mut ticks = tokio::time::interval(options.within / options.members.max(1));
    let mut guests = JoinSet::new();
    for ((person, session), number) in people.zip(0u32..) {
        let guest = Guest::new(
            proxy.address(),
            person.id,
            &session,
            Arc::clone(&services),
            number,
        );
        let (counter, books) = (Arc::clone(counter), number.is_multiple_of(every));
        ticks.tick().await;
        guests.spawn(async move { guest.visit(books, &counter).await });
    }
    let mut report = Report::default();
    while let Some(met) = guests.join_next().await {
        if let Ok(met) = met {
            report.add(met);
        }
    }
    report
}

fn services() -> Arc<[perfectgym::BookableAppointmentId]> {
    demo_studio::seed::services::all()
        .into_iter()
        .map(|service| service.id)
        .collect()
}

/// What the system says the process holds, in kB.
pub(crate) fn memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
