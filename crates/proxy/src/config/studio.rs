//! What members are told of the studio.

use booking::StudioContact;
use chrono_tz::Tz;

use super::source::{ConfigError, Source};

/// The studio, as far as the upstream does not say it.
#[derive(Clone, Debug, Default)]
pub struct Studio {
    /// How to reach it.
    pub contact: StudioContact,
    /// Its zone; learnt from the first slot's bracket where none is set.
    pub zone: Option<Tz>,
    /// Whether times are shown to members only.
    pub times_need_sign_in: bool,
}

impl Studio {
    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let text = |name| from.text(name).map(str::to_owned);
        let wants = "write an IANA time zone, such as Europe/Berlin";
        let zone: Option<Tz> = match from.text("zone") {
            Some(_) => Some(from.parsed("zone", wants, Tz::UTC)?),
            None => None,
        };
        let contact = StudioContact {
            name: text("studio_name"),
            phone: text("studio_phone"),
            email: text("studio_email"),
            website: text("studio_website"),
            address: text("studio_address"),
        };
        Ok(Self {
            contact,
            zone,
            times_need_sign_in: from.flag("times_need_sign_in")?,
        })
    }
}
