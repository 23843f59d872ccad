//! Whether anything changed since a step was last done. Compares names, sizes and times, not contents: that takes
//! milliseconds, and a false "changed" only costs a build.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::error::{Error, Result};
use crate::place::Place;

/// A note in target/xtask of what a step was made from.
pub(crate) struct Stamp {
    file: PathBuf,
    now: String,
}

impl Stamp {
    /// What a step would be made from now: these files and folders, and how it is made (`mode`).
    pub(crate) fn of(place: &Place, step: &str, mode: &str, sources: &[&str]) -> Self {
        let paths: Vec<_> = sources.iter().map(|source| place.at(source)).collect();
        Self {
            file: place.notes().join(step),
            now: format!("{mode} {:016x}\n", fingerprint(&paths)),
        }
    }

    /// Whether the step was done with exactly this.
    pub(crate) fn is_fresh(&self) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|then| then == self.now)
    }

    /// Remembers that the step is done. What changed meanwhile is not in it, so the next look sees that.
    pub(crate) fn write(&self) -> Result<()> {
        let doing = || Error::io(format!("writing {}", self.file.display()));
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder).map_err(doing())?;
        }
        std::fs::write(&self.file, &self.now).map_err(doing())
    }
}

/// One number for names, sizes and times of all files under these paths, in an order that does not depend on the disk.
fn fingerprint(paths: &[PathBuf]) -> u64 {
    let mut files = Vec::new();
    paths.iter().for_each(|path| collect(path, &mut files));
    files.sort();
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    hasher.finish()
}

type Seen = (PathBuf, u64, Option<SystemTime>);

/// All files under a path; one that is not there is one that is not there, which is seen too.
fn collect(path: &Path, files: &mut Vec<Seen>) {
    if let Ok(entries) = std::fs::read_dir(path) {
        entries.flatten().for_each(|entry| collect(&entry.path(), files));
    } else if let Ok(meta) = path.metadata() {
        files.push((path.to_path_buf(), meta.len(), meta.modified().ok()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("src")).unwrap();
        std::fs::write(folder.join("src/a.rs"), "a").unwrap();
        folder
    }

    #[test]
    fn the_same_files_are_the_same_in_whatever_order_they_are_named() {
        let folder = folder("same");
        let paths = [folder.join("src"), folder.join("Cargo.toml")];
        let turned = [folder.join("Cargo.toml"), folder.join("src")];
        assert_eq!(fingerprint(&paths), fingerprint(&turned));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_more_or_less_or_longer_is_a_change() {
        let folder = folder("change");
        let paths = [folder.join("src")];
        let first = fingerprint(&paths);
        std::fs::write(folder.join("src/b.rs"), "b").unwrap();
        let more = fingerprint(&paths);
        std::fs::write(folder.join("src/b.rs"), "bb").unwrap();
        let longer = fingerprint(&paths);
        std::fs::remove_file(folder.join("src/b.rs")).unwrap();
        assert!(first != more && more != longer);
        assert_eq!(first, fingerprint(&paths));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_step_done_otherwise_is_not_fresh() {
        let folder = folder("mode");
        let stamp = |mode: &str| Stamp {
            file: folder.join("note"),
            now: mode.to_owned(),
        };
        stamp("small").write().unwrap();
        assert!(stamp("small").is_fresh() && !stamp("quick").is_fresh());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
