//! Who is let through, and when again. What is kept in databases is in the tests of the store.

use std::sync::atomic::Ordering;

use super::*;
use crate::store::buckets::in_memory::InMemory;

fn brake() -> Brake {
    brake_on(&Arc::default())
}

/// As of one of several proxies, or of the next start.
fn brake_on(store: &Arc<InMemory>) -> Brake {
    let store = Arc::<InMemory>::clone(store);
    Brake::new("number", Brakes::default(), &[7; 32], store, Arc::default())
}

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
}

fn address(last: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, last])
}

fn guess(identity: &str, from: u8) -> Guess<'_> {
    Guess {
        identity,
        address: address(from),
        device: None,
    }
}

/// Whether a guess is let through, and for how long not.
async fn admit(brake: &Brake, guess: Guess<'_>, minutes: i64) -> Result<Duration, TimeDelta> {
    brake
        .admit(guess, at(minutes))
        .await
        .map_err(|error| match error {
            BrakeError::Locked(locked) => locked.opens_in,
            BrakeError::Store(error) => panic!("{error}"),
        })
}

/// How many of these are let through, all at once.
async fn admitted<'a>(brake: &Brake, guesses: impl Iterator<Item = Guess<'a>>) -> usize {
    let all = guesses.map(|guess| admit(brake, guess, 0));
    let all = futures_util::future::join_all(all).await;
    all.iter().filter(|one| one.is_ok()).count()
}

#[tokio::test]
async fn the_sixth_guess_at_one_number_waits_and_the_lock_opens_by_itself() {
    let brake = brake();
    for _ in 0..5 {
        assert!(admit(&brake, guess("M-1", 9), 0).await.is_ok());
    }
    assert_eq!(
        admit(&brake, guess(" m-1", 9), 0).await,
        Err(TimeDelta::minutes(15))
    );
    assert!(admit(&brake, guess("M-2", 9), 0).await.is_ok());
    assert!(admit(&brake, guess("M-1", 9), 14).await.is_err());
    assert!(admit(&brake, guess("M-1", 9), 15).await.is_ok());
    assert!(admit(&brake, guess("M-1", 9), 15).await.is_err());
}

#[tokio::test]
async fn another_proxy_and_another_start_give_no_new_guesses() {
    let store = Arc::default();
    let (one, two) = (brake_on(&store), brake_on(&store));
    for n in 0..5 {
        let brake = if n % 2 == 0 { &one } else { &two };
        assert!(admit(brake, guess("M-1", 9), 0).await.is_ok());
    }
    for brake in [&one, &two, &brake_on(&store)] {
        assert_eq!(
            admit(brake, guess("M-1", 9), 0).await,
            Err(TimeDelta::minutes(15))
        );
    }
    let other_key = Brake::new("mail", Brakes::default(), &[7; 32], store, Arc::default());
    assert!(
        admit(&other_key, guess("M-1", 9), 0).await.is_ok(),
        "e-mails are counted by themselves"
    );
}

#[tokio::test]
async fn what_cannot_be_counted_is_not_let_through_and_nobody_is_locked_for_it() {
    let store = Arc::<InMemory>::default();
    let brake = brake_on(&store);
    store.away.store(true, Ordering::SeqCst);
    let refused = brake.admit(guess("M-1", 1), at(0)).await;
    assert!(matches!(refused, Err(BrakeError::Store(_))));
    store.away.store(false, Ordering::SeqCst);
    assert_eq!(admit(&brake, guess("M-1", 1), 0).await, Ok(Duration::ZERO));
}

#[tokio::test]
async fn a_stranger_uses_up_their_own_guesses_and_the_member_gets_in_all_the_same() {
    let brake = brake();
    // For a day, every time that it opens.
    for minute in 0..24 * 60 {
        while admit(&brake, guess("M-1", 66), minute).await.is_ok() {}
        assert!(admit(&brake, guess("M-1", 1), minute).await.is_ok(), "{minute}");
        brake.was_right(guess("M-1", 1), at(minute)).await;
    }
}

#[tokio::test]
async fn many_addresses_together_have_twenty_guesses_and_a_known_device_still_its_own() {
    let brake = brake();
    assert_eq!(
        admitted(&brake, (0..100).map(|from| guess("M-1", from))).await,
        20
    );
    let locked = admit(&brake, guess("M-1", 200), 0).await;
    assert_eq!(locked, Err(TimeDelta::minutes(15)), "it opens by itself");
    let own = Guess {
        device: Some("hers"),
        ..guess("M-1", 200)
    };
    let tries = admitted(&brake, (0..9).map(|_| own)).await;
    assert_eq!(tries, 5, "a device that was taken away guesses no faster");
}

#[tokio::test]
async fn a_number_however_long_takes_as_little_room_as_any_other() {
    let store = Arc::<InMemory>::default();
    let (brake, long) = (brake_on(&store), "9".repeat(15_000));
    for _ in 0..5 {
        assert!(admit(&brake, guess(&long, 9), 0).await.is_ok());
    }
    assert!(admit(&brake, guess(&long, 9), 0).await.is_err());
    assert!(admit(&brake, guess(&format!("{long}9"), 9), 0).await.is_ok());
    assert!(store.names().iter().all(|name| name.len() < 60));
}

#[tokio::test]
async fn one_address_cannot_go_through_the_numbers() {
    let brake = brake();
    let numbers: Vec<String> = (0..100).map(|n: u32| n.to_string()).collect();
    assert_eq!(
        admitted(&brake, numbers.iter().map(|number| guess(number, 1))).await,
        30
    );
    assert!(admit(&brake, guess("77", 2), 0).await.is_ok());
}

#[tokio::test]
async fn a_right_answer_and_a_failing_upstream_cost_nothing() {
    let brake = brake();
    for _ in 0..500 {
        assert_eq!(admit(&brake, guess("M-1", 1), 0).await, Ok(Duration::ZERO));
        brake.was_right(guess("M-1", 1), at(0)).await;
        assert_eq!(admit(&brake, guess("M-2", 1), 0).await, Ok(Duration::ZERO));
        brake.was_not_checked(guess("M-2", 1), at(0)).await;
    }
}

#[tokio::test]
async fn a_flood_from_everywhere_slows_all_and_refuses_nobody() {
    let brake = brake();
    let mut last = Duration::ZERO;
    for n in 0..2000_u32 {
        let flood = Guess {
            identity: &n.to_string(),
            address: IpAddr::from(n.to_be_bytes()),
            device: None,
        };
        last = admit(&brake, flood, 0).await.unwrap();
        assert_eq!(last.is_zero(), n < 300, "{n}");
    }
    assert_eq!(last, Duration::from_secs(5));
    assert_eq!(admit(&brake, guess("M-1", 1), 10).await, Ok(Duration::ZERO));
}

#[tokio::test]
async fn a_clock_that_is_set_back_lengthens_no_lock() {
    let brake = brake();
    while admit(&brake, guess("M-1", 1), 24 * 60).await.is_ok() {}
    assert_eq!(
        admit(&brake, guess("M-1", 1), 0).await,
        Err(TimeDelta::minutes(15))
    );
    assert!(admit(&brake, guess("M-1", 1), 15).await.is_ok());
}

#[test]
fn a_whole_ipv6_network_counts_as_one() {
    let of = |last: u128| IpAddr::V6((0x2001_0db8_u128 << 96 | last).into());
    assert_eq!(network(of(1)), network(of(2)));
    assert_eq!(network("::ffff:192.0.2.1".parse().unwrap()), address(1));
}
