//! What a person reads while they wait: one line a step, with the seconds since the start. The tools' own progress goes
//! straight to the terminal between the lines.

use std::sync::OnceLock;
use std::time::Instant;

static START: OnceLock<Instant> = OnceLock::new();

/// Starts the clock; the first call counts.
pub(crate) fn begin() {
    START.get_or_init(Instant::now);
}

/// Says one step, on stderr, where cargo's and trunk's progress is too.
pub(crate) fn step(text: impl AsRef<str>) {
    let seconds = START.get_or_init(Instant::now).elapsed().as_secs_f32();
    eprintln!("[{seconds:6.1} s] {}", text.as_ref());
}
