//! What the operator calls a studio: in the file, in the log, and in what is kept of it.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Long enough for a host name's first part, and short enough for every row of a database.
const LONGEST: usize = 40;
const MAIN: &str = "main";

/// A studio's name: `a` to `z`, `0` to `9` and `-`. What is kept of a studio is kept under it, so it is never changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StudioName(Arc<str>);

/// A text that is no studio's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a studio's name has 1 to 40 of a-z, 0-9 and -")]
pub struct NoStudioName;

impl StudioName {
    /// Takes a name.
    ///
    /// # Errors
    /// Empty, too long, or with another character.
    pub fn new(text: &str) -> Result<Self, NoStudioName> {
        text.parse()
    }

    /// The one studio of a process that serves one; whatever was remembered before there could be several is its.
    pub fn main() -> Self {
        Self(MAIN.into())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the one that a proxy of one studio has.
    pub fn is_main(&self) -> bool {
        &*self.0 == MAIN
    }
}

/// `main`: the one studio of a file without `[studios...]`.
impl Default for StudioName {
    fn default() -> Self {
        Self::main()
    }
}

impl FromStr for StudioName {
    type Err = NoStudioName;

    fn from_str(text: &str) -> Result<Self, NoStudioName> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let sound = (1..=LONGEST).contains(&text.len()) && text.bytes().all(plain);
        sound.then(|| Self(text.into())).ok_or(NoStudioName)
    }
}

impl fmt::Display for StudioName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_a_file_a_log_and_a_database_take() {
        for name in ["main", "north", "studio-7", "7"] {
            assert_eq!(name.parse::<StudioName>().unwrap().as_str(), name);
        }
        for odd in [
            "",
            "North",
            "a b",
            "a/b",
            "a.b",
            "münchen",
            "a\n",
            &"a".repeat(41),
        ] {
            assert_eq!(odd.parse::<StudioName>(), Err(NoStudioName), "{odd}");
        }
        assert!(StudioName::default().is_main());
    }
}
