//! Waiting for an allowance that is not in this process.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use async_trait::async_trait;
use perfectgym::ListBookings;

use super::super::{Grant, Rate, Rest};
use super::*;

/// An allowance that costs a round trip, with so many calls in all.
struct Far {
    left: AtomicU32,
    asked: AtomicU32,
    hangs: AtomicBool,
}

#[async_trait]
impl Allowance for Far {
    async fn take(&self, _: Endpoint, want: Want, _: Duration) -> Grant {
        tokio::task::yield_now().await;
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.hangs.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        let (want, left) = (want.all(), self.left.load(Ordering::SeqCst));
        self.left.store(left - want.min(left), Ordering::SeqCst);
        Grant {
            calls: want.min(left),
            closed_for: None,
        }
    }

    fn batch(&self) -> u32 {
        20
    }
}

fn gate(calls: u32) -> (Arc<Far>, Arc<Gate>) {
    let far = Arc::new(Far {
        left: AtomicU32::new(calls),
        asked: AtomicU32::new(0),
        hangs: AtomicBool::new(false),
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
        batch: 0,
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
async fn a_booking_for_which_there_is_a_call_in_hand_waits_for_no_allowance() {
    let (far, gate) = gate(1000);
    assert_eq!(all_of(&gate, 1, Priority::Booking).await, 1);
    far.hangs.store(true, Ordering::SeqCst);
    assert_eq!(all_of(&gate, 22, Priority::Booking).await, 22);
    assert_eq!(all_of(&gate, 2, Priority::Booking).await, 2);
    assert_eq!(far.asked.load(Ordering::SeqCst), 2, "the next are asked for");
}

#[tokio::test]
async fn whoever_is_next_goes_when_the_one_before_has_gone_and_not_at_the_next_look() {
    let (_, gate) = gate(1000);
    let shared = gate.shared(Endpoint::of::<ListBookings>());
    let ticket = shared.lane().join(Priority::Booking, gate.now()).unwrap();
    let before = Place {
        shared: &shared,
        ticket,
        priority: Priority::Booking,
    };
    let next = tokio::spawn({
        let gate = Arc::clone(&gate);
        async move {
            let endpoint = Endpoint::of::<ListBookings>();
            gate.pass(endpoint, Priority::Read).await.is_ok()
        }
    });
    turns().await;
    assert!(!next.is_finished());
    drop(before);
    turns().await;
    assert!(next.is_finished() && next.await.unwrap());
}

/// Lets the others do all that they can without waiting.
async fn turns() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
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
