//! A line by which the processes on one database talk. Nothing is kept of what is said: it is heard now, or never.

use async_trait::async_trait;

use super::StoreError;

/// All errors are the database's.
#[async_trait]
pub(crate) trait Line: Send + Sync {
    /// Says something to everybody who listens, to whoever says it as well.
    async fn say(&self, text: &str) -> Result<(), StoreError>;

    /// Begins to listen, on a connection of its own.
    async fn listen(&self) -> Result<Box<dyn Ear>, StoreError>;
}

/// Hears what is said.
#[async_trait]
pub(crate) trait Ear: Send {
    /// The next that is said. An error ends it; then it is not known what was said meanwhile.
    async fn hear(&mut self) -> Result<String, StoreError>;
}
