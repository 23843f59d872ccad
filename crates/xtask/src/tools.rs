//! The tools of a build, each at one version, inside the project. Installs what is missing and nothing twice.

use crate::debian;
use crate::error::{Error, Result};
use crate::node;
use crate::place::Place;
use crate::run::{ask, command, find, run};
use crate::say::step;

const WASM: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
const CARGO_DENY: &str = "0.20.2";
const OLDEST_BINARYEN: u32 = 110;
/// Where PATH has none that is new enough.
const NPM_BINARYEN: &str = "binaryen@132.0.0";

/// What a web build cannot do without: the compiler's target, trunk, wasm-bindgen.
pub(crate) fn for_web(place: &Place) -> Result<()> {
    wasm_target(place)?;
    trunk(place)?;
    wasm_bindgen(place)
}

/// The standard library for the browser, from rustup; a distribution's rustc may bring it along.
pub(crate) fn wasm_target(place: &Place) -> Result<()> {
    let libdir = ask(&mut command(
        place,
        "rustc",
        &["--print", "target-libdir", "--target", WASM],
    ));
    if libdir.is_some_and(|folder| std::path::Path::new(&folder).is_dir()) {
        return Ok(());
    }
    if find(place, "rustup").is_none() {
        return Err(Error::Missing {
            what: "Rust's target wasm32-unknown-unknown",
            how: "install Rust by rustup (https://rustup.rs)",
        });
    }
    step(format!("rustup: adding the target {WASM}"));
    run(&mut command(place, "rustup", &["target", "add", WASM]))
}

/// Trunk downloads its helpers from a place that not everyone reaches; ours finds them on PATH.
fn trunk(place: &Place) -> Result<()> {
    if has(place, "trunk", TRUNK) {
        return Ok(());
    }
    step(format!(
        "trunk {TRUNK}: compiling into target/tools (some 2 minutes on 2 cores)"
    ));
    install(
        place,
        &[
            "trunk",
            "--version",
            TRUNK,
            "--locked",
            "--no-default-features",
            "--features",
            "rustls",
        ],
        "0",
    )
}

/// What looks through the dependencies.
pub(crate) fn cargo_deny(place: &Place) -> Result<()> {
    if has(place, "cargo-deny", CARGO_DENY) {
        return Ok(());
    }
    step(format!(
        "cargo-deny {CARGO_DENY}: compiling into target/tools (some 2 minutes on 2 cores)"
    ));
    install(place, &["cargo-deny", "--version", CARGO_DENY, "--locked"], "0")
}

/// Has to be exactly the version of the library in Cargo.lock, or it refuses the file.
pub(crate) fn wasm_bindgen(place: &Place) -> Result<()> {
    let lock = place.at("Cargo.lock");
    let lock = std::fs::read_to_string(&lock).map_err(Error::io("reading Cargo.lock"))?;
    let version = locked(&lock, "wasm-bindgen")
        .ok_or_else(|| Error::Unreadable("Cargo.lock names no version of wasm-bindgen".to_owned()))?;
    if has(place, "wasm-bindgen", version) && has(place, "wasm-bindgen-test-runner", version) {
        return Ok(());
    }
    step(format!(
        "wasm-bindgen {version}: compiling into target/tools (some 90 seconds on 2 cores)"
    ));
    install(place, &["wasm-bindgen-cli", "--version", version], "1")
}

/// Whether this very version lies in the project's own folder. Asking the binary is a matter of milliseconds, and unlike a
/// note on the side it is never wrong.
fn has(place: &Place, tool: &str, version: &str) -> bool {
    let path = place.bin().join(tool);
    ask(&mut command(place, path, &["--version"]))
        .is_some_and(|said| said.split_whitespace().any(|word| word == version))
}

/// `cargo install` with a profile that is quick to compile: the tools run for seconds, so their own speed matters little.
fn install(place: &Place, what: &[&str], opt_level: &str) -> Result<()> {
    let mut command = command(place, "cargo", &["install", "--force", "--root"]);
    command.arg(place.tools()).args(what);
    command
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    command
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level)
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    run(&mut command)
}

/// The version of a package in the text of a Cargo.lock.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// wasm-opt from PATH, else from npm, else from Debian. `None` has said in the terminal why, and a build goes on without.
pub(crate) fn wasm_opt(place: &Place) -> Option<()> {
    if wasm_opt_is_good(place) {
        return Some(());
    }
    let installed = match (find(place, "npm"), find(place, "wasm-opt")) {
        (Some(_), _) => node::install(place, NPM_BINARYEN),
        (None, None) => debian::install_since(place, "wasm-opt", "binaryen", OLDEST_BINARYEN),
        (None, Some(_)) => Ok(()),
    };
    if let Err(error) = installed {
        step(format!("wasm-opt: {error}"));
    }
    if wasm_opt_is_good(place) {
        return Some(());
    }
    step(format!(
        "wasm-opt: none of version {OLDEST_BINARYEN} or later, and no npm to get one with"
    ));
    None
}

/// Up to 108, which Debian 12 and Ubuntu 24.04 have, wasm-opt mixes up the tables that wasm-bindgen exports, and the app it
/// leaves behind does not start (WebAssembly/binaryen#4711).
fn wasm_opt_is_good(place: &Place) -> bool {
    let said = ask(&mut command(place, "wasm-opt", &["--version"]));
    said.as_deref()
        .and_then(binaryen_version)
        .is_some_and(|version| version >= OLDEST_BINARYEN)
}

/// `wasm-opt version 132 (version_132)`
fn binaryen_version(said: &str) -> Option<u32> {
    said.strip_prefix("wasm-opt version ")?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}

/// As [`wasm_opt`], for builds whose size is a promise: what runs it is installed as well.
pub(crate) fn insist_on_wasm_opt(place: &Place) -> Result<()> {
    if !wasm_opt_is_good(place) {
        node::node(place)?;
    }
    wasm_opt(place).ok_or(Error::Missing {
        what: "wasm-opt 110 or later",
        how: "put one on PATH (https://github.com/WebAssembly/binaryen)",
    })
}

#[cfg(test)]
mod tests {
    use super::{binaryen_version, locked};

    #[test]
    fn wasm_opts_version_is_read_as_either_distribution_says_it() {
        assert_eq!(binaryen_version("wasm-opt version 108"), Some(108));
        assert_eq!(binaryen_version("wasm-opt version 132 (version_132)"), Some(132));
        assert_eq!(binaryen_version("wasm-opt: not found"), None);
    }

    #[test]
    fn the_version_is_the_packages_own_and_not_a_namesakes() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked(lock, "leptos"), None);
    }
}
