//! One parser, as `FRONTDESK_FUZZ_PARSER` names it, fed by libFuzzer.

#![no_main]

#[path = "../targets/mod.rs"]
mod targets;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<&targets::Target> = LazyLock::new(|| {
    let name = std::env::var("FRONTDESK_FUZZ_PARSER").unwrap_or_default();
    let names = targets::ALL.map(|target| target.name);
    targets::find(&name).unwrap_or_else(|| panic!("FRONTDESK_FUZZ_PARSER is none of {names:?}"))
});

fuzz_target!(|bytes: &[u8]| (TARGET.check)(bytes));
