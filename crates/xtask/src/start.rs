//! `start`: from nothing to the app in a browser. `watch`: the same, again after every change.

use std::process::{Child, Command};
use std::time::Duration;

use crate::error::{Error, Result};
use crate::place::Place;
use crate::run::{ask, command};
use crate::say::step;
use crate::stamp::Stamp;
use crate::web::{self, Beside, Care};

/// Builds what is not there and becomes the proxy, so that Ctrl-C and a service manager's stop reach it and nobody else.
pub(crate) fn start(place: &Place, args: &[String]) -> Result<()> {
    let beside = Beside::begin(place);
    web::build(place, Care::Start)?;
    beside.wait();
    web::build_proxy(place)?;
    let mut proxy = web::proxy(place, args)?;
    step("proxy: starting; Ctrl-C ends it");
    become_it(&mut proxy)
}

#[cfg(unix)]
fn become_it(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let source = command.exec();
    Err(Error::Io {
        doing: "starting the proxy".to_owned(),
        source,
    })
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> Result<()> {
    crate::run::run(command)
}

/// Drawn pages and the browser's code come from the same sources, so both are built anew and the proxy is started anew.
const SOURCES: [&str; 8] = [
    ".cargo/config.toml",
    "src",
    "crates",
    "style",
    "public",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
];

/// Runs until Ctrl-C, which the proxy hears too.
pub(crate) fn watch(place: &Place, args: &[String]) -> Result<()> {
    let mut running: Option<Child> = None;
    loop {
        let stamp = Stamp::of(place, "watch", "", &SOURCES);
        stamp.write()?;
        running = again(place, args, running);
        step("watching; reload the page after a change, Ctrl-C ends it");
        wait_for_change(place);
    }
}

/// What does not compile leaves the last good version running: the compiler has said why.
fn again(place: &Place, args: &[String], running: Option<Child>) -> Option<Child> {
    let built = web::build(place, Care::Watch).and_then(|()| web::build_proxy(place));
    if let Err(error) = built {
        step(error.to_string());
        return running;
    }
    if let Some(child) = running {
        end(place, child);
    }
    let child =
        web::proxy(place, args).and_then(|mut proxy| proxy.spawn().map_err(Error::io("starting the proxy")));
    child.map_err(|error| step(error.to_string())).ok()
}

/// Asks the last proxy to end and waits until it has, so that its port is free again.
fn end(place: &Place, mut child: Child) {
    if ask(&mut command(place, "kill", &["-TERM", &child.id().to_string()])).is_none() {
        let _ = child.kill();
    }
    let _ = child.wait();
}

/// Looks twice a second: for a few hundred files that costs less than a file watcher's dependencies.
fn wait_for_change(place: &Place) {
    while Stamp::of(place, "watch", "", &SOURCES).is_fresh() {
        std::thread::sleep(Duration::from_millis(500));
    }
}
