//! The upstream's error body. Its fields are from upstream-facts; the 1.12.1 text describes none, so none is required.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use crate::Readable;

/// What the upstream says when it refuses or fails.
///
/// ```
/// let body: perfectgym::ErrorBody = serde_json::from_str(r#"{"errorMessage":"Nicht gefunden","traceId":"a1"}"#)?;
/// assert_eq!(body.trace_id.as_deref(), Some("a1"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ErrorBody {
    /// In the language that Accept-Language asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// A word for machines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// What the vendor's support asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
    /// Where to read more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What the message speaks of, as text.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "readable")]
    pub args: Vec<String>,
    /// What the message speaks of, with types.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "readable")]
    pub typed_args: Vec<TypedArg>,
}

/// What the message speaks of is an extra: where it is `null` or odd, the message itself is still worth having.
fn readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Vec<T>, D::Error> {
    let list = Option::<Readable<T>>::deserialize(from)?;
    Ok(list.unwrap_or_default().items)
}

/// One of [`ErrorBody::typed_args`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedArg {
    /// The value, as text.
    pub value: String,
    /// Its type.
    pub r#type: String,
}
