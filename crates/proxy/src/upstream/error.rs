//! What can come of a call that did not do what it should, told apart by what can have happened.

use perfectgym::ErrorBody;

/// A refusal or failure that the upstream itself spoke.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The HTTP status.
    pub status: u16,
    /// The error body, as far as there was one.
    pub body: ErrorBody,
}

/// Why there is no answer to work with. Its texts hold no address, key or name.
#[derive(Clone, Debug, thiserror::Error)]
pub enum UpstreamError {
    /// No connection: nothing can have happened.
    #[error("not sent: {0}")]
    NotSent(String),
    /// Held back, so that the tenant's limit is not reached.
    #[error("not sent: the budget of this minute is used up")]
    OverBudget,
    /// Sent, and no whole answer came: anything can have happened.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// 401 or 403: the key is wrong or lacks a scope.
    #[error("key refused with {}", .0.status)]
    Forbidden(Said),
    /// 404.
    #[error("not found")]
    NotFound(Said),
    /// 409: changed by another at the same moment.
    #[error("conflict")]
    Conflict(Said),
    /// 429.
    #[error("too many requests")]
    TooMany(Said),
    /// Any other 4xx.
    #[error("refused with {}", .0.status)]
    Refused(Said),
    /// 5xx. Whether a write was done is not known.
    #[error("failed with {}", .0.status)]
    Failed(Said),
    /// An answer that is not what the contract says.
    #[error("unreadable: {0}")]
    Unreadable(String),
}

impl UpstreamError {
    /// What the upstream itself said.
    pub fn said(&self) -> Option<&Said> {
        match self {
            Self::Forbidden(said)
            | Self::NotFound(said)
            | Self::Conflict(said)
            | Self::TooMany(said)
            | Self::Refused(said)
            | Self::Failed(said) => Some(said),
            Self::NotSent(_) | Self::OverBudget | Self::NoAnswer(_) | Self::Unreadable(_) => None,
        }
    }

    /// Whether it is certain that a write was not done.
    pub fn did_nothing(&self) -> bool {
        match self {
            // 408: the upstream gave up waiting, and does not say at which point.
            Self::Refused(said) => said.status != 408,
            Self::NotSent(_) | Self::OverBudget | Self::Forbidden(_) | Self::NotFound(_) => true,
            Self::Conflict(_) | Self::TooMany(_) => true,
            Self::NoAnswer(_) | Self::Failed(_) | Self::Unreadable(_) => false,
        }
    }

    /// Whether it is about what was asked for, and not about whether now is the time or this the key.
    pub fn is_verdict(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::NotFound(_) | Self::Conflict(_))
    }

    /// Whether a read may succeed when it is sent again at once.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::NotSent(_) => true,
            Self::Failed(said) => said.status == 503,
            _ => false,
        }
    }
}
