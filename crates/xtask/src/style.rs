//! One stylesheet out of many: style/index.css names the layers and the parts, the page links one file. Knows as much of CSS
//! as it needs to leave out comments, and no more.

use std::path::Path;

use crate::error::{Error, Result};
use crate::place::Place;

/// Writes target/style/frontdesk.css, and the one for kiosks, which has what only they show besides.
pub(crate) fn write(place: &Place) -> Result<()> {
    let css = inline(&place.at("style"))?;
    let kiosk = inline(&place.at("style/kiosk"))?;
    put(place, "target/style/frontdesk.css", &css)?;
    put(place, "target/style/frontdesk-kiosk.css", &(css + &kiosk))
}

/// Left alone when it would not change, so that its time tells something.
fn put(place: &Place, name: &str, css: &str) -> Result<()> {
    let file = place.at(name);
    if std::fs::read_to_string(&file).is_ok_and(|old| old == css) {
        return Ok(());
    }
    std::fs::create_dir_all(place.at("target/style")).map_err(Error::io("making target/style"))?;
    std::fs::write(&file, css).map_err(Error::io(format!("writing {name}")))
}

/// index.css of this folder with each `@import` replaced by the part it names.
fn inline(folder: &Path) -> Result<String> {
    let index = lean(&read(&folder.join("index.css"))?);
    let mut css = String::new();
    for line in index.lines() {
        match line.strip_prefix("@import") {
            Some(rest) => css.push_str(&part(folder, rest)?),
            None => css.push_str(line),
        }
        css.push('\n');
    }
    Ok(css)
}

/// The rules that one `"file.css" layer(name);` stands for.
fn part(folder: &Path, import: &str) -> Result<String> {
    let (file, layer) =
        parse(import).ok_or_else(|| Error::Style(format!("cannot follow `@import{import}`")))?;
    let css = lean(&read(&folder.join(file))?);
    if css.contains("@import") {
        return Err(Error::Style(format!(
            "{file} imports another file; only index.css may"
        )));
    }
    Ok(match layer {
        Some(layer) => format!("@layer {layer} {{\n{css}\n}}"),
        None => css,
    })
}

/// `"file.css" layer(name);` as (file, layer); the layer may be left out.
fn parse(import: &str) -> Option<(&str, Option<&str>)> {
    let rest = import.trim().strip_suffix(';')?.strip_prefix('"')?;
    let (file, rest) = rest.split_once('"')?;
    match rest.trim() {
        "" => Some((file, None)),
        layer => Some((file, Some(layer.strip_prefix("layer(")?.strip_suffix(')')?))),
    }
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).map_err(Error::io(format!("reading {}", file.display())))
}

/// Without comments, indentation and empty lines: the reasons are for us, not for a phone.
fn lean(css: &str) -> String {
    let bare = without_comments(css);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Comments taken out; what looks like one inside quotes stays.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut quote = None;
    let mut chars = css.chars().peekable();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (None, '/') if chars.peek() == Some(&'*') => skip_comment(&mut chars),
            (_, '\\') => out.extend([Some(char), chars.next()].into_iter().flatten()),
            (None, '"' | '\'') => (quote = Some(char), out.push(char)).1,
            (Some(open), _) if open == char => (quote = None, out.push(char)).1,
            _ => out.push(char),
        }
    }
    out
}

/// From the star of an opening `/*` to behind the closing `*/`.
fn skip_comment(chars: &mut impl Iterator<Item = char>) {
    let mut before = '\0';
    chars.next();
    for char in chars {
        if before == '*' && char == '/' {
            return;
        }
        before = char;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_lands_in_its_layer_and_the_order_stays() {
        let folder = std::env::temp_dir().join(format!("xtask-style-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join("index.css"),
            "/* why */\n@layer a, b;\n@import \"a.css\" layer(a);\n@import \"b.css\";\n",
        )
        .unwrap();
        std::fs::write(folder.join("a.css"), ":root {\n  --x: 1px; /* note */\n}\n").unwrap();
        std::fs::write(folder.join("b.css"), "b { c: d }\n").unwrap();
        let css = inline(&folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            css,
            "@layer a, b;\n@layer a {\n:root {\n--x: 1px;\n}\n}\nb { c: d }\n"
        );
    }

    #[test]
    fn an_import_that_cannot_be_followed_is_refused() {
        assert_eq!(parse(" url(a.css);"), None);
        assert_eq!(parse(" \"a.css\" screen;"), None);
        assert_eq!(parse(" \"a.css\" layer(x);"), Some(("a.css", Some("x"))));
    }

    #[test]
    fn quotes_keep_what_looks_like_a_comment() {
        assert_eq!(
            without_comments(r#"a { content: "/* \" no */" } /* yes */ b {}"#),
            r#"a { content: "/* \" no */" }  b {}"#
        );
        assert_eq!(without_comments("a /*/ still */ b"), "a  b");
        assert_eq!(without_comments("url(a/b) /** c **/"), "url(a/b) ");
    }
}
