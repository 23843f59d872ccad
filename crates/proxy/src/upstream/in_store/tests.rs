//! Two proxies and their budget, without a database.

use std::sync::atomic::Ordering;

use perfectgym::{ListBookings, ListSlots};

use super::super::breaker::Rest;
use super::super::endpoint::Priority;
use super::super::lane::{Lane, Rules, Ticket};
use super::*;
use crate::store::buckets::in_memory::InMemory;

const S: Duration = Duration::from_secs(1);
const RATE: Rate = Rate {
    a_minute: 840,
    at_once: 80,
};

struct Fleet {
    store: Arc<InMemory>,
    clock: Clock,
    proxies: Vec<InStore>,
}

fn fleet(proxies: usize) -> Fleet {
    let store = Arc::<InMemory>::default();
    let clock = Clock::standing_at("2026-11-23T08:00:00Z".parse().unwrap());
    let one = || InStore::new(Arc::<InMemory>::clone(&store), RATE, clock.clone());
    Fleet {
        proxies: (0..proxies).map(|_| one()).collect(),
        store,
        clock,
    }
}

impl Fleet {
    /// The database's clock alone: each proxy is told its own.
    fn later(&self, by: Duration) {
        self.clock.set(self.clock.now() + by);
    }

    fn goes_away(&self, away: bool) {
        self.store.away.store(away, Ordering::SeqCst);
    }
}

fn endpoint() -> Endpoint {
    Endpoint::of::<ListBookings>()
}

fn others(others: u32) -> Want {
    Want { bookings: 0, others }
}

#[tokio::test]
async fn all_proxies_together_take_no_more_than_the_upstream_allows() {
    let fleet = fleet(3);
    let mut taken = [0; 3];
    for tenth in 0..600 {
        for (n, proxy) in fleet.proxies.iter().enumerate() {
            let want = Want {
                bookings: 1,
                others: 50,
            };
            taken[n] += proxy.take(endpoint(), want, S * tenth / 10).await.calls;
        }
        fleet.later(S / 10);
    }
    let all: u32 = taken.iter().sum();
    assert!((840..=920).contains(&all), "{taken:?}");
    let other = fleet.proxies[0]
        .take(Endpoint::of::<ListSlots>(), others(5), S)
        .await;
    assert_eq!(other.calls, 5, "each endpoint has its own");
}

#[tokio::test]
async fn whoever_asks_first_leaves_something_for_bookings_elsewhere_and_for_readers() {
    let fleet = fleet(2);
    let [first, second] = fleet.proxies.as_slice() else {
        panic!()
    };
    let mut of_second = 0;
    for _ in 0..100 {
        first.take(endpoint(), others(100), S).await;
        assert!(
            second
                .take(
                    endpoint(),
                    Want {
                        bookings: 1,
                        others: 0
                    },
                    S
                )
                .await
                .calls
                == 1
        );
        of_second += second.take(endpoint(), others(100), S).await.calls;
        fleet.later(RATE.each() * 8);
    }
    assert!(of_second >= 150, "{of_second}");
}

#[tokio::test]
async fn without_the_database_ten_proxies_stay_inside_the_limit_from_the_first_minute_on() {
    let fleet = fleet(10);
    let (mut taken, mut alone) = (0, 0);
    for tenth in 0..1200 {
        // Away in the middle of what any minute may have, and back.
        fleet.goes_away((100..700).contains(&tenth));
        for proxy in &fleet.proxies {
            let calls = proxy.take(endpoint(), others(50), S * tenth / 10).await.calls;
            taken += u32::from(tenth < 600) * calls;
            alone += u32::from((100..700).contains(&tenth)) * calls;
        }
        fleet.later(S / 10);
    }
    assert!(taken <= 920, "{taken} in the minute in which it went away");
    assert!(
        (700..=920).contains(&alone),
        "{alone}, and what can be shown is shown"
    );
}

#[tokio::test]
async fn a_database_that_is_back_is_asked_again() {
    let fleet = fleet(1);
    let proxy = &fleet.proxies[0];
    fleet.goes_away(true);
    assert_eq!(proxy.take(endpoint(), others(5), S).await.calls, 0);
    fleet.goes_away(false);
    assert_eq!(proxy.take(endpoint(), others(5), S + S / 100).await.calls, 0);
    assert_eq!(proxy.take(endpoint(), others(5), S * 3).await.calls, 5);
}

#[tokio::test]
async fn a_429_is_told_to_each_other_proxy_once() {
    let fleet = fleet(2);
    let [met, other] = fleet.proxies.as_slice() else {
        panic!()
    };
    met.refused(endpoint(), S * 60).await;
    assert_eq!(met.take(endpoint(), others(1), S).await.closed_for, None);
    fleet.later(S * 20);
    let grant = other.take(endpoint(), others(1), S).await;
    assert_eq!((grant.calls, grant.closed_for), (1, Some(S * 40)));
    assert_eq!(other.take(endpoint(), others(1), S).await.closed_for, None);
    fleet.later(S * 40);
    met.refused(endpoint(), S * 60).await;
    assert_eq!(
        other.take(endpoint(), others(1), S).await.closed_for,
        Some(S * 60)
    );
    assert_eq!(met.take(endpoint(), others(1), S).await.closed_for, None);
}

/// One proxy of a crowd: its lane, and who waits in it.
struct Crowd {
    lane: Lane,
    readers: Vec<(Ticket, Duration)>,
    bookings: Vec<(Ticket, Duration)>,
    read: u32,
    waits: Vec<Duration>,
}

impl Crowd {
    fn new(batch: u32) -> Self {
        let rest = Rest {
            after: 10,
            first: S,
            longest: S,
            try_lasts: S,
        };
        let rules = Rules {
            rate: RATE,
            rest,
            batch,
            patience: S * 3 / 2,
            patience_of_bookings: S * 2,
        };
        Self {
            lane: Lane::new(rules),
            readers: Vec::new(),
            bookings: Vec::new(),
            read: 0,
            waits: Vec::new(),
        }
    }

    fn comes(&mut self, priority: Priority, now: Duration) {
        let Ok(ticket) = self.lane.join(priority, now) else {
            return;
        };
        match priority {
            Priority::Booking => self.bookings.push((ticket, now)),
            Priority::Choice | Priority::Read | Priority::Spare => self.readers.push((ticket, now)),
        }
    }

    async fn goes_on(&mut self, proxy: &InStore, now: Duration) {
        let wanted = self.lane.wanted(now);
        if wanted != Want::default() {
            let granted = proxy.take(endpoint(), wanted, now).await;
            self.lane.put(granted.calls, wanted, now);
        }
        self.bookings.retain(|(ticket, came)| {
            let served = self.lane.step(*ticket, Priority::Booking, now).unwrap();
            self.waits.extend(served.then(|| now - *came));
            !served
        });
        self.readers.retain(|(ticket, came)| {
            let served = self.lane.step(*ticket, Priority::Read, now).unwrap();
            self.read += u32::from(served);
            if !served && now - *came >= S * 3 / 2 {
                self.lane.leave(*ticket);
                return false;
            }
            !served
        });
    }
}

/// Readers at both without end, and 450 bookings within the minute at the one that asks last.
#[tokio::test]
async fn two_crowds_share_one_minute_and_bookings_at_one_go_before_readers_at_the_other() {
    let fleet = fleet(2);
    let mut crowds = [0, 1].map(|n: usize| Crowd::new(fleet.proxies[n].batch()));
    for at in (0..60_000).step_by(10) {
        let now = Duration::from_millis(at);
        for (crowd, proxy) in crowds.iter_mut().zip(&fleet.proxies) {
            (0..3).for_each(|_| crowd.comes(Priority::Read, now));
            crowd.goes_on(proxy, now).await;
        }
        if at % 130 == 0 {
            crowds[1].comes(Priority::Booking, now);
        }
        fleet.later(Duration::from_millis(10));
    }
    let [first, second] = crowds;
    let longest = second.waits.iter().max().unwrap();
    println!(
        "{} {} {} {longest:?}",
        first.read,
        second.read,
        second.waits.len()
    );
    assert!(second.waits.len() >= 460, "{}", second.waits.len());
    assert!(
        *longest <= Duration::from_millis(150),
        "a booking waited {longest:?}"
    );
    let made = first.read + second.read + second.waits.len() as u32;
    assert!((800..=990).contains(&made), "{made} calls in a minute");
    assert!(first.read >= 100, "{} readers, who are a few as well", first.read);
}

/// Never answers.
struct Hangs;

#[async_trait]
impl Buckets for Hangs {
    async fn change(
        &self,
        _: &[&str],
        _: chrono::DateTime<chrono::Utc>,
        _: &mut crate::store::Sums<'_>,
    ) -> Result<(), StoreError> {
        std::future::pending().await
    }

    async fn forget_full_buckets(&self, _: chrono::DateTime<chrono::Utc>) -> Result<(), StoreError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_not_waited_for() {
    let proxy = InStore::new(Arc::new(Hangs), RATE, Clock::system());
    assert_eq!(proxy.take(endpoint(), others(5), S).await.calls, 0);
    let half = S / 2;
    assert_eq!(
        proxy.take(endpoint(), others(5), S + half + half / 2).await.calls,
        1
    );
}
