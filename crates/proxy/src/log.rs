//! Where log lines go: stderr, as text or as JSON. `RUST_LOG` chooses what; `info` if it says nothing.

use tracing_subscriber::EnvFilter;

use crate::config::LogForm;

/// Starts logging for this process. A second call changes nothing.
pub fn start(form: LogForm) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    let _ = match form {
        LogForm::Text => lines.compact().try_init(),
        LogForm::Json => lines.json().flatten_event(true).try_init(),
    };
}
