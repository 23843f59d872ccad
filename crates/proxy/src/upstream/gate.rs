//! Waits for a call to be allowed, and learns from what comes of it. What it goes by is in [`super::lane`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::allowance::Allowance;
use super::endpoint::{Endpoint, Priority};
use super::error::UpstreamError;
use super::lane::{Lane, Refusal, Rules, Ticket};
use crate::clock::Stopwatch;

/// How often those who wait look whether it is their turn.
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

struct Shared {
    lane: Mutex<Lane>,
    /// One asks the allowance for all who wait.
    asking: tokio::sync::Mutex<()>,
}

impl Shared {
    fn lane(&self) -> MutexGuard<'_, Lane> {
        self.lane.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the line, given up when whoever waits goes away.
struct Place<'a> {
    shared: &'a Shared,
    ticket: Ticket,
    priority: Priority,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.shared.lane().leave(self.ticket);
    }
}

/// The right to make one call, now.
pub(super) struct Pass {
    shared: Arc<Shared>,
    begun: Duration,
}

impl Gate {
    pub(super) fn new(rules: Rules, allowance: Arc<dyn Allowance>) -> Self {
        Self {
            rules,
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
        if shared.lane().at_once(priority, begun).map_err(told)? {
            return Ok(Pass { shared, begun });
        }
        let ticket = shared.lane().join(priority, self.now()).map_err(told)?;
        let place = Place {
            shared: &shared,
            ticket,
            priority,
        };
        let turn = tokio::time::timeout(self.rules.patience(priority), self.turn(endpoint, &place));
        let came = turn.await;
        drop(place);
        match came {
            Ok(Ok(())) => Ok(Pass {
                begun: self.now(),
                shared,
            }),
            Ok(Err(refusal)) => Err(told(refusal)),
            Err(_) => Err(told(shared.lane().come_back(self.now()))),
        }
    }

    async fn turn(&self, endpoint: Endpoint, place: &Place<'_>) -> Result<(), Refusal> {
        loop {
            self.ask(endpoint, place.shared).await;
            let now = self.now();
            if place.shared.lane().step(place.ticket, place.priority, now)? {
                return Ok(());
            }
            if place.priority == Priority::Spare {
                return Err(place.shared.lane().come_back(now));
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Takes from the allowance what those who wait want.
    async fn ask(&self, endpoint: Endpoint, shared: &Shared) {
        let _asking = shared.asking.lock().await;
        let now = self.now();
        let wanted = shared.lane().wanted(self.allowance.batch(), now);
        if wanted > 0 {
            let granted = self.allowance.take(endpoint, wanted, now).await;
            shared.lane().put(granted, wanted, now);
        }
    }

    fn shared(&self, endpoint: Endpoint) -> Arc<Shared> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || {
            Arc::new(Shared {
                lane: Mutex::new(Lane::new(self.rules)),
                asking: tokio::sync::Mutex::default(),
            })
        };
        Arc::clone(lanes.entry(endpoint).or_insert_with(new))
    }

    /// Tells the lane what came of a call. An answer is one, whatever it says; only what is missing or broken counts as
    /// a failure, and that of one read once, however often it was tried.
    pub(super) fn learn<T>(&self, pass: &Pass, result: &Result<T, UpstreamError>, again: bool) {
        let (now, mut lane) = (self.now(), pass.shared.lane());
        match result {
            Err(UpstreamError::NotSent(_) | UpstreamError::NoAnswer(_) | UpstreamError::Failed(_)) => {
                if !again {
                    lane.failed(pass.begun, now);
                }
            }
            Err(error @ UpstreamError::TooMany(_)) => {
                let pause = error.retry_after().unwrap_or(LIMIT_OPENS_IN);
                lane.answered(pass.begun, Some(pause), now);
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
