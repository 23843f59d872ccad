//! What a browser carries for us.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk_proxy::identity::{Purpose, Seal, SessionToken};
use perfectgym::CustomerId;

use super::text;

static SEAL: LazyLock<Seal> = LazyLock::new(|| Seal::with_older(&[7; 32], &[[6; 32]]));
static SEALED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let seal = |first: &str| SEAL.seal(&session(first)).unwrap();
    ["Ada", "", "Ada Ada Ada Ada Ada Ada", "Zoë", "😀"]
        .map(seal)
        .to_vec()
});

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn session(first: &str) -> SessionToken {
    SessionToken::start(CustomerId(7), Some(first), now(), TimeDelta::hours(1))
}

/// Sound ones, one of a key that is not ours, and one for another purpose.
pub(super) fn made() -> Vec<Vec<u8>> {
    let elsewhere = Seal::new(&[8; 32]).seal(&session("Ada"));
    let other = SEAL.seal_for(Purpose::Step, &session("Ada"));
    let all = SEALED.iter().cloned().chain(elsewhere).chain(other);
    all.map(String::into_bytes).collect()
}

/// Nothing opens that was not sealed here, and what was sealed for one purpose opens for no other.
pub(super) fn cookie(bytes: &[u8]) {
    let value = text(bytes);
    let ours = SEALED.iter().any(|sealed| sealed == value);
    let opened = SEAL.open(value, now());
    assert_eq!(opened.is_some(), ours, "{value}");
    assert!(opened.is_none_or(|session| session.customer() == CustomerId(7)));
    for purpose in [Purpose::Bearer, Purpose::Device, Purpose::Code] {
        let opened: Option<serde_json::Value> = SEAL.open_for(purpose, value);
        assert!(opened.is_none(), "{value}");
    }
}
