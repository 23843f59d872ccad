//! One of several to choose from: what chips and lists are given.

/// A value and the words for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the page gets back when this one is picked. Unique in its list.
    pub value: String,
    /// What is shown.
    pub label: String,
}
