//! `cargo deny`: what may come into the project with a dependency, by deny.toml. One check for each of its parts.

use crate::count::Count;
use crate::error::Result;
use crate::place::Place;
use crate::run::{command, run};
use crate::say::step;
use crate::tools;

/// What needs nothing but the lock file and the crates themselves.
const PARTS: [&str; 3] = ["bans", "licenses", "sources"];

pub(crate) fn deny(place: &Place) -> Result<Count> {
    tools::cargo_deny(place)?;
    let parts = PARTS.iter().map(|part| holds(place, part));
    Ok(parts.fold(Count::default(), Count::plus).plus(advisories(place)))
}

fn holds(place: &Place, part: &str) -> Count {
    // Its warnings are long: a crate in two versions is no fault.
    Count::one(
        run(&mut command(
            place,
            "cargo-deny",
            &["-L", "error", "--locked", "check", part],
        ))
        .is_ok(),
    )
}

/// Advisories, and with them yanked versions, come from a repository that not every machine reaches. Where it cannot be
/// fetched, nothing is counted, and that is said.
fn advisories(place: &Place) -> Count {
    if run(&mut command(place, "cargo-deny", &["-L", "error", "fetch", "db"])).is_ok() {
        return holds(place, "advisories");
    }
    step("deny: SKIPPED advisories and yanked versions, the database of advisories is out of reach");
    Count::default()
}
