//! The built app: a folder, or (feature `embed`) inside this binary.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Where the built app is.
#[derive(Clone, Debug)]
pub(crate) enum Built {
    /// A folder, which may be built anew at any time.
    Folder(PathBuf),
    /// What was in `dist/` when this binary was built.
    #[cfg(feature = "embed")]
    Inside,
}

#[cfg(feature = "embed")]
static INSIDE: include_dir::Dir<'static> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/../../dist");

/// A file that is inside, by its name at the top of `dist/`.
#[cfg(feature = "embed")]
pub(crate) fn inside(name: &str) -> Option<&'static [u8]> {
    INSIDE.get_file(name).map(include_dir::File::contents)
}

impl Built {
    /// A folder's; the empty path is the app inside, where there is one.
    pub(crate) fn at(dist: &Path) -> Self {
        #[cfg(feature = "embed")]
        if dist == Path::new("") {
            return Self::Inside;
        }
        Self::Folder(dist.into())
    }

    /// A file as text.
    pub(crate) fn text(&self, name: &str) -> io::Result<String> {
        match self {
            Self::Folder(folder) => std::fs::read_to_string(folder.join(name)),
            #[cfg(feature = "embed")]
            Self::Inside => {
                let bytes = inside(name).ok_or(io::ErrorKind::NotFound)?;
                String::from_utf8(bytes.to_vec()).map_err(|_| io::ErrorKind::InvalidData.into())
            }
        }
    }

    /// When a file was written; none where that can never change.
    pub(crate) fn modified(&self, name: &str) -> Option<SystemTime> {
        match self {
            Self::Folder(folder) => std::fs::metadata(folder.join(name))
                .and_then(|meta| meta.modified())
                .ok(),
            #[cfg(feature = "embed")]
            Self::Inside => None,
        }
    }

    /// What a person is told of a file.
    pub(crate) fn name(&self, name: &str) -> PathBuf {
        match self {
            Self::Folder(folder) => folder.join(name),
            #[cfg(feature = "embed")]
            Self::Inside => Path::new("(inside this binary)").join(name),
        }
    }
}
