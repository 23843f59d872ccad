//! How the log is written.

use super::source::{ConfigError, Source, value_error};

/// The form of a log line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogForm {
    /// For people.
    #[default]
    Text,
    /// For machines: one JSON object a line.
    Json,
}

impl LogForm {
    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        match from.text("log") {
            None | Some("text") => Ok(Self::Text),
            Some("json") => Ok(Self::Json),
            Some(other) => Err(value_error("log", other, "write text or json")),
        }
    }
}
