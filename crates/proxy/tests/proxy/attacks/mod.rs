//! Closed doors: each row of `docs/threats.md` is a test here, over real sockets, and as raw bytes where a client library
//! would tidy a request up.
//!
//! Most run against an upstream that writes down what arrives: whatever an answer says, that is what counts.

mod another_member;
mod binary;
mod customer_ids;
mod log_lines;
mod panics;
mod planted_key;
mod recorder;
mod sizes;
mod smuggling;
mod wire;
