//! What went wrong, as the proxy tells the app: a kind to act on, never a stack of causes.

use std::fmt;

use perfectgym::ValidationStatus;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A call that did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// What to act on.
    pub kind: FailureKind,
    /// Whether trying the same again is sound.
    pub retry: bool,
    /// The member's words, in the language the request asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What the vendor's support asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
    /// The upstream's own localized `errorMessage`; shown under Details only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upstream_message: Option<String>,
    /// Seconds until trying again makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// The verdict, where a booking was refused for a reason that validation names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<ValidationStatus>,
}

impl Failure {
    /// A failure of which nothing but its kind is known.
    pub fn of(kind: FailureKind) -> Self {
        let retry = kind.retry_is_sound();
        Self {
            kind,
            retry,
            message: None,
            trace_id: None,
            upstream_message: None,
            retry_after: None,
            refusal: None,
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        /// What a failure means for whoever has to act on it. Open, as app and proxy may differ in version.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum FailureKind {
            $($(#[$doc])* $variant,)+
            /// A word of another version's.
            Unknown(Box<str>),
        }

        impl FailureKind {
            /// Every kind this version knows.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// Its word on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Unknown(word) => word,
                }
            }
        }

        impl From<&str> for FailureKind {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    other => Self::Unknown(other.into()),
                }
            }
        }
    };
}

kinds! {
    /// The device has no network, or the proxy is out of reach. Only the browser says so.
    Offline = "OFFLINE",
    /// No answer in time, to a read.
    Timeout = "TIMEOUT",
    /// No session, or one that has ended.
    SignedOut = "SIGNED_OUT",
    /// Number and birth date are not those of a member.
    WrongCredentials = "WRONG_CREDENTIALS",
    /// What was shown or typed at a kiosk is nobody's, and no code that pairs one.
    NotRecognised = "NOT_RECOGNISED",
    /// Too many wrong answers; `retryAfter` says when.
    TooManyTries = "TOO_MANY_TRIES",
    /// It does not exist, or is not this member's.
    NotFound = "NOT_FOUND",
    /// The upstream refused a booking or a cancellation.
    Refused = "REFUSED",
    /// Changed by somebody else at the same moment.
    Conflict = "CONFLICT",
    /// The upstream has too much to do.
    Busy = "BUSY",
    /// The upstream failed, or cannot be reached. Nothing was done.
    UpstreamDown = "UPSTREAM_DOWN",
    /// The key is wrong or lacks a scope: the operator's to mend.
    SwitchedOff = "SWITCHED_OFF",
    /// A request that no app of ours sends.
    BadRequest = "BAD_REQUEST",
    /// An answer that nobody here can read.
    Unreadable = "UNREADABLE",
    /// It may or may not have been done, and somebody has to look.
    Uncertain = "UNCERTAIN",
    /// A fault of the proxy's own. Nothing was done.
    Internal = "INTERNAL",
}

impl FailureKind {
    /// Whether the same request may simply be sent again.
    pub fn retry_is_sound(&self) -> bool {
        matches!(
            self,
            Self::Offline | Self::Timeout | Self::Conflict | Self::Busy | Self::UpstreamDown | Self::Internal
        )
    }
}

/// An open set of words: a later version may know more.
#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for FailureKind {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let known: Vec<&str> = Self::KNOWN.iter().map(Self::as_str).collect();
        utoipa::openapi::schema::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some(format!(
                "An open set of words; known are {}.",
                known.join(", ")
            )))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for FailureKind {}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for FailureKind {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for FailureKind {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(from)?.as_str()))
    }
}
