//! Node and npm for what runs in them: Playwright, Prism, and wasm-opt where the system's is too old. `start` gets by without.

use crate::debian;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::run::{ask, command, find, run};
use crate::say::step;
use crate::stamp::Stamp;

/// What Playwright asks for.
const OLDEST: u32 = 20;
/// Where the system's is older, as Debian 12's and Ubuntu 24.04's are.
const VERSION: &str = "24.21.0";

/// A node that is new enough on the commands' PATH: the system's, Debian's, or npm's in target/tools.
pub(crate) fn node(place: &Place) -> Result<()> {
    if find(place, "npm").is_none() {
        debian::install(place, "node", &["nodejs", "npm"])?;
    }
    if is_new_enough(place) {
        return Ok(());
    }
    if let Some(package) = package() {
        install(place, &package)?;
    }
    if is_new_enough(place) {
        Ok(())
    } else {
        Err(missing())
    }
}

fn missing() -> Error {
    Error::Missing {
        what: "node 20 or later",
        how: "see https://nodejs.org; the browser suites need it, `start` does not",
    }
}

fn is_new_enough(place: &Place) -> bool {
    let said = ask(&mut command(place, "node", &["--version"]));
    said.as_deref()
        .and_then(major)
        .is_some_and(|major| major >= OLDEST)
}

/// `v20.20.2`
fn major(said: &str) -> Option<u32> {
    said.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// npm's package that is nothing but node's binary for this kind of machine.
fn package() -> Option<String> {
    let machine = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        _ => return None,
    };
    cfg!(target_os = "linux").then(|| format!("node-linux-{machine}@{VERSION}"))
}

/// Puts one package into target/tools; its commands come before the system's.
pub(crate) fn install(place: &Place, package: &str) -> Result<()> {
    step(format!("npm: installing {package} into target/tools"));
    let mut npm = command(
        place,
        "npm",
        &[
            "install",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefix",
        ],
    );
    run(npm.arg(place.tools()).arg(package))
}

/// The packages of tests/e2e, exactly as its lock file has them.
pub(crate) fn packages(place: &Place) -> Result<()> {
    let stamp = Stamp::of(
        place,
        "npm",
        "",
        &["tests/e2e/package.json", "tests/e2e/package-lock.json"],
    );
    if stamp.is_fresh() && place.e2e().join("node_modules").is_dir() {
        return Ok(());
    }
    step("tests/e2e: npm ci");
    // No package's own install script runs: none is needed, and one of them would fetch a browser, another phones home.
    let mut npm = command(
        place,
        "npm",
        &["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
    );
    run(npm.current_dir(place.e2e()))?;
    stamp.write()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_read_from_what_node_says() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("not found"), None);
    }
}
