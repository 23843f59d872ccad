//! Starts the proxy: reads arguments and settings, says where to open, ends on SIGTERM or Ctrl-C.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use frontdesk_proxy::clock::Clock;
use frontdesk_proxy::config::{ConfigError, HouseSettings, Source};
use frontdesk_proxy::examine;
use frontdesk_proxy::house::House;
use frontdesk_proxy::kiosks::{self, Order};
use frontdesk_proxy::serve::{self, Proxy};
use futures_util::{Stream, StreamExt as _};
use mimalloc::MiMalloc;

/// Each request is some hundred small pieces of memory, and the allocator of musl, for which we build, has one lock.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// Lets a studio's members book appointments. Without FRONTDESK_UPSTREAM_URL and FRONTDESK_API_KEY it runs a demo studio.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// A TOML file with settings; the environment wins over it.
    #[arg(long, env = "FRONTDESK_CONFIG", global = true)]
    config: Option<OsString>,
    /// Starts the demo studio afresh: bookings made there are forgotten.
    #[arg(long)]
    reset: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Tries address, key and scopes of each studio, says what is missing, and starts nothing.
    Check,
    /// Devices that stand in a studio for all members: makes a code for each, lists them, takes one away.
    Kiosk {
        /// Which of several studios.
        #[arg(long, global = true)]
        studio: Option<String>,
        #[command(subcommand)]
        order: Order,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.command {
        Some(Command::Check) => check(args).await,
        Some(Command::Kiosk { studio, order }) => kiosk(&args, studio.as_deref(), order).await,
        None => run(args).await.map(|()| ExitCode::SUCCESS),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("frontdesk-proxy: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let config = config(&args);
    let (source, settings) = read(config.as_deref())?;
    if args.reset && settings.studios.iter().any(|studio| studio.upstream.is_some()) {
        return Err("--reset is for the demo studio; a real studio's bookings are not ours to forget".into());
    }
    frontdesk_proxy::log::start(settings.log);
    for name in source.strangers() {
        tracing::warn!(
            name,
            "no setting has this name, so it does nothing (see docs/operate.md)"
        );
    }
    frontdesk_proxy::open_files::allow(settings.server.doors.connections);
    // Before anything takes its time: a signal that nobody hears ends the process.
    let (end, hangups) = (end()?, hangups()?);
    let proxy = serve::open(settings, args.reset, Clock::system()).await?;
    tokio::spawn(read_again(hangups, proxy.house(), config));
    say(&proxy);
    proxy.serve(end).await?;
    Ok(())
}

/// Empty is not set, as with every setting.
fn config(args: &Args) -> Option<PathBuf> {
    args.config
        .as_deref()
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
}

/// Says what there is and what is missing. No log: what it tries is meant to be refused.
async fn check(args: Args) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (source, settings) = read(config(&args).as_deref())?;
    for name in source.strangers() {
        println!(
            "{:10}{name}: no setting has this name, so it does nothing",
            "note"
        );
    }
    let found = examine::examine(&settings).await;
    for finding in &found {
        println!("{finding}");
    }
    let will_do = found.iter().all(examine::Finding::will_do);
    Ok(if will_do {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Does what staff want of kiosks. A code is printed here and nowhere else.
async fn kiosk(
    args: &Args,
    studio: Option<&str>,
    order: &Order,
) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (_, settings) = read(config(args).as_deref())?;
    let print = |line| println!("{line}");
    kiosks::carry_out(order, studio, &settings, &Clock::system(), print).await?;
    Ok(ExitCode::SUCCESS)
}

fn read(config: Option<&Path>) -> Result<(Source, HouseSettings), ConfigError> {
    let source = Source::read(environment(), config)?;
    let settings = HouseSettings::read(&source)?;
    Ok((source, settings))
}

/// Reads the settings anew whenever it is asked to. What is not sound is refused, in one line, and changes nothing.
async fn read_again(mut asked: impl Stream<Item = ()> + Unpin, house: Arc<House>, config: Option<PathBuf>) {
    while asked.next().await.is_some() {
        let taken = match read(config.as_deref()) {
            Ok((_, settings)) => house.reload(settings).await.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match taken {
            Ok(fixed) if fixed.is_empty() => tracing::info!("the settings were read anew"),
            Ok(fixed) => {
                let fixed = fixed.join(", ");
                tracing::warn!(
                    fixed,
                    "the settings were read anew, but for these, which take a new start"
                );
            }
            Err(error) => tracing::error!(error, "the settings are as they were: the new ones are not sound"),
        }
    }
}

/// Less what is no text: none of ours is.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

fn say(proxy: &Proxy) {
    let scheme = if proxy.is_tls() { "https" } else { "http" };
    println!("Frontdesk: open {scheme}://{}", proxy.address());
    if proxy.is_demo() {
        println!("This is the demo studio. Nothing here is real. To sign in, take one of:");
        for member in proxy.demo_members().iter().take(3) {
            println!(
                "  number {}, born {} ({})",
                member.customer_number, member.date_of_birth, member.first_name
            );
        }
    }
}

/// Resolves on SIGTERM or Ctrl-C, heard from now on.
#[cfg(unix)]
fn end() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Resolves on Ctrl-C.
#[cfg(not(unix))]
fn end() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// One for each SIGHUP, heard from now on.
#[cfg(unix)]
fn hangups() -> std::io::Result<impl Stream<Item = ()> + Unpin + Send + 'static> {
    use tokio::signal::unix::{Signal, SignalKind, signal};
    let heard = signal(SignalKind::hangup())?;
    let next = |mut heard: Signal| async { heard.recv().await.map(|()| ((), heard)) };
    Ok(Box::pin(futures_util::stream::unfold(heard, next)))
}

/// There are none.
#[cfg(not(unix))]
fn hangups() -> std::io::Result<impl Stream<Item = ()> + Unpin + Send + 'static> {
    Ok(futures_util::stream::pending())
}
