//! Waits for a call to be allowed, and learns from what comes of it. What it goes by is in [`super::lane`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::allowance::{Allowance, Want};
use super::endpoint::{Endpoint, Priority};
use super::error::UpstreamError;
use super::lane::{Lane, Refusal, Rules, Ticket};
use crate::clock::Stopwatch;

/// How often those who wait look whether it is their turn, besides when one before them has gone.
const LOOK: Duration = Duration::from_millis(10);
/// The upstream refuses for the next minute after its limit is reached.
const LIMIT_OPENS_IN: Duration = Duration::from_secs(60);

/// One for each upstream.
pub(super) struct Gate {
    rules: Rules,
    allowance: Arc<dyn Allowance>,
    lanes: Mutex<HashMap<Endpoint, Arc<Shared>>>,
    watch: Stopwatch,
}

/// One endpoint's, of all who wait.
struct Shared {
    endpoint: Endpoint,
    allowance: Arc<dyn Allowance>,
    watch: Stopwatch,
    lane: Mutex<Lane>,
    /// One asks the allowance for all who wait.
    asking: tokio::sync::Mutex<()>,
    /// Wakes all who wait when one of them has gone. With the look alone, one would go at each, however many calls there
    /// are, and a line that once was would never end while others come.
    moved_on: Notify,
}

impl Shared {
    fn lane(&self) -> MutexGuard<'_, Lane> {
        self.lane.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Duration {
        self.watch.elapsed()
    }

    /// Takes from the allowance what those who wait want; `None` where they want nothing that could be had. In a task of
    /// its own, for all of them: what was granted to one who stops waiting is there for the next.
    fn ask(self: &Arc<Self>) -> Option<JoinHandle<()>> {
        if self.lane().wanted(self.now()) == Want::default() {
            return None;
        }
        let this = Arc::clone(self);
        Some(tokio::spawn(async move { this.take().await }))
    }

    async fn take(&self) {
        let _asking = self.asking.lock().await;
        let now = self.now();
        let wanted = self.lane().wanted(now);
        if wanted == Want::default() {
            return;
        }
        let granted = self.allowance.take(self.endpoint, wanted, now).await;
        let mut lane = self.lane();
        lane.put(granted.calls, wanted, now);
        if let Some(pause) = granted.closed_for {
            lane.closed_for(pause, now);
        }
    }

    /// So that the next does not wait for what is far away.
    fn ask_ahead(self: &Arc<Self>) {
        if self.allowance.batch() > 0 {
            drop(self.ask());
        }
    }
}

/// A place in the line, given up when whoever waits goes away.
struct Place<'a> {
    shared: &'a Arc<Shared>,
    ticket: Ticket,
    priority: Priority,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.shared.lane().leave(self.ticket);
        self.shared.moved_on.notify_waiters();
    }
}

/// The right to make one call, now.
pub(super) struct Pass {
    shared: Arc<Shared>,
    begun: Duration,
}

impl Gate {
    pub(super) fn new(rules: Rules, allowance: Arc<dyn Allowance>) -> Self {
        let batch = allowance.batch();
        Self {
            rules: Rules { batch, ..rules },
            allowance,
            lanes: Mutex::default(),
            watch: Stopwatch::start(),
        }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// There is none soon enough, or the upstream is left alone for a while; and when to come back.
    pub(super) async fn pass(&self, endpoint: Endpoint, priority: Priority) -> Result<Pass, UpstreamError> {
        let shared = self.shared(endpoint);
        let begun = self.now();
        let goes = shared.lane().at_once(priority, begun).map_err(told)?;
        if goes {
            shared.ask_ahead();
            return Ok(Pass { shared, begun });
        }
        let ticket = shared.lane().join(priority, self.now()).map_err(told)?;
        let place = Place {
            shared: &shared,
            ticket,
            priority,
        };
        let turn = tokio::time::timeout(self.rules.patience(priority), self.turn(&place));
        let came = turn.await;
        drop(place);
        match came {
            Ok(Ok(())) => {
                shared.ask_ahead();
                Ok(Pass {
                    begun: self.now(),
                    shared,
                })
            }
            Ok(Err(refusal)) => Err(told(refusal)),
            Err(_) => Err(told(shared.lane().come_back(self.now()))),
        }
    }

    /// Whoever can be served from what is in hand waits for no allowance.
    async fn turn(&self, place: &Place<'_>) -> Result<(), Refusal> {
        loop {
            // Before it is looked: whoever goes meanwhile is not missed.
            let moved_on = place.shared.moved_on.notified();
            if self.step(place)? {
                return Ok(());
            }
            if let Some(asked) = place.shared.ask() {
                drop(asked.await);
            }
            if self.step(place)? {
                return Ok(());
            }
            if place.priority == Priority::Spare {
                return Err(place.shared.lane().come_back(self.now()));
            }
            let _ = tokio::time::timeout(LOOK, moved_on).await;
        }
    }

    fn step(&self, place: &Place<'_>) -> Result<bool, Refusal> {
        place.shared.lane().step(place.ticket, place.priority, self.now())
    }

    fn shared(&self, endpoint: Endpoint) -> Arc<Shared> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || {
            Arc::new(Shared {
                endpoint,
                allowance: Arc::clone(&self.allowance),
                watch: self.watch,
                lane: Mutex::new(Lane::new(self.rules)),
                asking: tokio::sync::Mutex::default(),
                moved_on: Notify::new(),
            })
        };
        Arc::clone(lanes.entry(endpoint).or_insert_with(new))
    }

    /// Tells the lane what came of a call. An answer is one, whatever it says; only what is missing or broken counts as
    /// a failure, and that of one read once, however often it was tried.
    pub(super) fn learn<T>(&self, pass: &Pass, result: &Result<T, UpstreamError>, again: bool) {
        let (now, mut lane) = (self.now(), pass.shared.lane());
        match result {
            Err(error) if error.is_failing() => {
                if !again {
                    lane.failed(pass.begun, now);
                }
            }
            Err(error @ UpstreamError::TooMany(_)) => {
                let pause = error.retry_after().unwrap_or(LIMIT_OPENS_IN);
                lane.answered(pass.begun, Some(pause), now);
                let shared = Arc::clone(&pass.shared);
                tokio::spawn(async move { shared.allowance.refused(shared.endpoint, pause).await });
            }
            Ok(_) | Err(_) => lane.answered(pass.begun, None, now),
        }
    }

    fn now(&self) -> Duration {
        self.watch.elapsed()
    }
}

fn told(refusal: Refusal) -> UpstreamError {
    match refusal {
        Refusal::Busy(retry_after) => UpstreamError::OverBudget { retry_after },
        Refusal::Down(retry_after) => UpstreamError::LeftAlone { retry_after },
    }
}

#[cfg(test)]
mod tests;
