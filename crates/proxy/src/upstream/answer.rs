//! Reading what came back: a status, bytes, and how long to wait before the next call.

use perfectgym::Operation;

use super::client::Reply;
use super::{Said, UpstreamError};

/// The answer of an operation, or what its status means.
pub(super) fn read<O: Operation>(reply: &Reply) -> Result<O::Answer, UpstreamError> {
    let (status, body) = (reply.status, &reply.body);
    if (200..300).contains(&status) {
        return serde_json::from_slice(body).map_err(|error| unreadable(&error));
    }
    // An error body that cannot be read is none; the status alone says enough.
    let said = Said {
        status,
        retry_after: reply.retry_after,
        body: serde_json::from_slice(body).unwrap_or_default(),
    };
    Err(match status {
        401 | 403 => UpstreamError::Forbidden(said),
        404 => UpstreamError::NotFound(said),
        409 => UpstreamError::Conflict(said),
        429 => UpstreamError::TooMany(said),
        400..=499 => UpstreamError::Refused(said),
        500..=599 => UpstreamError::Failed(said),
        _ => UpstreamError::Unreadable(format!("status {status}")),
    })
}

/// Where, not what: serde's own message quotes values, which can be a member's.
fn unreadable(error: &serde_json::Error) -> UpstreamError {
    let kind = error.classify();
    UpstreamError::Unreadable(format!(
        "{kind:?} at line {} column {}",
        error.line(),
        error.column()
    ))
}
