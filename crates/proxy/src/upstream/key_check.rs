//! Whether the upstream is there and takes the key: asked at the start, and whenever an operator wants to know.

use perfectgym::{ListBookableAppointments, Operation as _, SliceSize};

use super::{Priority, Upstream, UpstreamError};

/// What the upstream thinks of the key.
#[derive(Debug, PartialEq, Eq)]
pub enum KeyCheck {
    /// Nothing against it.
    Accepted,
    /// 401.
    Refused,
    /// 403: it lacks a scope, which is named.
    LacksScope(&'static str),
    /// Whatever answers there is no tenant's API, and what it said.
    NoTenant(String),
    /// Could not be asked, and why.
    Unknown(String),
}

impl Upstream {
    /// Asks with a HEAD, which checks the key and does nothing else. Whoever answers that with anything but yes or no
    /// (a server that knows no HEAD, or one that is no tenant's) is asked once for a slice of what can be booked.
    pub async fn check_key(&self) -> KeyCheck {
        match self.client.head(ListBookableAppointments::PATH).await {
            Ok(status) if (200..300).contains(&status) => KeyCheck::Accepted,
            Ok(401) => KeyCheck::Refused,
            Ok(_) => self.check_by_reading().await,
            Err(UpstreamError::NotSent(why) | UpstreamError::NoAnswer(why)) => KeyCheck::Unknown(why),
            Err(error) => KeyCheck::Unknown(error.to_string()),
        }
    }

    async fn check_by_reading(&self) -> KeyCheck {
        let list = ListBookableAppointments {
            offset: None,
            slice_size: Some(SliceSize::LEAST),
        };
        match self.once(Priority::Read, &list, "en", self.limits.read).await {
            Ok(_) => KeyCheck::Accepted,
            Err(UpstreamError::Forbidden(said)) if said.status == 401 => KeyCheck::Refused,
            Err(UpstreamError::Forbidden(_)) => {
                KeyCheck::LacksScope(ListBookableAppointments::SCOPE.as_str())
            }
            Err(error) => match error {
                UpstreamError::NotFound(_) | UpstreamError::Refused(_) | UpstreamError::Unreadable(_) => {
                    KeyCheck::NoTenant(error.to_string())
                }
                _ => KeyCheck::Unknown(error.to_string()),
            },
        }
    }
}
