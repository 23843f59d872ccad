//! Takes out of what wasm-bindgen made what no browser needs, and leaves the rest as it is, so that a stack trace can still
//! be read: comments and indentation of the glue (an eighth of what it weighs compressed; trunk's own minifier fails on
//! it), and the hashes in the names by which glue and wasm call each other (158 times 16 random digits in either file, which
//! nothing can compress: 2.8 kB of 149.6).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Every script at the top of a folder, and the wasm that belongs to it.
pub(crate) fn scripts(dist: &Path) -> Result<()> {
    let doing = || Error::io(format!("slimming {}", dist.display()));
    for entry in std::fs::read_dir(dist).map_err(doing())? {
        let path = entry.map_err(doing())?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            script(&path)?;
        }
    }
    Ok(())
}

fn script(path: &Path) -> Result<()> {
    let doing = || Error::io(format!("slimming {}", path.display()));
    let mut text = std::fs::read_to_string(path).map_err(doing())?;
    let wasm = wasm_of(path);
    if wasm.is_file() {
        let mut code = std::fs::read(&wasm).map_err(doing())?;
        for (hash, number) in hashes(&text) {
            text = text.replace(&hash, &number);
            replace(&mut code, hash.as_bytes(), number.as_bytes());
        }
        std::fs::write(&wasm, code).map_err(doing())?;
    }
    std::fs::write(path, slim(&text)).map_err(doing())
}

/// `frontdesk-1f2e.js` loads `frontdesk-1f2e_bg.wasm`.
fn wasm_of(script: &Path) -> PathBuf {
    let stem = script.file_stem().unwrap_or_default().to_string_lossy();
    script.with_file_name(format!("{stem}_bg.wasm"))
}

/// Digits of a hash at the end of a name: `__wbg_add_5cffc0b9fd2f2b0e`, `__wbindgen_closure__h5cffc0b9fd2f2b0e`.
const HASH: usize = 16;

/// What stands for each hash: as long, so that nothing moves in the wasm, and a number that tells names that begin alike
/// apart.
fn hashes(script: &str) -> BTreeMap<String, String> {
    let mut alike: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for name in script.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
        let Some((start, hash)) = hashed(name).filter(|(_, hash)| !found.contains_key(*hash)) else {
            continue;
        };
        let number = alike.entry(start).or_default();
        found.insert(hash.to_owned(), format!("{number:0HASH$}"));
        *number += 1;
    }
    found
}

/// A name that ends in a hash, and the hash.
fn hashed(name: &str) -> Option<(&str, &str)> {
    let (start, hash) = name.split_at_checked(name.len().checked_sub(HASH)?)?;
    let is_hash = hash
        .bytes()
        .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let is_name = start.ends_with('_') || start.ends_with("_h");
    (is_hash && is_name).then_some((start, hash))
}

/// Puts one text in the place of another of the same length.
fn replace(bytes: &mut [u8], old: &[u8], new: &[u8]) {
    let mut at = 0;
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| rest.windows(old.len()).position(|window| window == old))
    {
        at += found;
        if let Some(place) = bytes.get_mut(at..at + old.len()) {
            place.copy_from_slice(new);
        }
        at += old.len();
    }
}

/// A text that goes on over several lines would lose its indentation: a script that may have one is left as it is.
fn slim(text: &str) -> String {
    let goes_on = |line: &str| line.matches('`').count() % 2 == 1;
    if text.lines().any(goes_on) {
        return text.to_owned();
    }
    let mut inside = false;
    let mut kept = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        let comment = inside || line.starts_with("/*");
        inside = comment && !line.ends_with("*/");
        if !(comment || line.is_empty() || line.starts_with("//")) {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{hashes, replace, slim};

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let text = "/* one */\n/**\n * two\n */\nfunction f() {\n    // three\n    return `a // b`;\n}\n";
        assert_eq!(slim(text), "function f() {\nreturn `a // b`;\n}\n");
    }

    #[test]
    fn names_lose_their_hash_in_script_and_wasm_alike_and_stay_apart() {
        let (a, b, c) = ("0123456789abcdef", "fedcba9876543210", "00000000deadbeef");
        let script = format!("__wbg_set_{a}: f, __wbg_set_{b}: g, x__h{c}: h, __wbg_set_{a}, hue_0123");
        let found = hashes(&script);
        let numbers: Vec<&str> = [a, b, c].iter().map(|hash| found[*hash].as_str()).collect();
        assert_eq!(
            numbers,
            ["0000000000000000", "0000000000000001", "0000000000000000"]
        );
        assert_eq!(found.len(), 3);

        let mut wasm = format!("\0__wbg_set_{b}\x01__wbg_set_{b}\x02").into_bytes();
        let long = wasm.len();
        replace(&mut wasm, b.as_bytes(), found[b].as_bytes());
        let renamed = "\0__wbg_set_0000000000000001\x01__wbg_set_0000000000000001\x02";
        assert_eq!((wasm.len(), wasm.as_slice()), (long, renamed.as_bytes()));
    }

    #[test]
    fn a_script_with_a_text_over_several_lines_is_left_alone() {
        let text = "let a = `one\n    two`;\n";
        assert_eq!(slim(text), text);
    }
}
