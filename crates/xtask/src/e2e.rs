//! What the browser suites need: Chromium and its driver, and the whole built as it is delivered. Never downloads a browser.

use std::path::PathBuf;
use std::process::Command;

use crate::debian;
use crate::error::{Error, Result};
use crate::node;
use crate::place::Place;
use crate::run::{command, find, run, without_settings};
use crate::say::step;
use crate::target;
use crate::web::{self, Care};

/// Playwright's command line, from tests/e2e.
pub(crate) const PLAYWRIGHT: &str = "node_modules/@playwright/test/cli.js";

/// The browser and its driver, as the system has them.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// From CHROMIUM and CHROMEDRIVER, else from PATH, else from Debian.
pub(crate) fn browser(place: &Place) -> Result<Browser> {
    if let Some(browser) = find_browser(place) {
        return Ok(browser);
    }
    debian::install(place, "chromium", &["chromium", "chromium-driver"])?;
    find_browser(place).ok_or(Error::Missing {
        what: "chromium",
        how: "install Chromium and its driver and set CHROMIUM and CHROMEDRIVER to their paths",
    })
}

fn find_browser(place: &Place) -> Option<Browser> {
    let chromium = set_or_found(
        place,
        "CHROMIUM",
        &["chromium", "chromium-browser", "google-chrome"],
    )?;
    let driver = set_or_found(place, "CHROMEDRIVER", &["chromedriver", "chromium.chromedriver"])?;
    Some(Browser { chromium, driver })
}

/// A program that a variable names, else the first of these on PATH.
fn set_or_found(place: &Place, variable: &str, names: &[&str]) -> Option<PathBuf> {
    let set = std::env::var_os(variable).map(PathBuf::from);
    set.or_else(|| names.iter().find_map(|name| find(place, name)))
}

/// The other browser, from FIREFOX, else from PATH, else from Debian: its long-term release and its usual one go by two names.
pub(crate) fn firefox(place: &Place) -> Result<PathBuf> {
    if let Some(firefox) = find_firefox(place) {
        return Ok(firefox);
    }
    debian::install(place, "firefox", &["firefox-esr"])?;
    find_firefox(place).ok_or(Error::Missing {
        what: "firefox",
        how: "install Firefox and set FIREFOX to its path",
    })
}

fn find_firefox(place: &Place) -> Option<PathBuf> {
    set_or_found(place, "FIREFOX", &["firefox-esr", "firefox"])
}

/// Everything that a browser suite of the whole stands on: the app as it is delivered, the proxy, the packages, the browser.
/// Gives a command in tests/e2e that knows where they are.
pub(crate) fn ready(place: &Place, script: &[&str]) -> Result<Command> {
    let browser = browser(place)?;
    node::node(place)?;
    node::packages(place)?;
    web::build(place, Care::Release)?;
    web::build_proxy(place)?;
    web::build_mint(place)?;
    let mut node = command(place, "node", script);
    without_settings(&mut node)
        .current_dir(place.e2e())
        .env("CHROMIUM", browser.chromium)
        .env("FRONTDESK_DIST", place.dist())
        .env("FRONTDESK_PROXY", target::proxy(place))
        .env("FRONTDESK_MINT_SESSION", target::mint(place));
    Ok(node)
}

/// Screenshots of every state of every screen into target/shots.
pub(crate) fn shots(place: &Place) -> Result<()> {
    let mut node = ready(place, &[PLAYWRIGHT, "test", "--config", "shots.config.ts"])?;
    step("screenshots: into target/shots");
    run(&mut node)
}

/// How soon the app is there in a gym's own page, and what a kiosk's day costs: figures on the terminal.
pub(crate) fn speed(place: &Place) -> Result<()> {
    let mut node = ready(place, &[PLAYWRIGHT, "test", "--config", "speed.config.ts"])?;
    step("speed: leave the machine alone for some minutes");
    run(&mut node)
}
