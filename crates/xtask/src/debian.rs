//! Debian's and Ubuntu's packages. On any other system it names what is missing and leaves the rest to the person.

use std::process::Command;

use crate::error::{Error, Result};
use crate::place::Place;
use crate::run::{ask, command, find, run};
use crate::say::step;

/// Installs packages because `tool` is not there. Tries with the package lists as they are, then with fresh ones: a new
/// machine has none, and on any other fetching them is most of the wait.
pub(crate) fn install(place: &Place, tool: &'static str, packages: &[&str]) -> Result<()> {
    let missing = || Error::Missing {
        what: tool,
        how: how(tool),
    };
    if find(place, "apt-get").is_none() {
        return Err(missing());
    }
    let mut apt = Apt::new(place).ok_or_else(missing)?;
    step(format!("{tool}: installing Debian's {}", packages.join(", ")));
    let first = apt.install(packages);
    first
        .or_else(|_| apt.update().and_then(|()| apt.install(packages)))
        .map_err(|_| missing())
}

/// As [`install`], one package, where the distribution's is of this version or later: an older one would only be in the way.
pub(crate) fn install_since(place: &Place, tool: &'static str, package: &str, oldest: u32) -> Result<()> {
    let too_old = || Error::Missing {
        what: tool,
        how: how(tool),
    };
    let offered = candidate(place, package).or_else(|| {
        Apt::new(place)?.update().ok()?;
        candidate(place, package)
    });
    if offered.is_some_and(|version| version < oldest) {
        return Err(too_old());
    }
    install(place, tool, &[package])
}

/// The version that apt would install, as far as its first dot. None where the package lists were never fetched.
fn candidate(place: &Place, package: &str) -> Option<u32> {
    let mut policy = command(place, "apt-cache", &["policy", package]);
    read_candidate(&ask(policy.env("LC_ALL", "C"))?)
}

fn read_candidate(policy: &str) -> Option<u32> {
    let version = policy
        .lines()
        .find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    let end = version
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(version.len());
    version.get(..end)?.parse().ok()
}

/// What a person types, on Debian and elsewhere.
fn how(tool: &str) -> &'static str {
    match tool {
        "wasm-opt" => "version 110 or later is needed; see https://github.com/WebAssembly/binaryen",
        "chromium" => {
            "`apt-get install chromium chromium-driver` on Debian; elsewhere install Chromium and its driver \
                       and set CHROMIUM and CHROMEDRIVER to their paths"
        }
        "firefox" => {
            "`apt-get install firefox-esr` on Debian; elsewhere install Firefox and set FIREFOX to its path"
        }
        "node" => {
            "`apt-get install nodejs npm` on Debian and Ubuntu, else https://nodejs.org (the browser suites need it, \
                   `start` does not)"
        }
        "postgresql" => {
            "`apt-get install postgresql` on Debian and Ubuntu; elsewhere install PostgreSQL 13 or later and put its \
                       initdb and postgres on PATH"
        }
        "python3" => {
            "`apt-get install python3 python3-venv` on Debian and Ubuntu, else https://www.python.org"
        }
        _ => "install it and put it on PATH",
    }
}

/// A way to run apt-get with the rights it needs, without asking for a password.
struct Apt<'a> {
    place: &'a Place,
    sudo: bool,
}

impl<'a> Apt<'a> {
    fn new(place: &'a Place) -> Option<Self> {
        let root = ask(&mut command(place, "id", &["-u"])).is_some_and(|id| id == "0");
        let sudo = !root;
        let may = root || ask(&mut command(place, "sudo", &["-n", "true"])).is_some();
        may.then_some(Self { place, sudo })
    }

    fn install(&mut self, packages: &[&str]) -> Result<()> {
        let mut command = self.command(&["install", "-y", "--no-install-recommends"]);
        run(command.args(packages))
    }

    fn update(&mut self) -> Result<()> {
        run(&mut self.command(&["update"]))
    }

    fn command(&self, args: &[&str]) -> Command {
        let program = if self.sudo { "sudo" } else { "env" };
        let before: &[&str] = if self.sudo { &["-n", "env"] } else { &[] };
        let mut command = command(self.place, program, before);
        command
            .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"])
            .args(args);
        command
    }
}

#[cfg(test)]
mod tests {
    use super::read_candidate;

    #[test]
    fn apts_offer_is_read_and_none_is_none() {
        let policy = "binaryen:\n  Installed: (none)\n  Candidate: 108-1\n  Version table:\n";
        assert_eq!(read_candidate(policy), Some(108));
        assert_eq!(
            read_candidate("binaryen:\n  Installed: (none)\n  Candidate: (none)\n"),
            None
        );
        assert_eq!(read_candidate(""), None);
    }
}
