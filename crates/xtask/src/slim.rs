//! Takes comments and indentation out of wasm-bindgen's glue: an eighth of what it weighs compressed. Trunk's own minifier
//! fails on it. Nothing else is changed, so that a stack trace can still be read.

use std::path::Path;

use crate::error::{Error, Result};

/// Every script at the top of a folder.
pub(crate) fn scripts(dist: &Path) -> Result<()> {
    let doing = || Error::io(format!("slimming {}", dist.display()));
    for entry in std::fs::read_dir(dist).map_err(doing())? {
        let path = entry.map_err(doing())?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let text = std::fs::read_to_string(&path).map_err(doing())?;
            std::fs::write(&path, slim(&text)).map_err(doing())?;
        }
    }
    Ok(())
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
    use super::slim;

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let text = "/* one */\n/**\n * two\n */\nfunction f() {\n    // three\n    return `a // b`;\n}\n";
        assert_eq!(slim(text), "function f() {\nreturn `a // b`;\n}\n");
    }

    #[test]
    fn a_script_with_a_text_over_several_lines_is_left_alone() {
        let text = "let a = `one\n    two`;\n";
        assert_eq!(slim(text), text);
    }
}
