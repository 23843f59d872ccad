//! Where things lie. Every path that a command needs is named here, and nothing here looks whether it exists.

use std::path::{Path, PathBuf};

/// The project's folders, from its root.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    root: PathBuf,
}

impl Place {
    /// The project that this command was compiled from.
    pub(crate) fn new() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.ancestors().nth(2).unwrap_or(here);
        Self {
            root: root.to_path_buf(),
        }
    }

    /// A path given from the project's root.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Tools of this project alone; nothing is put into the user's home.
    pub(crate) fn tools(&self) -> PathBuf {
        self.at("target/tools")
    }

    /// Where the tools' binaries are; first on every command's PATH.
    pub(crate) fn bin(&self) -> PathBuf {
        self.at("target/tools/bin")
    }

    /// The built web app.
    pub(crate) fn dist(&self) -> PathBuf {
        self.at("dist")
    }

    /// What these commands remember between two runs.
    pub(crate) fn notes(&self) -> PathBuf {
        self.at("target/xtask")
    }

    /// The browser suites' own project.
    pub(crate) fn e2e(&self) -> PathBuf {
        self.at("tests/e2e")
    }
}
