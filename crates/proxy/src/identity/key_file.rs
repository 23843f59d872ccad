//! The key that seals sessions, where the operator set none: made once, and kept in the data folder for its owner alone.
//!
//! Put another line before it to change the key without signing anybody out: the first seals, all open.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::config::{SessionKeys, keys_from_text};

const NAME: &str = "session.key";

/// The key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// Cannot be read or written.
    #[error("the session key {path} cannot be read or written: {cause}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// Holds something else.
    #[error("the session key {0} does not hold 32 bytes in Base64; delete it and everybody signs in anew")]
    Odd(PathBuf),
}

/// Reads the keys of a data folder, or makes one.
///
/// # Errors
/// The file cannot be read or written, or holds something else.
pub fn session_key(data: &Path) -> Result<SessionKeys, KeyFileError> {
    let path = data.join(NAME);
    match std::fs::read_to_string(&path) {
        Ok(text) => keys_from_text(&text).ok_or(KeyFileError::Odd(path)),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => make(&path),
        Err(cause) => Err(KeyFileError::Io { path, cause }),
    }
}

fn make(path: &Path) -> Result<SessionKeys, KeyFileError> {
    let key: [u8; 32] = rand::random();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(path)
        .and_then(|mut file| file.write_all(STANDARD.encode(key).as_bytes()));
    written.map_err(|cause| KeyFileError::Io {
        path: path.into(),
        cause,
    })?;
    Ok(SessionKeys::one(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let key = session_key(folder.path()).unwrap();
        assert!(session_key(folder.path()).unwrap() == key);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(folder.path().join(NAME))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_line_before_the_key_becomes_the_one_that_seals() {
        let folder = tempfile::tempdir().unwrap();
        let old = session_key(folder.path()).unwrap();
        let path = folder.path().join(NAME);
        let text = format!(
            "{}\n{}\n",
            STANDARD.encode([7; 32]),
            std::fs::read_to_string(&path).unwrap()
        );
        std::fs::write(&path, text).unwrap();
        let keys = session_key(folder.path()).unwrap();
        assert!((keys.first, keys.older.as_slice()) == ([7; 32], &[old.first][..]));
    }

    #[test]
    fn a_file_that_holds_no_key_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["hello", "", "\n,\n"] {
            std::fs::write(folder.path().join(NAME), text).unwrap();
            let error = session_key(folder.path()).err().unwrap();
            assert!(error.to_string().contains("delete it"));
        }
    }
}
