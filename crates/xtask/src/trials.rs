//! `faults`, `rush` and `bench`: builds what the trials need and runs them. What they try is theirs to know.

use crate::error::Result;
use crate::place::Place;
use crate::postgres::Postgres;
use crate::run::{command, run, without_settings};
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
    hold(place, Profile::Start, "faults", &theirs)
}

/// Ten thousand members open the app within a minute.
pub(crate) fn rush(place: &Place, args: &[String]) -> Result<()> {
    web::build_mint(place)?;
    let mint = ["--mint".to_owned(), target::mint(place).display().to_string()];
    hold(place, Profile::Start, "rush", &[mint.as_slice(), args].concat())
}

/// Requests a second, of the binary that is installed.
pub(crate) fn bench(place: &Place, args: &[String]) -> Result<()> {
    hold(place, Profile::Release, "bench", args)
}

fn hold(place: &Place, profile: Profile, trial: &str, args: &[String]) -> Result<()> {
    web::build(place, Care::Start)?;
    step(format!("{trial}: building the proxy and the trials"));
    let build = [
        "build",
        "--profile",
        profile.name(),
        "--package",
        "frontdesk-proxy",
        "--package",
        "trials",
        "--bins",
    ];
    run(&mut command(place, "cargo", &build))?;
    step(format!("{trial}: running"));
    let mut trials = command(
        place,
        target::built(place, profile, "trials"),
        &[trial, "--proxy"],
    );
    trials.arg(target::built(place, profile, "frontdesk-proxy"));
    trials.arg("--dist").arg(place.dist()).args(args);
    run(without_settings(&mut trials))
}
