//! Where cargo leaves what it builds, as cargo itself says: a person may have set it in three ways. The project's own notes
//! and tools are not there but in `target/` (see `place.rs`).

use std::path::PathBuf;
use std::sync::OnceLock;

use crate::place::Place;
use crate::run::{ask, command};

/// How something was built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build, quick enough to try.
    Start,
    /// As it is installed.
    Release,
}

impl Profile {
    /// Cargo's name for it, and for its folder.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Release => "release",
        }
    }
}

/// The proxy as `cargo build --profile start` leaves it.
pub(crate) fn proxy(place: &Place) -> PathBuf {
    built(place, Profile::Start, "frontdesk-proxy")
}

/// The example that seals sessions, likewise.
pub(crate) fn mint(place: &Place) -> PathBuf {
    built(place, Profile::Start, "examples/mint_session")
}

/// The proxy as `cargo build --profile dist --target TRIPLE` leaves it.
pub(crate) fn released(place: &Place, triple: &str) -> PathBuf {
    root(place).join(triple).join("dist/frontdesk-proxy")
}

/// Any binary, by the profile it was built with.
pub(crate) fn built(place: &Place, profile: Profile, name: &str) -> PathBuf {
    root(place).join(profile.name()).join(name)
}

fn root(place: &Place) -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| folder(place))
}

fn folder(place: &Place) -> PathBuf {
    let metadata = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
    let said = ask(&mut command(place, "cargo", &metadata));
    said.as_deref()
        .and_then(read)
        .unwrap_or_else(|| place.at("target"))
}

/// `target_directory` of what `cargo metadata` says.
fn read(metadata: &str) -> Option<PathBuf> {
    let metadata: serde_json::Value = serde_json::from_str(metadata).ok()?;
    metadata.get("target_directory")?.as_str().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_word_counts() {
        assert_eq!(
            read(r#"{"target_directory":"/else/where"}"#),
            Some(PathBuf::from("/else/where"))
        );
        assert_eq!(read("error: no"), None);
    }
}
