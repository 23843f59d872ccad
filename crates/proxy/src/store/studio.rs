//! Whose rows they are.

use std::fmt;

/// Names a studio within one database: 1 to 40 of `a-z 0-9 -`. The rows of one studio are none of another's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StudioName(Box<str>);

/// A text that is no [`StudioName`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a studio's name is 1 to 40 small letters, digits or hyphens")]
pub struct BadStudioName;

impl StudioName {
    /// Takes a name.
    ///
    /// # Errors
    /// Empty, too long, or with another character.
    pub fn new(text: &str) -> Result<Self, BadStudioName> {
        let fits = (1..=40).contains(&text.len());
        let plain = text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits && plain {
            Ok(Self(text.into()))
        } else {
            Err(BadStudioName)
        }
    }

    /// The one studio of a process that serves one; whatever was remembered before there could be several is its.
    pub fn main() -> Self {
        Self("main".into())
    }

    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StudioName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
