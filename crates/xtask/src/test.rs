//! `test` and `lint`: runs suites one after the other, goes on after a failed one, and says at the end what each counted.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::api;
use crate::count::{self, Count};
use crate::deny;
use crate::e2e;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::postgres::{self, Postgres};
use crate::run::{ask, command, run, tee};
use crate::say::step;
use crate::size;
use crate::tools;

/// A suite by its name on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suite {
    /// rustfmt.
    Fmt,
    /// Clippy, natively and for the browser; a warning is a failure.
    Lint,
    /// cargo-deny: licences, sources and versions of dependencies; advisories where they can be had.
    Deny,
    /// `cargo test` of the whole workspace, doc tests too, with a PostgreSQL for the tests that want one.
    Native,
    /// wasm-bindgen-test: components and glue in a headless Chromium.
    Browser,
    /// What a first visit loads stays below its ceiling.
    Size,
    /// Schemathesis: the proxy against its own OpenAPI document.
    Api,
    /// Playwright: the whole, as it is delivered.
    E2e,
}

const ALL: [(&str, Suite); 8] = [
    ("fmt", Suite::Fmt),
    ("lint", Suite::Lint),
    ("deny", Suite::Deny),
    ("native", Suite::Native),
    ("browser", Suite::Browser),
    ("size", Suite::Size),
    ("api", Suite::Api),
    ("e2e", Suite::E2e),
];

/// Runs the named suites, or all. The last line on stdout is `N passed, N failed`.
pub(crate) fn test(place: &Place, names: &[String]) -> Result<()> {
    let suites = chosen(names)?;
    let counted: Vec<_> = suites
        .into_iter()
        .map(|(name, suite)| (name, count_of(place, name, suite)))
        .collect();
    println!();
    for (name, count) in &counted {
        println!("{name}: {} passed, {} failed", count.passed, count.failed);
    }
    let all = counted
        .iter()
        .map(|(_, count)| *count)
        .fold(Count::default(), Count::plus);
    println!("{} passed, {} failed", all.passed, all.failed);
    if all.failed == 0 {
        Ok(())
    } else {
        Err(Error::Tests(all.failed))
    }
}

/// The two suites that need no test.
pub(crate) fn lint(place: &Place) -> Result<()> {
    test(place, &["fmt".to_owned(), "lint".to_owned()])
}

fn chosen(names: &[String]) -> Result<Vec<(&'static str, Suite)>> {
    let unknown = names
        .iter()
        .find(|name| !ALL.iter().any(|(known, _)| name == known));
    if let Some(name) = unknown {
        return Err(Error::Usage(format!(
            "there is no suite `{name}`; there are fmt, lint, deny, native, browser, size, api, e2e"
        )));
    }
    let wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    Ok(ALL.into_iter().filter(|(name, _)| wanted(name)).collect())
}

/// A suite that could not even be prepared is one failure, said where it happened.
fn count_of(place: &Place, name: &str, suite: Suite) -> Count {
    step(format!("suite {name}"));
    let count = match suite {
        Suite::Fmt => fmt(place),
        Suite::Lint => lint_all(place),
        Suite::Deny => deny::deny(place),
        Suite::Native => native(place),
        Suite::Browser => in_browser(place),
        Suite::Size => small_enough(place),
        Suite::Api => api::api(place),
        Suite::E2e => end_to_end(place),
    };
    count.unwrap_or_else(|error| {
        step(format!("suite {name}: {error}"));
        Count::one(false)
    })
}

fn fmt(place: &Place) -> Result<Count> {
    component(place, "fmt", "rustfmt")?;
    Ok(Count::one(
        run(&mut command(place, "cargo", &["fmt", "--all", "--check"])).is_ok(),
    ))
}

fn lint_all(place: &Place) -> Result<Count> {
    component(place, "clippy", "clippy")?;
    tools::wasm_target(place)?;
    let native = [
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    let web = "clippy --locked --package frontdesk --all-targets --features hydrate,kiosk --target wasm32-unknown-unknown -- -D warnings";
    let web: Vec<_> = web.split(' ').collect();
    let holds = |args: &[&str]| Count::one(run(&mut command(place, "cargo", args)).is_ok());
    Ok(holds(&native).plus(holds(&web)))
}

/// rustfmt and clippy are not part of rustup's minimal profile.
fn component(place: &Place, subcommand: &str, component: &str) -> Result<()> {
    if ask(&mut command(place, "cargo", &[subcommand, "--version"])).is_some() {
        return Ok(());
    }
    step(format!("rustup: adding {component}"));
    run(&mut command(place, "rustup", &["component", "add", component]))
}

fn native(place: &Place) -> Result<Count> {
    let server = Postgres::start(place)?;
    let mut cargo = command(
        place,
        "cargo",
        &["test", "--locked", "--workspace", "--no-fail-fast"],
    );
    libtest(cargo.env(postgres::ADDRESS, server.address()))
}

/// The runner reads the browser's flags and place from a file, and the driver's place from the environment.
fn in_browser(place: &Place) -> Result<Count> {
    tools::wasm_target(place)?;
    tools::wasm_bindgen(place)?;
    let browser = e2e::browser(place)?;
    let mut cargo = command(
        place,
        "cargo",
        &[
            "test",
            "--locked",
            "--package",
            "frontdesk",
            "--features",
            "hydrate",
        ],
    );
    cargo.args([
        "--target",
        "wasm32-unknown-unknown",
        "--test",
        "browser",
        "--no-fail-fast",
    ]);
    cargo.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        place.bin().join("wasm-bindgen-test-runner"),
    );
    cargo
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            webdriver(place, &browser.chromium)?,
        )
        .env("CHROMEDRIVER", browser.driver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    libtest(&mut cargo)
}

/// webdriver.json with the browser that the other suites take, as target/xtask/webdriver.json.
fn webdriver(place: &Place, chromium: &Path) -> Result<PathBuf> {
    let flags =
        std::fs::read_to_string(place.at("webdriver.json")).map_err(Error::io("reading webdriver.json"))?;
    let flags = with_binary(&flags, chromium)
        .ok_or_else(|| Error::Unreadable("webdriver.json has no goog:chromeOptions".to_owned()))?;
    let file = place.notes().join("webdriver.json");
    std::fs::create_dir_all(place.notes()).map_err(Error::io("making target/xtask"))?;
    std::fs::write(&file, flags).map_err(Error::io("writing target/xtask/webdriver.json"))?;
    Ok(file)
}

fn with_binary(flags: &str, chromium: &Path) -> Option<String> {
    let mut flags: Value = serde_json::from_str(flags).ok()?;
    let options = flags.get_mut("goog:chromeOptions")?.as_object_mut()?;
    options.insert("binary".to_owned(), chromium.to_str()?.into());
    Some(flags.to_string())
}

fn libtest(command: &mut Command) -> Result<Count> {
    let (succeeded, output) = tee(command)?;
    Ok(count::libtest(&output).of_runner(succeeded))
}

/// Too large is a failed check; what cannot be measured is said by whoever calls.
fn small_enough(place: &Place) -> Result<Count> {
    match size::size(place) {
        Err(error @ Error::TooLarge { .. }) => {
            step(format!("suite size: {error}"));
            Ok(Count::one(false))
        }
        measured => measured.map(|()| Count::one(true)),
    }
}

/// Counts from the report that Playwright writes, never from one of an earlier run.
fn end_to_end(place: &Place) -> Result<Count> {
    let report = place.at("target/e2e.json");
    let _ = std::fs::remove_file(&report);
    let firefox = e2e::firefox(place)?;
    let mut node = e2e::ready(place, &[e2e::PLAYWRIGHT, "test"])?;
    step("playwright");
    node.env("FIREFOX", firefox).env("FRONTDESK_E2E_REPORT", &report);
    let succeeded = run(&mut node).is_ok();
    let text = std::fs::read_to_string(&report).map_err(Error::io("reading target/e2e.json"))?;
    let count = count::playwright(&text)
        .ok_or_else(|| Error::Unreadable("target/e2e.json is no report of Playwright's".to_owned()))?;
    Ok(count.of_runner(succeeded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_run_in_their_order_whatever_the_command_line_says() {
        let names = ["native".to_owned(), "fmt".to_owned()];
        let chosen = chosen(&names).unwrap();
        assert_eq!(chosen, [("fmt", Suite::Fmt), ("native", Suite::Native)]);
    }

    #[test]
    fn a_suite_that_is_not_there_is_said_to_be_so() {
        let error = chosen(&["nativ".to_owned()]).unwrap_err();
        assert!(error.to_string().contains("nativ"));
    }

    #[test]
    fn the_browser_of_the_other_suites_is_driven() {
        let flags = with_binary(
            r#"{"goog:chromeOptions":{"args":["-x"]}}"#,
            Path::new("/opt/chromium"),
        );
        let wanted = r#"{"goog:chromeOptions":{"args":["-x"],"binary":"/opt/chromium"}}"#;
        assert_eq!(flags.as_deref(), Some(wanted));
    }

    #[test]
    fn without_a_name_all_run() {
        assert_eq!(chosen(&[]).unwrap().len(), ALL.len());
    }
}
