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

/// Less the lines that are comments.
fn code(path: &Path) -> io::Result<String> {
    let text = fs::read_to_string(path)?;
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    Ok(lines.flat_map(|line| [line, "\n"]).collect())
}

/// The class names of one file, in each of the ways in which ours write them.
fn classes(code: &str) -> Vec<&str> {
    let in_view = after(code, " class=").filter_map(literal);
    let built = after(code, ".class(")
        .chain(after(code, ".class_if("))
        .filter_map(literal);
    let switched = after(code, " class:")
        .filter_map(|rest| rest.split_once('='))
        .map(|(name, _)| name)
        .filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '-'));
    let helped = helpers(code)
        .into_iter()
        .flat_map(|(name, nth)| given(code, name, nth));
    in_view
        .chain(built)
        .chain(switched)
        .chain(helped)
        .flat_map(str::split_whitespace)
        .collect()
}

fn after<'a>(code: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    code.split(mark).skip(1)
}

/// The string that begins here.
fn literal(rest: &str) -> Option<&str> {
    rest.trim_start().strip_prefix('"')?.split('"').next()
}

/// Functions and closures that take a parameter called `class`, and which one it is.
fn helpers(code: &str) -> Vec<(&str, usize)> {
    let functions = after(code, "fn ").filter_map(|rest| Some((rest, rest.split_once('(')?)));
    let functions = functions.map(|(_, (name, rest))| (name, arguments(rest)));
    let closures = after(code, "let ").filter_map(|rest| rest.split_once(" = |"));
    let closures = closures.map(|(name, rest)| {
        (
            name,
            rest.split('|').next().unwrap_or_default().split(',').collect(),
        )
    });
    let class = |one: &&str| one.split(':').next().is_some_and(|name| name.trim() == "class");
    functions
        .chain(closures)
        .filter_map(|(name, parameters): (_, Vec<_>)| Some((name, parameters.iter().position(class)?)))
        .filter(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .collect()
}

/// What the calls of `name` give for their nth argument, where that is a string.
fn given<'a>(code: &'a str, name: &str, nth: usize) -> Vec<&'a str> {
    let call = format!("{name}(");
    let calls = code.match_indices(&call).filter_map(|(at, _)| {
        let before = code.get(..at)?.chars().next_back();
        let whole = !before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        whole.then(|| code.get(at + call.len()..)).flatten()
    });
    calls
        .filter_map(|rest| literal(arguments(rest).get(nth)?))
        .collect()
}

/// What stands between here and the closing bracket, split at its commas.
fn arguments(rest: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth, mut quoted) = (Vec::new(), 0, 0, false);
    for (at, char) in rest.char_indices() {
        match char {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ')' | ']' | '}' => {
                found.extend(rest.get(start..at));
                return found;
            }
            ',' if depth == 0 => {
                found.extend(rest.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// Classes that this test could not read: neither a string nor the parameter of a helper.
fn unread(code: &str) -> Vec<&str> {
    let built = after(code, ".class(").chain(after(code, ".class_if("));
    let first = built.filter_map(|rest| arguments(rest).first().copied());
    first
        .map(str::trim)
        .filter(|one| !one.starts_with('"') && *one != "class")
        .collect()
}

/// Whether a rule names it.
fn is_styled(style: &str, class: &str) -> bool {
    let rule = format!(".{class}");
    let mut ends = style
        .match_indices(&rule)
        .map(|(at, name)| style.get(at + name.len()..));
    ends.any(|rest| rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-')))
}

#[test]
fn every_way_to_write_a_class_is_read() {
    let code = r#"
        view! { <div class="a b" class:c=move || open.get()> }
        el("p").class("d e").class_if("f", on)
        fn bone(class: &'static str) -> Element { el("div").class(class) }
        fn line(text: Signal<String>, class: &'static str) -> Html {}
        bone("g"); line(text, "h"); my_bone("no");
        let part = |class, read: fn(&Day) -> &str| el("i").class(class);
        part("i", |day| Some((&day.number, "no")))
    "#;
    assert_eq!(classes(code), ["a", "b", "d", "e", "f", "c", "g", "h", "i"]);
    assert_eq!(unread(code), Vec::<&str>::new());
    assert_eq!(unread("el(x).class(match y { _ => z })"), ["match y { _ => z }"]);
    assert!(is_styled(".card-x:hover{} .card {}", "card") && !is_styled(".card-x {}", "card"));
}

#[test]
fn every_class_in_the_app_is_styled() -> io::Result<()> {
    let style = text(&files("style", "css")?)?;
    let mut seen = 0;
    for path in files("src", "rs")?
        .iter()
        .filter(|path| !path.ends_with("element.rs"))
    {
        let code = code(path)?;
        let (classes, unread) = (classes(&code), unread(&code));
        assert_eq!(
            unread,
            Vec::<&str>::new(),
            "{}: write a string, or a parameter called `class`",
            path.display()
        );
        seen += classes.len();
        let unknown: Vec<_> = classes
            .into_iter()
            .filter(|class| !is_styled(&style, class))
            .collect();
        assert_eq!(
            unknown,
            Vec::<&str>::new(),
            "{}: no rule in style/ for these",
            path.display()
        );
    }
    assert!(seen > 100, "the source is read");
    Ok(())
}

/// Names after a dot where a selector may stand: not in a comment, not in a number.
fn styled(style: &str) -> Vec<&str> {
    let code = style.split("*/").filter_map(|part| part.split("/*").next());
    code.flat_map(|part| part.split('.').skip(1))
        .map(|rest| {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
            rest.split_at(end.unwrap_or(rest.len())).0
        })
        .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .collect()
}

#[test]
fn every_styled_class_is_in_the_app() -> io::Result<()> {
    let source = text(&files("src", "rs")?)?;
    for path in files("style", "css")? {
        let style = fs::read_to_string(&path)?;
        // One alone in its string, or one of several.
        let is_given = |name: &str| {
            source
                .split('"')
                .skip(1)
                .step_by(2)
                .any(|text| text.split_whitespace().any(|word| word == name))
        };
        let unknown: Vec<_> = styled(&style)
            .into_iter()
            .filter(|name| *name != "css" && !is_given(name))
            .collect();
        assert_eq!(
            unknown,
            Vec::<&str>::new(),
            "{}: nothing in src/ has these",
            path.display()
        );
    }
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
            let beside = |other: &&PathBuf| other.parent() == path.parent();
            let parts = files("style", "css")?.iter().filter(beside).count() - 1;
            assert_eq!(
                all,
                parts,
                "{}: each part beside it is imported once",
                path.display()
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
        let written = [" style=", " style:", ".attr(\"style\"", ".style("];
        assert!(
            !written.iter().any(|way| source.contains(way)),
            "{}: give it a class in style/ instead",
            path.display()
        );
    }
    Ok(())
}
