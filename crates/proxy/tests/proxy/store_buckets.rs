//! What any store has to do for what is counted, told once for each database.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk_proxy::bucket::{Bucket, Size};
use frontdesk_proxy::store::{Store, StudioName};
use futures_util::future::join_all;
use secrecy::ExposeSecret as _;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};

use crate::databases::{Fresh, on_both};
use crate::support::monday;

on_both! {
    no_more_is_taken_than_there_is_whichever_process_asks
    several_are_changed_together_and_nothing_of_it_is_lost
    what_is_taken_comes_back_and_outlives_the_process
    a_clock_that_is_set_back_takes_nothing_away
    where_nothing_is_changed_nothing_is_written
    what_is_full_is_forgotten_and_what_is_not_is_kept
    another_studio_counts_by_itself
}

const HOUR: Duration = Duration::from_secs(3600);
/// None of it comes back while a test runs.
const TEN: Size = Size {
    each: HOUR,
    holds: 10,
};
const MANY: Size = Size {
    each: HOUR,
    holds: 1000,
};

async fn main_of(fresh: &Fresh) -> Arc<dyn Store> {
    fresh.open().await.of(&StudioName::main())
}

async fn take(store: &Arc<dyn Store>, name: &str, want: u32, now: DateTime<Utc>) -> u32 {
    let mut taken = 0;
    let mut sums = |buckets: &mut [Bucket], now| taken = buckets[0].take(TEN, want, now);
    store.change(&[name], now, &mut sums).await.unwrap();
    taken
}

/// As if so much time had passed, on whichever clock.
async fn later(fresh: &Fresh, by: Duration) {
    let micros = by.as_micros();
    let sql = format!("UPDATE buckets SET full_at = full_at - {micros}, written_at = written_at - {micros}");
    run(fresh, &sql).await;
}

/// As if whichever clock had been set back by so much.
async fn set_back(fresh: &Fresh, by: Duration) {
    let micros = by.as_micros();
    let sql = format!("UPDATE buckets SET full_at = full_at + {micros}, written_at = written_at + {micros}");
    run(fresh, &sql).await;
}

async fn rows(fresh: &Fresh) -> i64 {
    run(fresh, "SELECT COUNT(*) FROM buckets").await.unwrap()
}

/// The first number of what a statement answers.
async fn run(fresh: &Fresh, sql: &str) -> Option<i64> {
    let sql = AssertSqlSafe(sql.to_owned());
    match fresh {
        Fresh::Sqlite(folder) => {
            let address = format!("sqlite://{}", folder.path().join("store.sqlite").display());
            let mut connection = SqliteConnection::connect(&address).await.unwrap();
            let row = sqlx::query(sql).fetch_optional(&mut connection).await.unwrap();
            row.map(|row| row.get(0))
        }
        Fresh::Postgres(address) => {
            let mut connection = PgConnection::connect(address.expose_secret()).await.unwrap();
            let row = sqlx::query(sql).fetch_optional(&mut connection).await.unwrap();
            row.map(|row| row.get(0))
        }
    }
}

async fn no_more_is_taken_than_there_is_whichever_process_asks(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    let takes = (0..30).map(|n| take(if n % 2 == 0 { &one } else { &two }, "calls", 1, monday()));
    assert_eq!(join_all(takes).await.iter().sum::<u32>(), 10);
    assert_eq!(take(&one, "other calls", 25, monday()).await, 10);
    assert_eq!(take(&two, "other calls", 1, monday()).await, 0);
}

async fn several_are_changed_together_and_nothing_of_it_is_lost(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    let change = async |n: usize| {
        let store = [&one, &two][n % 2];
        // Each has two in common with the others, and they are named in different orders.
        let names = [["a", "b", "c"], ["c", "a", "d"], ["d", "c", "b"], ["b", "d", "a"]][n % 4];
        let mut sums = |buckets: &mut [Bucket], now| {
            for bucket in buckets {
                assert_eq!(bucket.take(MANY, 2, now), 2);
                bucket.give_back(MANY, 1, now);
            }
        };
        store.change(&names, monday(), &mut sums).await.unwrap();
    };
    join_all((0..24).map(change)).await;
    let mut left = Vec::new();
    let mut sums = |buckets: &mut [Bucket], now| {
        left = buckets.iter().map(|bucket| bucket.left(MANY, now)).collect();
    };
    two.change(&["a", "b", "c", "d"], monday(), &mut sums)
        .await
        .unwrap();
    assert_eq!(left, [1000 - 18; 4]);
}

async fn what_is_taken_comes_back_and_outlives_the_process(fresh: Fresh) {
    assert_eq!(take(&main_of(&fresh).await, "calls", 25, monday()).await, 10);
    let store = main_of(&fresh).await;
    assert_eq!(take(&store, "calls", 1, monday()).await, 0);
    later(&fresh, HOUR * 3).await;
    assert_eq!(take(&store, "calls", 5, monday()).await, 3);
    later(&fresh, HOUR * 1000).await;
    assert_eq!(
        take(&store, "calls", 99, monday()).await,
        10,
        "and no more than it holds"
    );
    let mut sums = |buckets: &mut [Bucket], _| buckets[0] = Bucket::default();
    store.change(&["calls"], monday(), &mut sums).await.unwrap();
    assert_eq!(take(&store, "calls", 99, monday()).await, 10);
}

async fn a_clock_that_is_set_back_takes_nothing_away(fresh: Fresh) {
    let store = main_of(&fresh).await;
    take(&store, "full", 1, monday()).await;
    let mut sums = |buckets: &mut [Bucket], _| buckets[0] = Bucket::default();
    store.change(&["full"], monday(), &mut sums).await.unwrap();
    take(&store, "some", 3, monday()).await;
    take(&store, "empty", 10, monday()).await;
    set_back(&fresh, HOUR * 500).await;
    for (name, left) in [("full", 10), ("some", 7), ("empty", 0)] {
        assert_eq!(take(&store, name, 99, monday()).await, left, "{name}");
    }
    later(&fresh, HOUR * 2).await;
    assert_eq!(
        take(&store, "empty", 99, monday()).await,
        2,
        "it comes back from now on"
    );
}

async fn where_nothing_is_changed_nothing_is_written(fresh: Fresh) {
    let store = main_of(&fresh).await;
    assert_eq!(take(&store, "calls", 0, monday()).await, 0);
    assert_eq!(rows(&fresh).await, 0, "whoever only looks leaves nothing");
    take(&store, "calls", 10, monday()).await;
    let before = run(&fresh, "SELECT full_at FROM buckets").await;
    assert_eq!(take(&store, "calls", 1, monday()).await, 0);
    assert_eq!(run(&fresh, "SELECT full_at FROM buckets").await, before);
}

async fn what_is_full_is_forgotten_and_what_is_not_is_kept(fresh: Fresh) {
    let store = main_of(&fresh).await;
    take(&store, "soon full", 2, monday()).await;
    take(&store, "not for long", 10, monday()).await;
    store.forget_full_buckets(monday()).await.unwrap();
    assert_eq!(rows(&fresh).await, 2);
    later(&fresh, HOUR * 3).await;
    store.forget_full_buckets(monday()).await.unwrap();
    assert_eq!(rows(&fresh).await, 1);
    assert_eq!(take(&store, "not for long", 99, monday()).await, 3);
    assert_eq!(take(&store, "soon full", 99, monday()).await, 10);
}

async fn another_studio_counts_by_itself(fresh: Fresh) {
    let backend = fresh.open().await;
    let (main, other) = (
        backend.of(&StudioName::main()),
        backend.of(&StudioName::new("other").unwrap()),
    );
    assert_eq!(take(&main, "calls", 99, monday()).await, 10);
    assert_eq!(take(&other, "calls", 99, monday()).await, 10);
    later(&fresh, HOUR * 1000).await;
    main.forget_full_buckets(monday()).await.unwrap();
    assert_eq!(rows(&fresh).await, 1, "nobody forgets for another");
}

#[tokio::test]
async fn machines_whose_clocks_differ_go_by_the_servers() {
    let Some(fresh) = Fresh::postgres().await else {
        return;
    };
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    assert_eq!(take(&one, "calls", 10, monday() + TimeDelta::days(900)).await, 10);
    for now in [monday(), monday() + TimeDelta::days(1800)] {
        assert_eq!(take(&two, "calls", 1, now).await, 0);
    }
}
