//! The trials as a program. `cargo xtask faults`, `rush` and `bench` build what it needs and run it.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use trials::{TrialError, bench, faults, rush};

/// Drives the real proxy from outside, as many members would.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    trial: Trial,
}

#[derive(Subcommand)]
enum Trial {
    /// Bookings while answers are lost and proxies are killed; fails unless members were told the truth.
    Faults(Faults),
    /// A whole studio opens the app within a minute; fails unless the upstream's limit is kept and no booking is late.
    Rush(Rush),
    /// Requests a second, beside nginx and node.
    Bench(Bench),
}

/// What every trial needs.
#[derive(Args)]
struct Built {
    /// The proxy's binary.
    #[arg(long, value_name = "FILE")]
    proxy: PathBuf,
    /// The built app.
    #[arg(long, value_name = "FOLDER", default_value = "dist")]
    dist: PathBuf,
}

#[derive(Args)]
struct Faults {
    #[command(flatten)]
    built: Built,
    /// How many bookings are wished for.
    #[arg(long, default_value_t = 5000)]
    bookings: u32,
    /// By how many members.
    #[arg(long, default_value_t = 1000)]
    members: u32,
    /// How many begin a minute.
    #[arg(long, default_value_t = 400)]
    a_minute: u32,
    /// What chance begins with; any number, kept in the report.
    #[arg(long)]
    seed: Option<u64>,
    /// How many proxies on one database.
    #[arg(long, default_value_t = 1, requires_if("2", "database"))]
    proxies: u32,
    /// An empty PostgreSQL, `postgres://...`; each proxy's own file without it.
    #[arg(long, env = "FRONTDESK_TRIALS_DATABASE")]
    database: Option<String>,
    /// Seconds between two kills, on average.
    #[arg(long, default_value_t = 6)]
    kill_every: u64,
}

#[derive(Args)]
struct Rush {
    #[command(flatten)]
    built: Built,
    /// The proxy's example `mint_session`, of the same build.
    #[arg(long, value_name = "FILE")]
    mint: PathBuf,
    /// Who opens the app.
    #[arg(long, default_value_t = 10_000)]
    members: u32,
    /// How many of them book.
    #[arg(long, default_value_t = 500)]
    bookings: u32,
    /// Within how many seconds they come.
    #[arg(long, default_value_t = 60)]
    within: u64,
    /// Milliseconds that the studio takes for each call.
    #[arg(long, default_value_t = 80)]
    studio_takes: u64,
    /// A further setting of the proxy's, such as `CONNECTIONS=20000`.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
}

#[derive(Args)]
struct Bench {
    #[command(flatten)]
    built: Built,
    /// Seconds for each target.
    #[arg(long, default_value_t = 10)]
    lasts: u64,
    /// Connections at once.
    #[arg(long, default_value_t = 64)]
    connections: u32,
    /// How often all are measured.
    #[arg(long, default_value_t = 1)]
    rounds: u32,
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().trial).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => complain(&error),
    }
}

#[expect(clippy::print_stderr, reason = "a program's last words")]
fn complain(error: &TrialError) -> ExitCode {
    eprintln!("trials: {error}");
    ExitCode::FAILURE
}

#[expect(clippy::print_stdout, reason = "the figures are what it is run for")]
fn show(report: &impl std::fmt::Display) {
    println!("{report}");
}

/// True where the trial was passed.
async fn run(trial: Trial) -> Result<bool, TrialError> {
    match trial {
        Trial::Faults(asked) => {
            let report = faults::run(&asked.options()).await?;
            show(&report);
            Ok(report.is_clean())
        }
        Trial::Rush(asked) => {
            let report = rush::run(&asked.options()).await?;
            show(&report);
            Ok(report.is_kept())
        }
        Trial::Bench(asked) => {
            show(&bench::run(&asked.options()).await?);
            Ok(true)
        }
    }
}

impl Faults {
    fn options(self) -> faults::Options {
        faults::Options {
            proxy: self.built.proxy,
            dist: self.built.dist,
            bookings: self.bookings,
            members: self.members.clamp(1, self.bookings.max(1)),
            a_minute: self.a_minute,
            seed: self.seed.unwrap_or_else(rand::random),
            proxies: self.proxies.max(1),
            database: self.database,
            kill_every: Duration::from_secs(self.kill_every.max(1)),
        }
    }
}

impl Rush {
    fn options(self) -> rush::Options {
        rush::Options {
            proxy: self.built.proxy,
            mint: self.mint,
            dist: self.built.dist,
            members: self.members,
            bookings: self.bookings,
            within: Duration::from_secs(self.within.max(1)),
            studio_takes: Duration::from_millis(self.studio_takes),
            settings: self.settings,
        }
    }
}

impl Bench {
    fn options(self) -> bench::Options {
        bench::Options {
            proxy: self.built.proxy,
            dist: self.built.dist,
            lasts: Duration::from_secs(self.lasts.max(1)),
            connections: self.connections,
            rounds: self.rounds,
        }
    }
}
