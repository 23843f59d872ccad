//! What can go wrong in a command, each with its cause and, where there is one, the way out. Must not print: `main` does.

use std::{fmt, io};

/// A command's end that was not the wished one.
#[derive(Debug)]
pub(crate) enum Error {
    /// The command line asks for something that is not there.
    Usage(String),
    /// A file or a process could not be had.
    Io {
        /// What was being done, as in "reading style/index.css".
        doing: String,
        /// The system's answer.
        source: io::Error,
    },
    /// A tool ran and said no; its own words are on the screen already.
    Failed {
        /// The command as one would type it.
        command: String,
    },
    /// A tool is not there and cannot be installed from here.
    Missing {
        /// The tool.
        what: &'static str,
        /// How a person gets it.
        how: &'static str,
    },
    /// The stylesheet's list of parts holds a line that cannot be followed.
    Style(String),
    /// Something that a tool left behind does not read as expected.
    Unreadable(String),
    /// Something is larger than is promised.
    TooLarge {
        /// What, with its verb, as in "the binary is".
        what: &'static str,
        /// Its bytes.
        bytes: u64,
        /// How many it may have.
        ceiling: u64,
    },
    /// Tests ran, and these many did not pass.
    Tests(u64),
}

pub(crate) type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// For `map_err`: an I/O error with what was being done.
    pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Io { doing, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) => f.write_str(text),
            Self::Io { doing, source } => write!(f, "{doing}: {source}"),
            Self::Failed { command } => write!(f, "`{command}` failed; its own words are above"),
            Self::Missing { what, how } => {
                write!(f, "{what} is missing and cannot be installed from here: {how}")
            }
            Self::Style(text) => write!(f, "style/index.css: {text}"),
            Self::Unreadable(text) => f.write_str(text),
            Self::TooLarge { what, bytes, ceiling } => {
                let kb = |bytes: &u64| *bytes as f64 / 1000.0;
                write!(f, "{what} {:.1} kB, and may be {:.0} kB", kb(bytes), kb(ceiling))
            }
            Self::Tests(failed) => write!(f, "{failed} failed"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
