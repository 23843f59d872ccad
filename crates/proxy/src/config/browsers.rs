//! What browsers are told to keep to.

use super::Origin;
use super::server::read_origins;
use super::source::{ConfigError, Source, value_error};

const A_YEAR: u64 = 31_536_000;
const TWO_YEARS: u64 = 2 * A_YEAR;

/// Rules for browsers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browsers {
    /// Sites that may show the app in a frame; empty for none.
    pub frame_ancestors: Vec<Origin>,
    /// Seconds for which a browser that came by TLS comes by nothing else. 0 tells those that were told otherwise.
    pub hsts_seconds: u64,
}

impl Browsers {
    /// Whether any site may.
    pub fn may_be_framed(&self) -> bool {
        !self.frame_ancestors.is_empty()
    }

    /// Whether a site may, by its origin.
    pub fn may_be_framed_by(&self, site: &str) -> bool {
        self.frame_ancestors.iter().any(|origin| origin.as_str() == site)
    }

    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let wants = "write whole seconds from 0 to 63072000 (two years)";
        let hsts_seconds = from.parsed("hsts_seconds", wants, A_YEAR)?;
        if hsts_seconds > TWO_YEARS {
            return Err(value_error("hsts_seconds", &hsts_seconds.to_string(), wants));
        }
        Ok(Self {
            frame_ancestors: read_origins(from, "frame_ancestors")?,
            hsts_seconds,
        })
    }
}
