//! Where log lines go: stderr, as text or as JSON. `RUST_LOG` chooses what; `info` if it says nothing.
//!
//! Never more than `debug`, whatever it says: at `trace` the HTTP libraries write what they send, which is the key and
//! members' data.

mod fault;
mod one_line;

use one_line::OneLine;
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt, registry};

use crate::config::LogForm;

/// Starts logging for this process, what panics say too. A second call changes nothing.
pub fn start(form: LogForm) {
    let chosen = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    if lines(form, chosen, std::io::stderr).try_init().is_ok() {
        fault::are_logged();
    }
}

/// The lines that `chosen` asks for, and that may be written.
pub fn lines<W>(form: LogForm, chosen: EnvFilter, to: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = fmt::layer().with_writer(OneLine(to)).with_target(false);
    // Colours are for a person; in a file they are what a forged line would be made of.
    let lines = lines.with_ansi(false);
    let lines = match form {
        LogForm::Text => lines.compact().boxed(),
        LogForm::Json => lines.json().flatten_event(true).boxed(),
    };
    registry().with(chosen).with(LevelFilter::DEBUG).with(lines)
}
