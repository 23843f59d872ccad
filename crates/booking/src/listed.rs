//! What app and proxy say of an answer beyond the contract.

/// The header of a list from which something was left out because nobody could read it: how many. A list without it is
/// whole.
pub const UNREADABLE: &str = "frontdesk-unreadable";

/// The header of an answer that stands in for one that could not be had: when it was read from the upstream, in Unix
/// seconds. An answer without it is as fresh as its cache says.
pub const AS_OF: &str = "frontdesk-as-of";
