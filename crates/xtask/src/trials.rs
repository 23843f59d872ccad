//! `faults`, `rush` and `bench`: builds what the trials need and runs them. What they try is theirs to know.

use std::path::Path;

use crate::debian;
use crate::error::Result;
use crate::place::Place;
use crate::postgres::Postgres;
use crate::release;
use crate::run::{command, find, run, without_settings};
use crate::say::step;
use crate::target::{self, Profile};
use crate::web::{self, Care};

/// Members book while answers are lost and the proxy is killed. `--postgres` gives the proxies a PostgreSQL of their own.
pub(crate) fn faults(place: &Place, args: &[String]) -> Result<()> {
    let (ours, mut theirs): (Vec<_>, Vec<_>) = args.iter().cloned().partition(|arg| arg == "--postgres");
    let server = ours.first().map(|_| Postgres::start(place)).transpose()?;
    if let Some(server) = &server {
        theirs.extend(["--database".to_owned(), server.address()]);
    }
    hold(place, "faults", &theirs)
}

/// Ten thousand members open the app within a minute.
pub(crate) fn rush(place: &Place, args: &[String]) -> Result<()> {
    web::build_mint(place)?;
    let mint = ["--mint".to_owned(), target::mint(place).display().to_string()];
    hold(place, "rush", &[mint.as_slice(), args].concat())
}

/// Requests a second, of the one file that is installed.
pub(crate) fn bench(place: &Place, args: &[String]) -> Result<()> {
    let proxy = release::release(place)?;
    beside(place)?;
    step("bench: building the trials");
    let build = ["build", "--release", "--package", "trials", "--bins"];
    run(&mut command(place, "cargo", &build))?;
    tried(place, Profile::Release, &proxy, "bench", args)
}

/// Whom it is measured beside, and what measures. Node is there where the browser suites were run.
fn beside(place: &Place) -> Result<()> {
    for (tool, package) in [("nginx", "nginx-light"), ("wrk", "wrk")] {
        if find(place, tool).is_none() {
            debian::install(place, tool, &[package])?;
        }
    }
    Ok(())
}

fn hold(place: &Place, trial: &str, args: &[String]) -> Result<()> {
    web::build(place, Care::Start)?;
    step(format!("{trial}: building the proxy and the trials"));
    let build = [
        "build",
        "--profile",
        Profile::Start.name(),
        "--package",
        "frontdesk-proxy",
        "--package",
        "trials",
        "--bins",
    ];
    run(&mut command(place, "cargo", &build))?;
    tried(place, Profile::Start, &target::proxy(place), trial, args)
}

fn tried(place: &Place, profile: Profile, proxy: &Path, trial: &str, args: &[String]) -> Result<()> {
    step(format!("{trial}: running"));
    let program = target::built(place, profile, "trials");
    let mut trials = command(place, program, &[trial, "--proxy"]);
    trials.arg(proxy).arg("--dist").arg(place.dist()).args(args);
    run(without_settings(&mut trials))
}
