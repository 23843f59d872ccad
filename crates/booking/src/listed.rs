//! What app and proxy say of a list beyond the contract.

/// The header of a list from which something was left out because nobody could read it: how many. A list without it is
/// whole.
pub const UNREADABLE: &str = "frontdesk-unreadable";
