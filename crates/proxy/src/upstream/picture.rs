//! Pictures of services: not operations, and so no part of any budget.

use bytes::Bytes;

use super::{Said, Upstream, UpstreamError};

/// A picture as it came.
#[derive(Clone)]
pub struct Picture {
    /// Its bytes.
    pub bytes: Bytes,
    /// `image/...`
    pub content_type: String,
}

impl Upstream {
    /// Fetches a picture from wherever the upstream says it is: over https, or from the tenant's own host. The key
    /// goes to the tenant's own host alone.
    ///
    /// # Errors
    /// Not an address we fetch from, no answer, not a picture, too large.
    pub async fn picture(&self, address: &str) -> Result<Picture, UpstreamError> {
        let reply = self.client.picture(address).await?;
        if !(200..300).contains(&reply.status) {
            return Err(UpstreamError::Refused(Said {
                status: reply.status,
                ..Said::default()
            }));
        }
        if !reply.content_type.starts_with("image/") {
            return Err(UpstreamError::Unreadable("not a picture".into()));
        }
        Ok(Picture {
            bytes: reply.body,
            content_type: reply.content_type,
        })
    }
}
