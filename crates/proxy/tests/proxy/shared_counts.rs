//! What several proxies count together: calls to the upstream, and wrong sign-ins.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use frontdesk_proxy::clock::Clock;
use frontdesk_proxy::config::{self, Limits};
use frontdesk_proxy::store::{Backend, Buckets, Store, StudioName};
use frontdesk_proxy::upstream::{InStore, Priority, Rate, Upstream, UpstreamError};
use perfectgym::{CustomerKey, FindCustomer};
use secrecy::SecretString;
use serde_json::json;
use tokio::task::JoinSet;

use crate::databases::{Fresh, on_both};
use crate::scripted::{ADA, Scripted};
use crate::support::*;

on_both! {
    a_wrong_guess_at_one_proxy_counts_at_the_other
    a_right_sign_in_starts_afresh_at_the_other_proxy_too
}

const ASKED: &str = "GET /v1/customers/by";

/// One of several proxies, before the same upstream.
async fn proxy(upstream: &Scripted, fresh: &Fresh) -> Stage {
    in_front_of_with(upstream.router(), |settings| {
        settings.session.key = Some([7; 32]);
        fresh.set(settings);
    })
    .await
}

async fn a_wrong_guess_at_one_proxy_counts_at_the_other(fresh: Fresh) {
    let upstream = Scripted::new();
    let (one, two) = (proxy(&upstream, &fresh).await, proxy(&upstream, &fresh).await);
    for n in 0..5 {
        let at = if n % 2 == 0 { &one } else { &two };
        let wrong = at.browser().sign_in((ADA.0, "1970-01-01")).await;
        assert_eq!(wrong.kind(), "WRONG_CREDENTIALS", "{n}");
    }
    for at in [&one, &two, &proxy(&upstream, &fresh).await] {
        let locked = at.browser().sign_in(ADA).await;
        assert_eq!((locked.status, locked.kind().as_str()), (429, "TOO_MANY_TRIES"));
        assert!(
            locked.json()["retryAfter"].as_u64().unwrap() > 800,
            "{}",
            locked.text
        );
    }
    assert_eq!(upstream.asked(ASKED), 5, "no guess at a closed door is checked");
}

async fn a_right_sign_in_starts_afresh_at_the_other_proxy_too(fresh: Fresh) {
    let upstream = Scripted::new();
    let (one, two) = (proxy(&upstream, &fresh).await, proxy(&upstream, &fresh).await);
    for _ in 0..3 {
        for _ in 0..4 {
            let wrong = one.browser().sign_in((ADA.0, "1970-01-01")).await;
            assert_eq!(wrong.kind(), "WRONG_CREDENTIALS");
        }
        assert_eq!(two.browser().sign_in(ADA).await.status, 200);
    }
}

#[tokio::test]
async fn a_restart_gives_no_new_guesses_and_the_lock_opens_all_the_same() {
    let stage = stage().await;
    for _ in 0..5 {
        stage.browser().sign_in((NORA.0, "1970-01-01")).await;
    }
    let stage = stage.restarted().await;
    let locked = stage.browser().sign_in(NORA).await;
    assert_eq!(
        (locked.status, locked.json()["retryAfter"].as_u64()),
        (429, Some(900))
    );
    stage.later(TimeDelta::minutes(15));
    assert_eq!(stage.browser().sign_in(NORA).await.status, 200);
}

/// Two proxies' ways to one upstream, with a budget in one database; none without a server.
struct Two {
    upstream: Scripted,
    ways: [Arc<Upstream>; 2],
    _stores: Vec<Backend>,
}

async fn two(rate: Rate, patience: Duration) -> Option<Two> {
    let fresh = Fresh::postgres().await?;
    let upstream = Scripted::new();
    let behind = config::Upstream {
        url: format!("http://{}", listen(upstream.router()).await)
            .parse()
            .unwrap(),
        key: SecretString::from(KEY),
    };
    let limits = Limits {
        budget: rate,
        patience_of_readers: patience,
        patience_of_bookings: Duration::from_secs(30),
        read: Duration::from_secs(120),
        ..Limits::default()
    };
    let stores = vec![fresh.open().await, fresh.open().await];
    let way = |backend: &Backend| {
        let store: Arc<dyn Store> = backend.of(&StudioName::main());
        let shared = InStore::new(store as Arc<dyn Buckets>, rate, Clock::system());
        Arc::new(Upstream::with_allowance(&behind, &limits, Arc::new(shared)).unwrap())
    };
    Some(Two {
        ways: [way(&stores[0]), way(&stores[1])],
        upstream,
        _stores: stores,
    })
}

async fn call(way: Arc<Upstream>, priority: Priority) -> Result<(), UpstreamError> {
    let find = FindCustomer {
        by: CustomerKey::Number(ADA.0.to_owned()),
    };
    way.call_as(priority, &find, "en").await.map(drop)
}

/// Forty calls at once, one a second, and a hundred readers who wait for them.
#[tokio::test]
async fn a_crowd_at_two_proxies_stays_inside_one_limit_and_bookings_go_first() {
    let rate = Rate {
        a_minute: 60,
        at_once: 40,
    };
    let began = Clock::system().now();
    let Some(two) = two(rate, Duration::from_secs(60)).await else {
        return;
    };
    let mut readers = JoinSet::new();
    for n in 0..100 {
        readers.spawn(call(Arc::clone(&two.ways[n % 2]), Priority::Read));
    }
    // The crowd is there before the first booking.
    while two.upstream.asked(ASKED) == 0 {
        tokio::task::yield_now().await;
    }
    let mut bookings = JoinSet::new();
    for n in 0..12 {
        bookings.spawn(call(Arc::clone(&two.ways[n % 2]), Priority::Booking));
    }
    for booked in bookings.join_all().await {
        booked.unwrap();
    }
    while readers.try_join_next().is_some() {}
    assert!(readers.len() >= 40, "{} readers wait still", readers.len());
    readers.abort_all();
    let seconds = (Clock::system().now() - began).num_seconds();
    let (asked, most) = (two.upstream.asked(ASKED) as i64, 40 + seconds + 1);
    assert!(asked <= most, "{asked} calls, of {most}");
    assert!(asked >= 12 + 5, "{asked}: and readers were served before");
}

#[tokio::test]
async fn a_429_at_one_proxy_holds_the_readers_of_the_other_and_no_booking() {
    let rate = Rate {
        a_minute: 840,
        at_once: 80,
    };
    let Some(two) = two(rate, Duration::from_secs(1)).await else {
        return;
    };
    let [met, other] = &two.ways;
    // The other has calls in hand, and so asks no more until they are used.
    call(Arc::clone(other), Priority::Read).await.unwrap();
    two.upstream.says(ASKED, 429, json!({}));
    let refused = call(Arc::clone(met), Priority::Read).await;
    assert!(matches!(refused, Err(UpstreamError::TooMany(_))), "{refused:?}");
    let member = json!({ "id": 7, "customerNumber": ADA.0, "dateOfBirth": ADA.1 });
    two.upstream.says(ASKED, 200, member);
    // Any wait that is shorter is for a call, and not for that minute to be over.
    let is_told = |answer: Result<(), UpstreamError>| matches!(answer, Err(UpstreamError::OverBudget { retry_after }) if retry_after > Duration::from_secs(20));
    let mut told = false;
    for _ in 0..200 {
        told = is_told(call(Arc::clone(other), Priority::Read).await);
        if told {
            break;
        }
    }
    assert!(told, "the other proxy's readers go on as if nothing had been");
    call(Arc::clone(other), Priority::Booking).await.unwrap();
    call(Arc::clone(other), Priority::Read).await.unwrap();
}
