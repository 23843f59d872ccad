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
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use async_trait::async_trait;
    use perfectgym::ListBookings;

    use super::super::{Rate, Rest};
    use super::*;

    /// An allowance that costs a round trip, with so many calls in all.
    struct Far {
        left: AtomicU32,
        asked: AtomicU32,
    }

    #[async_trait]
    impl Allowance for Far {
        async fn take(&self, _: Endpoint, want: u32, _: Duration) -> u32 {
            tokio::task::yield_now().await;
            self.asked.fetch_add(1, Ordering::SeqCst);
            let left = self.left.load(Ordering::SeqCst);
            self.left.store(left - want.min(left), Ordering::SeqCst);
            want.min(left)
        }

        fn batch(&self) -> u32 {
            20
        }
    }

    fn gate(calls: u32) -> (Arc<Far>, Arc<Gate>) {
        let far = Arc::new(Far {
            left: AtomicU32::new(calls),
            asked: AtomicU32::new(0),
        });
        let second = Duration::from_secs(1);
        let rules = Rules {
            rate: Rate {
                a_minute: 6000,
                at_once: 100,
            },
            rest: Rest {
                after: 3,
                first: second,
                longest: second,
                try_lasts: second,
            },
            patience: Duration::from_millis(300),
            patience_of_bookings: second * 60,
        };
        let gate = Gate::new(rules, Arc::<Far>::clone(&far));
        (far, Arc::new(gate))
    }

    async fn all_of(gate: &Arc<Gate>, many: usize, priority: Priority) -> usize {
        let one = || {
            let gate = Arc::clone(gate);
            tokio::spawn(async move { gate.pass(Endpoint::of::<ListBookings>(), priority).await.is_ok() })
        };
        let all: Vec<_> = (0..many).map(|_| one()).collect();
        let mut passed = 0;
        for one in all {
            passed += usize::from(one.await.unwrap());
        }
        passed
    }

    #[tokio::test]
    async fn an_allowance_far_away_is_asked_for_many_calls_at_a_time_and_for_no_more_than_it_has() {
        let (far, gate) = gate(1000);
        assert_eq!(all_of(&gate, 20, Priority::Read).await, 20);
        assert!(far.asked.load(Ordering::SeqCst) <= 2, "{:?}", far.asked);
    }

    #[tokio::test]
    async fn calls_that_there_are_not_are_made_by_nobody_and_the_last_are_bookings() {
        let (_, gate) = gate(8);
        assert_eq!(all_of(&gate, 20, Priority::Read).await, 3);
        assert_eq!(all_of(&gate, 5, Priority::Booking).await, 5);
        let told = gate.pass(Endpoint::of::<ListBookings>(), Priority::Read).await;
        assert!(matches!(told, Err(UpstreamError::OverBudget { .. })));
    }

    #[tokio::test]
    async fn whoever_stops_waiting_gives_the_place_up() {
        let (far, gate) = gate(0);
        let waits = all_of_them_wait(&gate);
        tokio::task::yield_now().await;
        waits.into_iter().for_each(|one| one.abort());
        far.left.store(100, Ordering::SeqCst);
        assert_eq!(all_of(&gate, 1, Priority::Booking).await, 1);
    }

    fn all_of_them_wait(gate: &Arc<Gate>) -> Vec<tokio::task::JoinHandle<()>> {
        let one = || {
            let gate = Arc::clone(gate);
            tokio::spawn(async move {
                drop(gate.pass(Endpoint::of::<ListBookings>(), Priority::Booking).await);
            })
        };
        (0..5).map(|_| one()).collect()
    }
}
