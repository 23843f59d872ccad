//! Node and npm for what runs in them: Playwright, Prism, and wasm-opt where the system's is too old. `start` gets by without.

use crate::debian;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::run::{ask, beside, command, find_outside, run};
use crate::say::step;
use crate::stamp::Stamp;

/// The first of each line that lets `require` take an ES module, as Prism does. Later lines all do. Prism asks for 24.18
/// (`engines`), which it does not need.
const OLDEST: [(u32, u32); 2] = [(20, 19), (22, 12)];
/// Where the system's is older, as Debian 12's and Ubuntu 24.04's are.
const NODE: &str = "24.21.0";
/// Goes with it: Debian's npm finds its own parts through Debian's node alone.
const NPM: &str = "npm@11.19.1";

/// A node that is new enough and an npm that runs on it: the system's, Debian's, or npm's in target/tools.
pub(crate) fn node(place: &Place) -> Result<()> {
    if is_good(place) {
        return Ok(());
    }
    if find_outside("npm").is_none() {
        debian::install(place, "node", &["nodejs", "npm"])?;
    }
    if !is_good(place) {
        install_both(place)?;
    }
    if is_good(place) { Ok(()) } else { Err(missing()) }
}

fn missing() -> Error {
    Error::Missing {
        what: "node 20.19, 22.12 or later, with npm",
        how: "see https://nodejs.org; the browser suites need it, `start` does not",
    }
}

/// Both have to run: an npm that lies on PATH may be one for another node.
fn is_good(place: &Place) -> bool {
    let said = ask(&mut command(place, "node", &["--version"]));
    said.as_deref().and_then(version).is_some_and(is_new_enough)
        && ask(&mut command(place, "npm", &["--version"])).is_some()
}

fn is_new_enough(is: (u32, u32)) -> bool {
    let [first, last] = OLDEST;
    is >= last || (is.0 == first.0 && is >= first)
}

/// `v20.20.2`, as far as it matters.
fn version(said: &str) -> Option<(u32, u32)> {
    let mut parts = said.strip_prefix('v')?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// npm's package that is nothing but node's binary for this kind of machine.
fn package() -> Option<String> {
    let machine = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        _ => return None,
    };
    cfg!(target_os = "linux").then(|| format!("node-linux-{machine}@{NODE}"))
}

/// Puts node and npm into target/tools at one stroke, by the system's npm and the node that lies beside it: once there is
/// one without the other, neither runs.
fn install_both(place: &Place) -> Result<()> {
    let package = package().ok_or_else(missing)?;
    let npm = find_outside("npm").ok_or_else(missing)?;
    step(format!("npm: installing {package} and {NPM} into target/tools"));
    let mut command = beside(place, &npm);
    run(command.args(INSTALL).arg(place.tools()).args([&package, NPM]))
}

const INSTALL: [&str; 5] = [
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefix",
];

/// Puts one package into target/tools; its commands come before the system's.
pub(crate) fn install(place: &Place, package: &str) -> Result<()> {
    step(format!("npm: installing {package} into target/tools"));
    run(command(place, "npm", &INSTALL).arg(place.tools()).arg(package))
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
    use super::{is_new_enough, version};

    #[test]
    fn the_version_is_read_from_what_node_says() {
        assert_eq!(version("v20.20.2"), Some((20, 20)));
        assert_eq!(version("not found"), None);
    }

    #[test]
    fn what_cannot_run_prism_is_too_old() {
        let good = |said: &str| version(said).is_some_and(is_new_enough);
        // Debian 12's, Ubuntu 24.04's, and the last of each line that stops at an ES module.
        assert!(
            !["v18.20.4", "v18.19.1", "v20.18.3", "v21.7.3", "v22.11.0"]
                .into_iter()
                .any(good)
        );
        assert!(
            ["v20.19.0", "v22.12.0", "v23.0.0", "v24.21.0"]
                .into_iter()
                .all(good)
        );
    }
}
