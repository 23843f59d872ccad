//! Trials: drives the REAL binary from outside, as many members would, and holds what they were told against what the
//! studio's database says.
//!
//! * [`faults`]: bookings through a studio that loses answers, fails, resets and is slow, while the proxy is killed.
//! * [`rush`]: a whole studio opens the app within one minute.
//! * [`bench`]: requests a second, beside nginx and node in the same run.
//!
//! The proxy is known by its HTTP alone, as its members know it, and never by import: what is tried is what is installed.
//! The demo studio is imported, to be run as the upstream, to misbehave, and to have its ledger read.

pub mod bench;
pub mod clock;
pub mod faults;
pub mod proxy;
pub mod rush;
pub mod studio;
pub mod visitor;

/// Why a trial could not be held. What it found is no error but its report.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// The system refused a file, a process or a socket.
    #[error("{doing}: {cause}")]
    Io {
        /// What was being done.
        doing: String,
        /// The system's answer.
        cause: std::io::Error,
    },
    /// The proxy did not come up.
    #[error("the proxy did not start: {0}")]
    NotStarted(String),
    /// The demo studio cannot be opened or read.
    #[error("the demo studio: {0}")]
    Studio(String),
    /// A tool is missing, or said something that is not understood.
    #[error("{0}")]
    Tool(String),
}

impl TrialError {
    /// For `map_err`: an I/O error with what was being done.
    pub fn io(doing: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let doing = doing.into();
        move |cause| Self::Io { doing, cause }
    }
}
