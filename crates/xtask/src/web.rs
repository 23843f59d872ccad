//! Builds the web app into dist/ and the proxy that serves it. Knows trunk's command line and nothing of what it builds.

use std::fs::File;
use std::process::{Child, Command, Stdio};

use crate::compress;
use crate::error::{Error, Result};
use crate::kiosk;
use crate::place::Place;
use crate::run::{command, run};
use crate::say::step;
use crate::slim;
use crate::stamp::Stamp;
use crate::target;
use crate::tools;

/// Everything that dist/ is made from.
const SOURCES: [&str; 14] = [
    ".cargo/config.toml",
    "src",
    "crates/perfectgym",
    "crates/booking",
    "crates/words",
    "style",
    "public",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "crates/xtask/src/kiosk.rs",
    "crates/xtask/src/slim.rs",
    "crates/xtask/src/style.rs",
];

/// How much care a build takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// As small as it gets; without wasm-opt it is refused.
    Release,
    /// As small as what is there allows.
    Start,
    /// Quick, for somebody who waits for it after each change.
    Watch,
}

/// Brings dist/ up to date. Does nothing where nothing changed.
pub(crate) fn build(place: &Place, care: Care) -> Result<()> {
    let _alone = alone(place)?;
    tools::for_web(place)?;
    let opt = optimised(place, care)?;
    let mode = mode(care, opt);
    let stamp = Stamp::of(place, "web", &format!("{mode}{}", flags()), &SOURCES);
    if stamp.is_fresh() && place.dist().join("index.html").is_file() && kiosk::is_there(place) {
        step("web app: nothing changed");
        return Ok(());
    }
    step(format!("web app: building into dist/ ({mode})"));
    trunk(place, care, opt, &[])?;
    step("web app: building it for kiosks");
    trunk(place, care, opt, &kiosk::page(place)?)?;
    kiosk::lay_beside(place)?;
    if care != Care::Watch {
        slim::scripts(&place.dist())?;
        compress::folder(&place.dist())?;
    }
    stamp.write()?;
    step("web app: built");
    Ok(())
}

/// Held while dist/ and the tools are touched: two at once would clear each other's files away.
fn alone(place: &Place) -> Result<File> {
    std::fs::create_dir_all(place.notes()).map_err(Error::io("making target/xtask"))?;
    let lock = File::create(place.notes().join("lock")).map_err(Error::io("opening target/xtask/lock"))?;
    if lock.try_lock().is_err() {
        step("waiting for another xtask to finish its build");
        lock.lock().map_err(Error::io("locking target/xtask/lock"))?;
    }
    Ok(lock)
}

/// Whether wasm-opt takes part.
fn optimised(place: &Place, care: Care) -> Result<bool> {
    match care {
        Care::Release => tools::insist_on_wasm_opt(place).map(|()| true),
        Care::Start => Ok(tools::wasm_opt(place).is_some()),
        Care::Watch => Ok(false),
    }
}

/// The compiler's flags that a person's shell sets.
fn flags() -> String {
    let set = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"].map(|name| std::env::var(name).unwrap_or_default());
    set.iter()
        .filter(|flags| !flags.is_empty())
        .map(|flags| format!(" {flags}"))
        .collect()
}

fn mode(care: Care, opt: bool) -> &'static str {
    match (care, opt) {
        (Care::Watch, _) => "quick",
        (_, true) => "small",
        (_, false) => "small, without wasm-opt: the download is about a third larger",
    }
}

/// Trunk calls wasm-opt only with --release; which code is compiled is the cargo profile's business alone.
fn trunk(place: &Place, care: Care, opt: bool, page: &[&str]) -> Result<()> {
    let mut trunk = command(place, place.bin().join("trunk"), &["build"]);
    let release = if opt { "--release=true" } else { "--release=false" };
    let profile = if care == Care::Watch { "dev" } else { "wasm" };
    trunk.args([release, "--cargo-profile", profile]).args(page);
    // It takes NO_COLOR=1 for an unreadable flag and stops.
    trunk.env_remove("NO_COLOR");
    // Its own backtrace would push the compiler's message off the screen.
    trunk.env("RUST_BACKTRACE", "0");
    run(&mut trunk)
}

const PROXY_BUILD: [&str; 5] = ["build", "--profile", "start", "--package", "frontdesk-proxy"];

/// Brings target/start/frontdesk-proxy up to date; cargo itself knows when there is nothing to do.
pub(crate) fn build_proxy(place: &Place) -> Result<()> {
    step("proxy: building what changed");
    run(&mut command(place, "cargo", &PROXY_BUILD))
}

/// Brings target/start/examples/mint_session up to date, for suites on an upstream that knows no customers.
pub(crate) fn build_mint(place: &Place) -> Result<()> {
    let mut cargo = command(place, "cargo", &PROXY_BUILD);
    run(cargo.args(["--example", "mint_session"]))
}

/// The proxy's first build, going on while something else is built: on a fresh machine each leaves a core idle at its end.
/// Ends with the command that asked for it.
pub(crate) struct Beside(Option<Child>);

impl Beside {
    /// Nothing where a proxy lies there already: what changed since is quick to build.
    pub(crate) fn begin(place: &Place) -> Self {
        if target::proxy(place).is_file() {
            return Self(None);
        }
        step("proxy: building beside what follows (some 4 minutes on 2 cores)");
        let mut cargo = command(place, "cargo", &PROXY_BUILD);
        Self(cargo.arg("--quiet").stderr(Stdio::null()).spawn().ok())
    }

    /// However it ended: [`build_proxy`] says what is wrong, where anything is.
    pub(crate) fn wait(mut self) {
        if let Some(mut child) = self.0.take() {
            step("proxy: still building");
            let _ = child.wait();
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
        }
    }
}

/// The proxy, ready to run in the project's root, where its own defaults find dist/. Nothing is set: that would win over a
/// person's `--config`.
pub(crate) fn proxy(place: &Place, args: &[String]) -> Result<Command> {
    let program = target::proxy(place);
    if !program.is_file() {
        return Err(Error::Unreadable(format!(
            "{} is not there after its build",
            program.display()
        )));
    }
    let mut proxy = command(place, program, &[]);
    proxy.args(args);
    Ok(proxy)
}
