//! `faults` and `rush`: builds the proxy and what drives it from outside, and runs that. Knows nothing of what is tried.

use crate::error::Result;
use crate::place::Place;
use crate::run::{command, run};
use crate::say::step;
use crate::target;
use crate::web::{self, Care};

/// Bookings while answers are lost and proxies are killed.
pub(crate) fn faults(place: &Place, args: &[String]) -> Result<()> {
    tried(place, "faults", &[], args)
}

/// A whole studio opens the app within a minute. Its members are signed in already, by what seals sessions for tests.
pub(crate) fn rush(place: &Place, args: &[String]) -> Result<()> {
    web::build_mint(place)?;
    let mint = target::mint(place).display().to_string();
    tried(place, "rush", &["--mint", &mint], args)
}

fn tried(place: &Place, trial: &str, needs: &[&str], args: &[String]) -> Result<()> {
    web::build(place, Care::Start)?;
    web::build_proxy(place)?;
    step("trials: building what changed");
    let build = ["build", "--profile", "start", "--package", "trials"];
    run(&mut command(place, "cargo", &build))?;
    let proxy = target::proxy(place).display().to_string();
    let mut trials = command(place, target::trials(place), &[trial, "--proxy", &proxy]);
    run(trials.args(needs).args(args))
}
