//! Makes a session cookie for a customer id: for tests against an upstream that knows no customers.
//!
//! `FRONTDESK_SESSION_KEY=... cargo run -p frontdesk-proxy --example mint_session -- 203 Ada`

use std::process::ExitCode;

use chrono::TimeDelta;
use frontdesk_proxy::clock::Clock;
use frontdesk_proxy::config::keys_from_text;
use frontdesk_proxy::identity::{Seal, SessionToken};

fn main() -> ExitCode {
    let Some(cookie) = cookie() else {
        eprintln!(
            "set FRONTDESK_SESSION_KEY to 32 bytes in Base64, and give a customer id and, if you like, a first name"
        );
        return ExitCode::FAILURE;
    };
    println!("frontdesk={cookie}");
    ExitCode::SUCCESS
}

fn cookie() -> Option<String> {
    let keys = keys_from_text(&std::env::var("FRONTDESK_SESSION_KEY").ok()?)?;
    let mut args = std::env::args().skip(1);
    let customer = args.next()?.parse().ok()?;
    let session = SessionToken::start(
        customer,
        args.next().as_deref(),
        Clock::system().now(),
        TimeDelta::hours(12),
    );
    Seal::new(&keys.first).seal(&session)
}
