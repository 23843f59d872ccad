//! The table of `docs/threats.md` names tests that are there.

use std::path::Path;

/// What stands in backticks in a row and has the form of a test's path: `attacks::paths::no_path_...`.
fn named(text: &str) -> Vec<&str> {
    let rows = text.lines().filter(|line| line.starts_with('|'));
    let quoted = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    quoted.filter(|name| name.contains("::")).collect()
}

/// The source of a module of these tests, or of the crate's own.
fn source(module: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = module.replace("::", "/");
    let places = [format!("tests/proxy/{path}.rs"), format!("src/{path}.rs")];
    let read = places
        .iter()
        .find_map(|place| std::fs::read_to_string(root.join(place)).ok());
    read.unwrap_or_else(|| panic!("docs/threats.md: there is no {module}"))
}

#[test]
fn every_test_that_the_threat_model_names_is_there() {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/threats.md")).unwrap();
    let named = named(&text);
    assert!(named.len() > 40, "the table was read: {named:?}");
    for name in named {
        let (module, test) = name.rsplit_once("::").unwrap();
        let module = module.trim_end_matches("::tests");
        assert!(
            source(module).contains(&format!("fn {test}(")),
            "docs/threats.md: {name} is gone"
        );
    }
}

#[test]
fn every_attack_is_in_the_threat_model() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("../../docs/threats.md")).unwrap();
    for entry in std::fs::read_dir(root.join("tests/proxy/attacks")).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_string_lossy().into_owned();
        if module == "threats" {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for after in source
            .split("test]\n")
            .skip(1)
            .chain(source.split("\"multi_thread\")]\n").skip(1))
        {
            let name = after
                .trim_start()
                .trim_start_matches("async ")
                .trim_start_matches("fn ");
            let name = name.split('(').next().unwrap_or_default();
            assert!(
                text.contains(&format!("`attacks::{module}::{name}`")),
                "docs/threats.md lacks attacks::{module}::{name}"
            );
        }
    }
}
