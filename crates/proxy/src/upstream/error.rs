//! What can come of a call that did not do what it should, told apart by what can have happened.

use std::time::Duration;

use perfectgym::ErrorBody;

/// A refusal or failure that the upstream itself spoke.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The HTTP status.
    pub status: u16,
    /// How many seconds it asked for before the next call.
    pub retry_after: Option<u32>,
    /// The error body, as far as there was one.
    pub body: ErrorBody,
}

/// Why no client could be made of the configuration.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The key holds something that no header can.
    #[error("the key cannot be sent in a header")]
    Key,
    /// No TLS roots on this machine, or the like.
    #[error("no HTTPS client can be made: {0}")]
    Client(String),
}

/// Why there is no answer to work with. Its texts hold no address, key or name.
#[derive(Clone, Debug, thiserror::Error)]
pub enum UpstreamError {
    /// No connection: nothing can have happened.
    #[error("not sent: {0}")]
    NotSent(String),
    /// Held back, so that the tenant's limit is not reached.
    #[error("not sent: the budget of this minute is used up")]
    OverBudget {
        /// When there is some again for whoever asks now.
        retry_after: Duration,
    },
    /// Held back, because the calls before it failed.
    #[error("not sent: the upstream fails, and is left alone for a while")]
    LeftAlone {
        /// When it is tried again.
        retry_after: Duration,
    },
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
            Self::NotSent(_) | Self::NoAnswer(_) | Self::Unreadable(_) => None,
            Self::OverBudget { .. } | Self::LeftAlone { .. } => None,
        }
    }

    /// One word for it, for figures.
    pub(crate) fn label(&self) -> &'static str {
        match self {
            Self::NotSent(_) => "not_sent",
            Self::OverBudget { .. } => "over_budget",
            Self::LeftAlone { .. } => "left_alone",
            Self::NoAnswer(_) => "no_answer",
            Self::Forbidden(_) => "forbidden",
            Self::NotFound(_) => "not_found",
            Self::Conflict(_) => "conflict",
            Self::TooMany(_) => "too_many",
            Self::Refused(_) => "refused",
            Self::Failed(_) => "failed",
            Self::Unreadable(_) => "unreadable",
        }
    }

    /// Whether it is certain that a write was not done.
    pub fn did_nothing(&self) -> bool {
        match self {
            // 408: the upstream gave up waiting, and does not say at which point.
            Self::Refused(said) => said.status != 408,
            Self::OverBudget { .. } | Self::LeftAlone { .. } => true,
            Self::NotSent(_) | Self::Forbidden(_) | Self::NotFound(_) => true,
            Self::Conflict(_) | Self::TooMany(_) => true,
            Self::NoAnswer(_) | Self::Failed(_) | Self::Unreadable(_) => false,
        }
    }

    /// How long to wait before asking again, where somebody knows.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::OverBudget { retry_after } | Self::LeftAlone { retry_after } => Some(*retry_after),
            other => {
                let seconds = other.said()?.retry_after?;
                Some(Duration::from_secs(seconds.into()))
            }
        }
    }

    /// Whether an answer from before may stand in for this: not where the upstream said no, for its no is the answer.
    pub(crate) fn leaves_the_last_answer(&self) -> bool {
        match self {
            Self::Forbidden(_) | Self::NotFound(_) | Self::Refused(_) => false,
            Self::NotSent(_) | Self::OverBudget { .. } | Self::LeftAlone { .. } | Self::NoAnswer(_) => true,
            Self::Conflict(_) | Self::TooMany(_) | Self::Failed(_) | Self::Unreadable(_) => true,
        }
    }

    /// The same without the upstream's words, for whoever speaks another language.
    pub(crate) fn without_words(&self) -> Self {
        let mut quiet = self.clone();
        if let Self::Forbidden(said)
        | Self::NotFound(said)
        | Self::Conflict(said)
        | Self::TooMany(said)
        | Self::Refused(said)
        | Self::Failed(said) = &mut quiet
        {
            said.body.error_message = None;
        }
        quiet
    }

    /// Whether it is about what was asked for, and not about whether now is the time or this the key.
    pub fn is_verdict(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::NotFound(_) | Self::Conflict(_))
    }

    /// Whether it says that the upstream is not well: no answer, or a failure of its own. Anything else is an answer.
    pub(super) fn is_failing(&self) -> bool {
        matches!(self, Self::NotSent(_) | Self::NoAnswer(_) | Self::Failed(_))
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
