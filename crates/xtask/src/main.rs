//! The project's commands, `cargo xtask NAME`. Knows how things are built, run and tested, and nothing of what they do: it
//! imports none of the other crates.

mod api;
mod compress;
mod count;
mod debian;
mod deny;
mod e2e;
mod error;
mod kiosk;
mod node;
mod place;
mod postgres;
mod release;
mod run;
mod say;
mod server;
mod size;
mod slim;
mod stamp;
mod start;
mod style;
mod target;
mod test;
mod tools;
mod trials;
mod web;

use std::process::ExitCode;

use error::{Error, Result};
use place::Place;

const USAGE: &str = "\
cargo xtask start [-- ARGS]   build what is missing and run the app on http://127.0.0.1:8080; ARGS go to the proxy
cargo xtask watch [-- ARGS]   the same, built and started anew after every change
cargo xtask test [SUITE...]   fmt, lint, deny, native, browser, size, api, e2e; all of them without a name
cargo xtask lint              fmt and lint
cargo xtask size              what a first visit loads: raw, gzip, brotli; fails where it is too much
cargo xtask faults [-- ARGS]  bookings while answers are lost and the proxy is killed; fails unless members were told the truth
cargo xtask rush [-- ARGS]    ten thousand members within a minute; fails unless the upstream's limit is kept
cargo xtask bench [-- ARGS]   requests a second, beside nginx and node (needs nginx and wrk)
cargo xtask release           the binary that a studio installs: static, with the app inside, in target/dist
cargo xtask shots             screenshots of every state of every screen, three widths, light and dark, into target/shots
cargo xtask speed             how soon the app is there in a gym's page, and a kiosk's day: figures (half an hour)
cargo xtask style             style/ as one stylesheet in target/style (trunk calls this)";

fn main() -> ExitCode {
    say::begin();
    let args: Vec<String> = std::env::args().skip(1).collect();
    match obey(&Place::new(), &args) {
        Ok(()) => ExitCode::SUCCESS,
        // The count is on stdout already, as the last line that a reader of logs looks for.
        Err(Error::Tests(_)) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn obey(place: &Place, args: &[String]) -> Result<()> {
    let (name, rest) = args.split_first().ok_or_else(|| Error::Usage(USAGE.to_owned()))?;
    match name.as_str() {
        "start" => start::start(place, behind_dashes(rest)),
        "watch" => start::watch(place, behind_dashes(rest)),
        "test" => test::test(place, rest),
        "lint" => test::lint(place),
        "size" => size::size(place),
        "release" => release::release(place).map(drop),
        "shots" => e2e::shots(place),
        "speed" => e2e::speed(place),
        "faults" => trials::faults(place, behind_dashes(rest)),
        "rush" => trials::rush(place, behind_dashes(rest)),
        "bench" => trials::bench(place, behind_dashes(rest)),
        "style" => style::write(place),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Error::Usage(USAGE.to_owned())),
    }
}

/// What the proxy is to be told, with or without the customary `--` before it.
fn behind_dashes(args: &[String]) -> &[String] {
    match args.split_first() {
        Some((first, rest)) if first == "--" => rest,
        _ => args,
    }
}
