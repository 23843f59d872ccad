//! `release`: the one file that a studio installs. Static, so that it runs on any Linux of its architecture, with the app
//! inside; it fails above its ceiling.

use std::path::PathBuf;

use crate::debian;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::run::{ask, command, find, run};
use crate::say::step;
use crate::target;
use crate::web::{self, Care};

/// Bytes that the file may have, app included.
const CEILING: u64 = 25_000_000;

/// Builds it and puts it into target/dist/. Gives where it is.
pub(crate) fn release(place: &Place) -> Result<PathBuf> {
    web::build(place, Care::Release)?;
    let triple = triple();
    linker(place)?;
    added(place, &triple)?;
    step(format!(
        "proxy: building for {triple}, with the app inside (some 10 minutes on 2 cores)"
    ));
    let args = [
        "build",
        "--locked",
        "--profile",
        "dist",
        "--package",
        "frontdesk-proxy",
        "--features",
        "embed",
    ];
    run(command(place, "cargo", &args).args(["--target", &triple]))?;
    let file = installed(place, &triple)?;
    keep(&file)?;
    Ok(file)
}

/// Linux with musl, on the architecture that this command runs on.
fn triple() -> String {
    format!("{}-unknown-linux-musl", std::env::consts::ARCH)
}

/// SQLite and ring are C: they are compiled against musl's own headers.
fn linker(place: &Place) -> Result<()> {
    if find(place, "musl-gcc").is_some() {
        return Ok(());
    }
    debian::install(place, "musl-gcc", &["musl-tools"])
}

fn added(place: &Place, triple: &str) -> Result<()> {
    let there = ask(&mut command(place, "rustup", &["target", "list", "--installed"]));
    if there.is_some_and(|list| list.lines().any(|line| line == triple)) {
        return Ok(());
    }
    step(format!("rustup: adding the target {triple}"));
    run(&mut command(place, "rustup", &["target", "add", triple]))
}

fn installed(place: &Place, triple: &str) -> Result<PathBuf> {
    let (built, folder) = (target::released(place, triple), place.at("target/dist"));
    let file = folder.join("frontdesk-proxy");
    std::fs::create_dir_all(&folder).map_err(Error::io("making target/dist"))?;
    std::fs::copy(built, &file).map_err(Error::io("copying the binary into target/dist"))?;
    Ok(file)
}

fn keep(file: &PathBuf) -> Result<()> {
    let bytes = std::fs::metadata(file)
        .map_err(Error::io("measuring the binary"))?
        .len();
    println!("{}: {:.1} MB", file.display(), bytes as f64 / 1e6);
    if bytes <= CEILING {
        return Ok(());
    }
    Err(Error::TooLarge {
        what: "the binary is",
        bytes,
        ceiling: CEILING,
    })
}
