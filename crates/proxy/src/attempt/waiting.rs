//! Waiting for what another process does. It may be dead, and nobody can tell: so nothing here decides anything by time
//! but how long to wait.

use std::time::Duration;

use booking::AttemptKey;
use chrono::{DateTime, Utc};
use perfectgym::CustomerId;

use crate::app::App;
use crate::clock::Stopwatch;
use crate::store::{Attempt, Outcome, StoreError};

/// How long one request waits for others, all in all.
pub(crate) struct Patience {
    arrived: DateTime<Utc>,
    watch: Stopwatch,
    most: Duration,
}

impl Patience {
    /// Begins to wait.
    pub(crate) fn of(app: &App) -> Self {
        Self::since(app, app.clock.now())
    }

    /// Begins to wait for a request that came then.
    pub(super) fn since(app: &App, arrived: DateTime<Utc>) -> Self {
        Self {
            arrived,
            watch: Stopwatch::start(),
            most: app.settings.limits.patience,
        }
    }

    /// When the request came.
    pub(super) fn arrived(&self) -> DateTime<Utc> {
        self.arrived
    }

    /// Whether it is used up.
    fn is_over(&self) -> bool {
        self.watch.elapsed() >= self.most
    }

    /// What stands under a key, once nobody can be at work on it any more or the patience is over.
    pub(crate) async fn wait_for(
        &self,
        app: &App,
        customer: CustomerId,
        key: &AttemptKey,
    ) -> Result<Option<Attempt>, StoreError> {
        loop {
            let stands = app.store.attempt(customer, key).await?;
            let at_work = stands
                .as_ref()
                .is_some_and(|attempt| may_be_at_work(app, attempt));
            if !at_work || self.is_over() {
                return Ok(stands);
            }
            tokio::time::sleep(app.settings.limits.poll).await;
        }
    }
}

/// Whether a process that lives may be at work on it still.
fn may_be_at_work(app: &App, attempt: &Attempt) -> bool {
    let limits = &app.settings.limits;
    let longest = match attempt.outcome {
        Outcome::Intent => limits.longest_request(),
        Outcome::Sent => limits.write * 2,
        _ => return false,
    };
    app.clock.now() < attempt.changed_at + longest
}
