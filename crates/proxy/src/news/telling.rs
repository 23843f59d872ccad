//! Saying what is to be said. Whoever changed something does not wait for it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::Pace;
use super::message::{Change, Message, Speaker};
use crate::store::{Line, StoreError};

/// What is still to be told: each change once, however often it came about meanwhile. So it is never more than there are
/// services, however long the database is away.
pub(super) struct Untold {
    own: Speaker,
    line: Arc<dyn Line>,
    changes: Mutex<HashSet<Change>>,
    come: Notify,
    /// One at a time, so that whoever has waited for it knows that all is told.
    telling: tokio::sync::Mutex<()>,
}

impl Untold {
    pub(super) fn new(own: Speaker, line: Arc<dyn Line>) -> Self {
        Self {
            own,
            line,
            changes: Mutex::default(),
            come: Notify::new(),
            telling: tokio::sync::Mutex::default(),
        }
    }

    pub(super) fn add(&self, change: Change) {
        self.changes().insert(change);
        self.come.notify_one();
    }

    /// Tells all of it. What could not be told is kept for the next try.
    pub(super) async fn tell_all(&self) -> Result<(), StoreError> {
        let _one = self.telling.lock().await;
        // Taken before it is told: what comes about while it is said is said again.
        while let Some(change) = self.take() {
            let said = self.say(Message::Changed(self.own, change.clone())).await;
            if said.is_err() {
                self.changes().insert(change);
                return said;
            }
        }
        Ok(())
    }

    async fn say(&self, message: Message) -> Result<(), StoreError> {
        self.line.say(&message.to_string()).await
    }

    fn take(&self) -> Option<Change> {
        let mut changes = self.changes();
        let next = changes.iter().next().cloned()?;
        changes.take(&next)
    }

    fn changes(&self) -> MutexGuard<'_, HashSet<Change>> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells for as long as the process lives, and says that it is there where it has nothing to tell: whoever listens knows
/// a dead line by its silence.
pub(super) async fn tell(untold: Arc<Untold>, pace: Pace) {
    let mut said = untold.say(Message::Here(untold.own)).await;
    loop {
        if let Err(error) = &said {
            tracing::debug!(%error, "the other proxies could not be told");
            tokio::time::sleep(pace.pause).await;
        } else if tokio::time::timeout(pace.here, untold.come.notified())
            .await
            .is_err()
        {
            said = untold.say(Message::Here(untold.own)).await;
            continue;
        }
        said = untold.tell_all().await;
    }
}
