//! The run of faults: members book through the real binary while calls to the studio are lost, fail, are late or broken off
//! and proxies are killed; in the end what they were told is held against what is in the studio.
//!
//! The seed decides what goes wrong with the n-th call and what each member does; which call is the n-th, the machine
//! decides. So a seed makes a run alike, not the same.

pub mod another_time;
pub mod attempt;
pub mod fleet;
pub mod journal;
pub mod judge;
pub mod layer;
pub mod member;
pub mod plan;
pub mod report;
pub mod told;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::middleware::from_fn_with_state;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use demo_studio::Studio;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use self::fleet::{Fleet, kill_at_random};
use self::judge::{Ledger, from_nowhere, judge};
use self::layer::{Layer, between};
use self::member::Member;
use self::report::Report;
use crate::proxy::Proxy;
use crate::{TrialError, clock, studio};

/// What the proxies are told to wait for an answer, in seconds: the least there is, so that a run takes minutes.
const PATIENCE: u64 = 2;
/// After the faults end, the longest until nobody waits any more. What is open is settled after half a minute.
const SETTLES_WITHIN: Duration = Duration::from_secs(150);

/// How a run is to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// The real binary.
    pub proxy: PathBuf,
    /// The built app.
    pub dist: PathBuf,
    /// How many bookings are wished for.
    pub bookings: u32,
    /// How many members wish for them.
    pub members: u32,
    /// How many of them begin a minute. The proxy's budgets allow some 400.
    pub a_minute: u32,
    /// What chance begins with.
    pub seed: u64,
    /// How many proxies; more than one needs a database for all of them.
    pub proxies: u32,
    /// PostgreSQL, empty; without it each proxy keeps its own file.
    pub database: Option<String>,
    /// A proxy is killed this often, on average.
    pub kill_every: Duration,
}

/// Runs it.
///
/// # Errors
/// The trial could not be held; what it found is in the report.
pub async fn run(options: &Options) -> Result<Report, TrialError> {
    let folder = tempfile::tempdir().map_err(TrialError::io("making a folder"))?;
    let studio = studio::open(options.members).await?;
    let layer = Layer::new(options.seed, Duration::from_secs(PATIENCE));
    let router = studio
        .router()
        .layer(from_fn_with_state(Arc::clone(&layer), between));
    let upstream = studio::settings_for(studio::serve(router, true).await?);
    let began = clock::now();
    let mut proxies = Vec::new();
    for number in 0..options.proxies {
        let settings = settings(options, folder.path(), number, upstream.clone());
        let log = folder.path().join(format!("proxy-{number}.log"));
        proxies.push(Proxy::start(&options.proxy, settings, log).await?);
    }
    let (members, kills) = live(options, &layer, proxies, began).await?;
    let mut report = compare(&studio, &layer, &members, began).await?;
    report.seed = options.seed;
    report.kills = kills;
    Ok(report)
}

/// `FRONTDESK_...`: short patience, and what several proxies share.
fn settings(
    options: &Options,
    folder: &Path,
    number: u32,
    upstream: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let data = folder.join(format!("data-{number}"));
    let mut settings = upstream;
    let mut set = |name: &str, value: String| settings.push((name.to_owned(), value));
    set("DATA", data.display().to_string());
    set("DIST", options.dist.display().to_string());
    set("TIMEOUT_CONNECT", "1".to_owned());
    set("TIMEOUT_READ", PATIENCE.to_string());
    set("TIMEOUT_WRITE", PATIENCE.to_string());
    let key: [u8; 32] = StdRng::seed_from_u64(options.seed).random();
    set("SESSION_KEY", STANDARD.encode(key));
    if let Some(database) = &options.database {
        set("DATABASE", database.clone());
    }
    settings
}

/// All members with all their wishes, killers beside them, until everybody knows.
async fn live(
    options: &Options,
    layer: &Layer,
    proxies: Vec<Proxy>,
    began: Instant,
) -> Result<(Vec<Member>, u32), TrialError> {
    let run = format!("{:x}", clock::today().timestamp_micros());
    let fleet = Arc::new(Fleet::new(run, &proxies));
    let (stop, stopped) = watch::channel(false);
    let killer = tokio::spawn(kill_at_random(proxies, options.seed, options.kill_every, stopped));
    let turns = Arc::new(Semaphore::new(0));
    let mut members = begin(options, &fleet, &turns);
    hand_out(options, &turns, began).await;
    // All have begun; faults and kills go on for as long as most of them need.
    tokio::time::sleep(Duration::from_secs(3)).await;
    layer.stop();
    let _ = stop.send(true);
    let killed = killer
        .await
        .map_err(|error| TrialError::NotStarted(error.to_string()))??;
    let late = Arc::clone(&fleet);
    let end = tokio::spawn(async move {
        tokio::time::sleep(SETTLES_WITHIN).await;
        late.end();
    });
    let mut done = Vec::new();
    while let Some(member) = members.join_next().await {
        done.push(member.map_err(|error| TrialError::Tool(error.to_string()))?);
    }
    end.abort();
    let (still_running, kills) = killed;
    drop(still_running);
    Ok((done, kills))
}

fn begin(options: &Options, fleet: &Arc<Fleet>, turns: &Arc<Semaphore>) -> JoinSet<Member> {
    let mut members = JoinSet::new();
    let people = demo_studio::crowd(options.members);
    let begun = Arc::new(AtomicU32::new(0));
    for (person, number) in people.iter().zip(1u64..) {
        let seed = options
            .seed
            .wrapping_add(number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut member = Member::new(person, Arc::clone(fleet), seed);
        let (turns, begun, most) = (Arc::clone(turns), Arc::clone(&begun), options.bookings);
        members.spawn(async move {
            while begun.fetch_add(1, Ordering::Relaxed) < most {
                let Ok(turn) = turns.acquire().await else { break };
                turn.forget();
                member.wish_once().await;
            }
            member.ask_after_everything().await;
            member
        });
    }
    members
}

/// Lets so many wishes a minute begin, and says now and then how far it is.
async fn hand_out(options: &Options, turns: &Semaphore, began: Instant) {
    let pause = Duration::from_secs(60) / options.a_minute.max(1);
    let mut ticks = tokio::time::interval(pause);
    for begun in 1..=options.bookings {
        ticks.tick().await;
        turns.add_permits(1);
        if begun.is_multiple_of(500) {
            say(&format!(
                "{begun} wishes begun after {:.0} s",
                began.elapsed().as_secs_f64()
            ));
        }
    }
}

#[expect(clippy::print_stderr, reason = "a long run says how far it is")]
fn say(line: &str) {
    eprintln!("{line}");
}

async fn compare(
    studio: &Studio,
    layer: &Layer,
    members: &[Member],
    began: Instant,
) -> Result<Report, TrialError> {
    let rows = studio
        .ledger()
        .await
        .map_err(|error| TrialError::Studio(error.to_string()))?;
    let crowd = demo_studio::crowd(u32::try_from(members.len()).unwrap_or(u32::MAX));
    let of_crowd = rows
        .iter()
        .filter(|row| crowd.iter().any(|member| member.id == row.customer));
    let ledger = Ledger::of(of_crowd);
    let stories: Vec<_> = members
        .iter()
        .flat_map(|member| member.stories.iter().cloned())
        .collect();
    let mut report = Report {
        took: began.elapsed(),
        members: members.len(),
        standing: ledger.all_standing(),
        calls: layer.journal.counts(),
        findings: from_nowhere(&stories, &ledger),
        ..Report::default()
    };
    for story in &stories {
        report.add(story);
        report
            .findings
            .extend(judge(story, &layer.journal.of(story.wish_id), &ledger, began));
    }
    Ok(report)
}
