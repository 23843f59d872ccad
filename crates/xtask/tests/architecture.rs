//! What Cargo cannot refuse: who may know what inside the repository. Each message names what to use instead.
//!
//! Looks at what ships: the `src` folders, less comments and what stands behind `#[cfg(test)]`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its path from the repository's root, and its code.
struct Source {
    path: String,
    code: String,
}

impl Source {
    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path.starts_with(place))
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir()
            && !matches!(name.as_str(), "target" | "node_modules" | "dist")
            && !name.starts_with('.')
        {
            files(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

fn all_files() -> Vec<String> {
    let (root, mut found) = (root(), Vec::new());
    files(&root, &mut found);
    let name = |path: PathBuf| {
        path.strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/")
    };
    found.into_iter().map(name).collect()
}

fn sources() -> Vec<Source> {
    let ships = |path: &String| {
        path.ends_with(".rs")
            && !path.contains("/tests/")
            && (path.starts_with("src/") || path.starts_with("crates/") && path.contains("/src/"))
    };
    let read = |path: String| Source {
        code: code_of(&fs::read_to_string(root().join(&path)).unwrap()),
        path,
    };
    let sources: Vec<Source> = all_files().into_iter().filter(ships).map(read).collect();
    assert!(
        sources.len() > 50,
        "the repository's sources are looked at from its root"
    );
    sources
}

/// Less comments, and less the tests at a file's end.
fn code_of(text: &str) -> String {
    let before_tests = text
        .split("\n#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let code = |line: &&str| !line.trim_start().starts_with("//");
    before_tests
        .lines()
        .filter(code)
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// Fails with the name of every file outside `places` that has one of these words, and with what to do instead.
fn only_in(places: &[&str], words: &[&str], instead: &str) {
    let strangers: Vec<String> = sources()
        .into_iter()
        .filter(|source| !source.is_in(places))
        .filter_map(|source| {
            let word = words.iter().find(|word| source.code.contains(**word))?;
            Some(format!("{}: {word}", source.path))
        })
        .collect();
    assert!(strangers.is_empty(), "{instead}\n{}", strangers.join("\n"));
}

/// Fails with the name of every file in `places` that has one of these words.
fn never_in(places: &[&str], words: &[&str], instead: &str) {
    let all = sources();
    let bad: Vec<String> = all
        .iter()
        .filter(|source| source.is_in(places))
        .filter_map(|source| {
            let word = words.iter().find(|word| source.code.contains(**word))?;
            Some(format!("{}: {word}", source.path))
        })
        .collect();
    assert!(bad.is_empty(), "{instead}\n{}", bad.join("\n"));
}

#[test]
fn one_file_of_the_browser_calls_the_proxy() {
    only_in(
        &["src/browser/api.rs"],
        &["gloo_net", "fetch_with_str", "XmlHttpRequest"],
        "A call to the proxy is an Effect::Call, which src/browser/api.rs makes.",
    );
}

#[test]
fn one_file_of_the_proxy_calls_the_upstream() {
    only_in(
        &[
            "crates/proxy/src/upstream/client.rs",
            "crates/demo-studio/src/webhooks.rs",
            // No part of ours: what the libraries alone make of passing on.
            "crates/trials/src/bench/bare.rs",
        ],
        &["reqwest::", "use reqwest", "hyper_util::client"],
        "Call the upstream through crates/proxy/src/upstream.rs: it adds key, deadline and budget. Only its room client.rs \
         sends, so that what waits, counts and decides beside it can be tested without a network.",
    );
}

#[test]
fn a_route_of_the_proxy_is_told_of_where_it_is_made() {
    let routes = [
        ".route(",
        ".route_service(",
        ".nest(",
        ".nest_service(",
        "MethodRouter",
        "axum::routing::",
    ];
    let elsewhere: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.is_in(&["crates/proxy/src/"]))
        .filter(|source| {
            !source.is_in(&[
                "crates/proxy/src/http/offer.rs",
                "crates/proxy/src/http/openapi/told.rs",
            ])
        })
        .filter(|source| routes.iter().any(|word| source.code.contains(word)))
        .map(|source| source.path)
        .collect();
    assert!(
        elsewhere.is_empty(),
        "Serve it through Offer::serve of crates/proxy/src/http/offer.rs, with what is told of it: then /openapi.json has it.\n{}",
        elsewhere.join("\n")
    );
}

#[test]
fn the_upstreams_paths_are_spelt_once() {
    only_in(
        &["crates/perfectgym/src/"],
        &["/v1/"],
        "Use the PATH or target() of an operation of crates/perfectgym; add the operation there if it is missing.",
    );
}

#[test]
fn time_is_read_in_one_place_of_each_binary() {
    let clocks = [
        "crates/proxy/src/clock.rs",
        "crates/demo-studio/src/clock.rs",
        "crates/trials/src/clock.rs",
        "src/browser/clock.rs",
        "crates/xtask/src/",
    ];
    only_in(
        &clocks,
        &[
            "Utc::now",
            "Local::now",
            "SystemTime::now",
            "Instant::now",
            "Date::now",
            "Date::new_0",
            "js_sys::Date",
        ],
        "Take the time as an argument; where it begins, hand it on from the clock.rs of the binary.",
    );
}

#[test]
fn screens_send_events_and_know_no_browser() {
    never_in(
        &["src/pages/", "src/kiosk/", "src/ui/"],
        &["crate::browser", "browser::"],
        "A screen sends a booking::flow::Event; what the browser has to do for it is an Effect.",
    );
    never_in(
        &["src/pages/", "src/kiosk/"],
        &["web_sys", "js_sys", "wasm_bindgen", "gloo_"],
        "A page is drawn on the server too: take a component of src/ui, or an Effect.",
    );
}

#[test]
fn the_parts_of_screens_know_none_of_ours() {
    never_in(
        &["src/ui/"],
        &[
            "booking::",
            "perfectgym::",
            "words::",
            "crate::pages",
            "crate::app",
            "crate::boot",
            "crate::desk",
        ],
        "What is in src/ui takes text, ids and callbacks; the page that uses it knows what they mean.",
    );
}

#[test]
fn the_proxy_meets_the_studio_and_the_app_behind_one_function_each() {
    let meets = |word: &str| -> Vec<String> {
        let of_proxy = sources().into_iter().filter(|s| s.is_in(&["crates/proxy/src/"]));
        of_proxy
            .filter(|s| s.code.contains(word))
            .map(|s| s.path)
            .collect()
    };
    for word in ["demo_studio::", "frontdesk::"] {
        let files = meets(word);
        assert!(
            files.len() <= 1,
            "{word} is for one file to know, the others call that one: {files:?}"
        );
    }
}

#[test]
fn the_store_and_the_upstream_know_no_web_server() {
    never_in(
        &["crates/proxy/src/store/", "crates/proxy/src/upstream"],
        &["axum::"],
        "Answers are made in crates/proxy/src/http; give it a value or an error of your own.",
    );
}

/// Who may depend on whom, of ours.
const MAY_KNOW: [(&str, &[&str]); 8] = [
    ("crates/perfectgym", &[]),
    ("crates/booking", &["perfectgym"]),
    ("crates/words", &["booking", "perfectgym"]),
    (".", &["booking", "perfectgym", "words"]),
    ("crates/demo-studio", &["perfectgym"]),
    (
        "crates/proxy",
        &["booking", "demo-studio", "frontdesk", "perfectgym", "words"],
    ),
    // The proxy it knows by HTTP alone, as its members do.
    ("crates/trials", &["demo-studio", "perfectgym"]),
    ("crates/xtask", &[]),
];

#[test]
fn crates_depend_on_each_other_in_one_direction() {
    let ours = [
        "booking",
        "demo-studio",
        "frontdesk",
        "frontdesk-proxy",
        "perfectgym",
        "trials",
        "words",
        "xtask",
    ];
    let crates = fs::read_dir(root().join("crates")).unwrap().flatten();
    let crates = crates
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .count();
    assert_eq!(
        crates + 1,
        MAY_KNOW.len(),
        "a new crate says in MAY_KNOW whom it may know"
    );
    for (place, may_know) in MAY_KNOW {
        let manifest = fs::read_to_string(root().join(place).join("Cargo.toml")).unwrap();
        for name in dependencies(&manifest).filter(|name| ours.contains(name)) {
            assert!(
                may_know.contains(&name),
                "{place} may know {may_know:?}, not {name}: turn the call round"
            );
        }
    }
}

/// The names in `[dependencies]`.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    section
        .lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next())
}

#[test]
fn the_rules_are_pure() {
    for place in ["crates/booking", "crates/perfectgym", "crates/words"] {
        let manifest = fs::read_to_string(root().join(place).join("Cargo.toml")).unwrap();
        for name in [
            "tokio",
            "web-sys",
            "js-sys",
            "gloo-net",
            "reqwest",
            "axum",
            "sqlx",
            "leptos",
            "tachys",
            "reactive_graph",
            "rand",
        ] {
            let depends = dependencies(&manifest).any(|dependency| dependency == name);
            assert!(
                !depends,
                "{place} is pure, {name} is not: pass in what it would give, as an argument"
            );
        }
    }
}

#[test]
fn every_path_that_the_architecture_names_is_there() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let all = all_files();
    let lost: Vec<&str> = named_paths(&text).filter(|path| !is_there(path, &all)).collect();
    assert!(
        lost.is_empty(),
        "ARCHITECTURE.md: name what took the place of {lost:?}"
    );
}

/// What stands in backticks and starts in one of the rooms, or is the name of a file.
fn named_paths(text: &str) -> impl Iterator<Item = &str> {
    let rooms = ["src/", "crates/", "tests/", "style/", "public/", "docs/"];
    let endings = [".rs", ".toml", ".md", ".css", ".html", ".ts"];
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(move |quoted| {
            !quoted.is_empty() && quoted.chars().all(plain) && !quoted.starts_with(['/', '.'])
        })
        .filter(move |quoted| {
            rooms.iter().any(|room| quoted.starts_with(room))
                || endings.iter().any(|end| quoted.ends_with(end))
        })
}

/// A path from the root, or the end of one (`flow/choice.rs`).
fn is_there(path: &str, all: &[String]) -> bool {
    let end = format!("/{path}");
    root().join(path).exists() || all.iter().any(|file| file.ends_with(&end))
}

#[test]
fn these_rules_see_what_they_look_for() {
    let text =
        "//! gloo_net in words\nuse a;\n    // Utc::now\nfn f() {}\n#[cfg(test)]\nmod tests { Utc::now() }";
    assert_eq!(code_of(text), "use a;\nfn f() {}\n");
    let named: Vec<&str> =
        named_paths("`src/app.rs` and `GET /v1` or `/api/x`, `crates/gone`, `flow/choice.rs`").collect();
    assert_eq!(named, ["src/app.rs", "crates/gone", "flow/choice.rs"]);
    assert!(!is_there("crates/gone", &all_files()));
    assert!(is_there("flow/choice.rs", &all_files()));
    let names: Vec<&str> =
        dependencies("[package]\n\n[dependencies]\na.workspace = true\nb = { x = 1 }\n\n[lints]\nc = 1")
            .collect();
    assert_eq!(names, ["a", "b"]);
}
