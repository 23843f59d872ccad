//! What is said of a fault of our own: where it was, and no more than what cannot be somebody's.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;

/// What the standard library's own messages begin with. What follows are values, and those may be a member's: the text
/// that was cut in the middle of a letter, or what an `Err` holds.
const BEGINNINGS: [&str; 12] = [
    "index out of bounds",
    "called `Option::unwrap()` on a `None` value",
    "called `Result::unwrap()` on an `Err` value",
    "called `Result::expect()` on an `Err` value",
    "byte index",
    "start byte index",
    "end byte index",
    "range start index",
    "range end index",
    "slice index starts at",
    "assertion `left == right` failed",
    "attempt to",
];

/// From now on faults are lines of the log, in its form, with the request that met them.
pub(super) fn are_logged() {
    std::panic::set_hook(Box::new(say));
}

fn say(info: &PanicHookInfo<'_>) {
    let at = info.location().map(ToString::to_string).unwrap_or_default();
    let says = safe(info.payload()).unwrap_or("what it says has values in it, and is left out");
    // Names of functions and files; there is one where RUST_BACKTRACE asks for it.
    let trace = Backtrace::capture();
    match trace.status() {
        BacktraceStatus::Captured => tracing::error!(at, says, %trace, "a fault of the proxy's own"),
        _ => tracing::error!(at, says, "a fault of the proxy's own"),
    }
}

/// As much of it as stands in the source text: all where it has no values, and what the standard library's messages
/// begin with.
fn safe(payload: &(dyn Any + Send)) -> Option<&'static str> {
    if let Some(written) = payload.downcast_ref::<&'static str>() {
        return Some(written);
    }
    let formatted = payload.downcast_ref::<String>()?;
    BEGINNINGS
        .into_iter()
        .find(|beginning| formatted.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(panics: impl FnOnce() + std::panic::UnwindSafe) -> Option<&'static str> {
        safe(&*std::panic::catch_unwind(panics).unwrap_err())
    }

    #[test]
    fn a_fault_is_said_by_what_stands_in_the_source_and_by_no_value() {
        let (name, none) = (String::from("Zoë Müller"), Vec::<u8>::new());
        let (whole, cut) = (name.clone(), name.clone());
        assert_eq!(said(|| panic!("it is never so")), Some("it is never so"));
        assert_eq!(said(move || panic!("{whole}")), None);
        let cut = said(move || drop(cut[..3].to_owned())).unwrap();
        assert!(cut.ends_with("byte index"), "{cut}");
        assert_eq!(said(move || assert_eq!(none[7], 0)), Some("index out of bounds"));
        let error: Result<(), String> = std::hint::black_box(Err(name));
        assert_eq!(
            said(move || error.unwrap()),
            Some("called `Result::unwrap()` on an `Err` value")
        );
        assert_eq!(said(|| std::panic::panic_any(7)), None);
    }
}
