//! Compresses dist/ once, as well as it can be done, so that the proxy only hands out bytes.

use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::{Compression, write::GzEncoder};

use crate::error::{Error, Result};
use crate::say::step;

/// Below this, headers weigh more than what is saved.
const SMALLEST: usize = 600;
/// What is compressed already only grows.
const DONE: [&str; 7] = ["br", "gz", "png", "jpg", "webp", "avif", "woff2"];

/// Writes `.br` and `.gz` beside every file of a folder where they are smaller than the file.
pub(crate) fn folder(dist: &Path) -> Result<()> {
    step("web app: compressing dist/");
    for file in files(dist)? {
        let bytes = std::fs::read(&file).map_err(Error::io(format!("reading {}", file.display())))?;
        if bytes.len() > SMALLEST {
            beside(&file, "br", &brotli(&bytes), bytes.len())?;
            beside(&file, "gz", &gzip(&bytes), bytes.len())?;
        }
    }
    Ok(())
}

/// `NAME.EXT`, unless it would be no smaller than the file itself.
fn beside(file: &Path, extension: &str, bytes: &[u8], whole: usize) -> Result<()> {
    if bytes.len() >= whole {
        return Ok(());
    }
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    std::fs::write(&name, bytes).map_err(Error::io(format!("writing {}", name.display())))
}

/// The files of a folder that are worth a try, in a stable order.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let doing = || Error::io(format!("reading {}", folder.display()));
    for entry in std::fs::read_dir(folder).map_err(doing())? {
        let path = entry.map_err(doing())?.path();
        if path.is_dir() {
            found.append(&mut files(&path)?);
        } else if !path
            .extension()
            .is_some_and(|extension| DONE.iter().any(|done| extension == *done))
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Brotli at its best (11), as a server sends what it compressed beforehand.
pub(crate) fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    // A Vec takes everything, so this cannot fail; if it did, an empty answer would be seen at once.
    if brotli::BrotliCompress(&mut &*bytes, &mut out, &params).is_err() {
        out.clear();
    }
    out
}

/// Gzip at its best (9).
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes);
    written.and_then(|()| encoder.finish()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_was_compressed_reads_back_as_it_was() {
        let text = "a time, a trainer, a room. ".repeat(200);
        let mut unzipped = String::new();
        flate2::read::GzDecoder::new(&*gzip(text.as_bytes()))
            .read_to_string(&mut unzipped)
            .unwrap();
        let mut unbrotlied = Vec::new();
        brotli::BrotliDecompress(&mut &*brotli(text.as_bytes()), &mut unbrotlied).unwrap();
        assert_eq!(unzipped, text);
        assert_eq!(unbrotlied, text.as_bytes());
    }

    #[test]
    fn small_files_and_pictures_are_left_alone() {
        let folder = std::env::temp_dir().join(format!("xtask-compress-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("a.css"), "a{}".repeat(1000)).unwrap();
        std::fs::write(folder.join("b.css"), "b{}").unwrap();
        std::fs::write(folder.join("c.png"), vec![0; 5000]).unwrap();
        super::folder(&folder).unwrap();
        let mut names: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(names, ["a.css", "a.css.br", "a.css.gz", "b.css", "c.png"]);
    }
}
