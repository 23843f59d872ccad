//! Closed doors: each row of `docs/threats.md` is a test here, over real sockets, and as raw bytes where a client library
//! would tidy a request up.
//!
//! Most run against an upstream that writes down what arrives: whatever an answer says, that is what counts.

mod another_member;
mod another_site;
mod bearers;
mod binary;
mod bombs;
mod caches;
mod customer_ids;
mod enumeration;
mod forged_sessions;
mod header_lines;
mod log_lines;
mod other_hosts;
mod panics;
mod paths;
mod planted_key;
mod recorder;
mod sizes;
mod smuggling;
mod threats;
mod wire;

/// What a person's setting of the public origin is read as.
fn origins(public: &str) -> Vec<frontdesk_proxy::config::Origin> {
    let set = [("FRONTDESK_PUBLIC_ORIGIN".to_owned(), public.to_owned())];
    let source = frontdesk_proxy::config::Source::read(set, None).unwrap();
    frontdesk_proxy::config::Settings::read(&source)
        .unwrap()
        .server
        .origins
}
