//! Every parser that meets the outside, and what must hold of it for whatever comes: more than that nothing breaks off.
//! One list, for the tests (`tests/proxy/fuzz.rs`) and for whoever lets a fuzzer look for longer (README.md).

mod addresses;
mod bodies;
mod headers;
mod sealed;
mod settings;
mod times;
mod tokens;

/// One parser.
pub(crate) struct Target {
    /// Of its seeds in `seeds/`, too.
    pub(crate) name: &'static str,
    /// Fails where something does not hold.
    pub(crate) check: fn(&[u8]),
    /// Seeds that no file can hold: they are sealed or signed anew each time.
    pub(crate) made: fn() -> Vec<Vec<u8>>,
}

/// All of them.
pub(crate) const ALL: [Target; 18] = [
    texts("accept_language", times::language),
    texts("address", addresses::address),
    texts("attempt_key", addresses::attempt_key),
    Target {
        made: sealed::made,
        ..texts("cookie", sealed::cookie)
    },
    texts("date_time", times::date_time),
    bytes("form", bodies::form),
    bytes("header", headers::header),
    Target {
        made: tokens::made,
        ..texts("hand_off", tokens::hand_off)
    },
    bytes("host", headers::host),
    bytes("forwarded", headers::forwarded),
    texts("id", addresses::id),
    texts("next", addresses::next),
    texts("query", addresses::query),
    bytes("settings", settings::settings),
    bytes("sign_in", bodies::sign_in),
    texts("typed", bodies::typed),
    bytes("webhook", bodies::webhook),
    bytes("wish", bodies::wish),
];

/// A parser by its name.
pub(crate) fn find(name: &str) -> Option<&'static Target> {
    static LIST: [Target; 18] = ALL;
    LIST.iter().find(|target| target.name == name)
}

/// One that reads bytes.
const fn bytes(name: &'static str, check: fn(&[u8])) -> Target {
    Target {
        name,
        check,
        made: Vec::new,
    }
}

/// One that is given nothing but text, by whoever looked at it before.
const fn texts(name: &'static str, check: fn(&[u8])) -> Target {
    bytes(name, check)
}

/// What is text; the rest never comes this far.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// An input, as a line of a file of seeds has it.
pub(crate) fn line(line: &str) -> Vec<u8> {
    match serde_json::from_str(line).unwrap() {
        serde_json::Value::String(text) => text.into_bytes(),
        bytes => serde_json::from_value(bytes).unwrap(),
    }
}
