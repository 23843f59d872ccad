//! The style sheet and the components belong together: what one names, the other knows.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn files(folder: &str, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|is| is == ending) {
                found.push(path);
            }
        }
    }
    Ok(found)
}

fn text(paths: &[PathBuf]) -> io::Result<String> {
    paths.iter().map(fs::read_to_string).collect()
}

/// Class names in `class="..."` and `class:name=`.
fn classes(source: &str) -> Vec<&str> {
    let after = |mark| source.split(mark).skip(1);
    let listed = after(" class=\"")
        .filter_map(|rest| rest.split('"').next())
        .flat_map(str::split_whitespace);
    let switched = after(" class:")
        .filter_map(|rest| rest.split_once('='))
        .map(|(name, _)| name)
        .filter(|name| !name.contains(' '));
    listed.chain(switched).collect()
}

#[test]
fn every_class_in_the_app_is_styled() -> io::Result<()> {
    let source = text(&files("src", "rs")?)?;
    let style = text(&files("style", "css")?)?;
    let known = |class: &str| {
        let rule = format!(".{class}");
        let mut ends = style
            .match_indices(&rule)
            .map(|(at, name)| style.get(at + name.len()..));
        ends.any(|rest| rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-')))
    };
    let unknown: Vec<_> = classes(&source)
        .into_iter()
        .filter(|class| !known(class))
        .collect();
    assert!(classes(&source).len() > 50, "the source is read");
    assert_eq!(unknown, Vec::<&str>::new(), "no rule in style/ for these");
    Ok(())
}

#[test]
fn index_css_names_every_file_and_nothing_else_imports() -> io::Result<()> {
    for path in files("style", "css")? {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let content = fs::read_to_string(&path)?;
        if name == "index.css" {
            let all = content.lines().filter(|line| line.starts_with("@import")).count();
            assert_eq!(
                all,
                files("style", "css")?.len() - 1,
                "each part is imported once"
            );
        } else {
            assert!(
                !content.contains("@import"),
                "{name}: only index.css imports, it is inlined line by line"
            );
        }
    }
    Ok(())
}

#[test]
fn no_style_attribute_as_the_content_security_policy_forbids_it() -> io::Result<()> {
    for path in files("src", "rs")? {
        let source = fs::read_to_string(&path)?;
        let found = source.contains(" style=") || source.contains(" style:");
        assert!(!found, "{}: give it a class in style/ instead", path.display());
    }
    Ok(())
}
