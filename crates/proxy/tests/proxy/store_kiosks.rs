//! What any store has to do for kiosks, told once for each database.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk_proxy::store::{KioskState, NewKiosk, PairedKiosk, Store, StudioName};

use crate::databases::{Fresh, on_both};
use crate::support::monday;

on_both! {
    a_code_pairs_one_device_whichever_process_it_comes_to
    a_code_that_is_over_or_was_revoked_or_replaced_pairs_nothing
    a_name_with_a_device_is_kept_and_one_without_is_taken_anew
    a_kiosk_that_is_revoked_is_none_at_once_for_every_process
    what_is_of_no_use_is_forgotten_and_what_is_paired_is_not
    a_studios_kiosks_are_no_other_studios
    when_one_was_last_seen_is_kept_to_some_minutes_and_not_for_the_next_device
}

async fn main_of(fresh: &Fresh) -> Arc<dyn Store> {
    fresh.open().await.of(&StudioName::main())
}

fn over() -> DateTime<Utc> {
    monday() + TimeDelta::minutes(10)
}

fn new(name: &str, id: &str) -> NewKiosk {
    NewKiosk {
        name: name.into(),
        id: id.into(),
        code_hash: format!("hash of {id}"),
        code_until: over(),
    }
}

fn desk(id: &str) -> Option<PairedKiosk> {
    Some(PairedKiosk {
        id: id.into(),
        name: "Desk".into(),
    })
}

async fn pair(store: &Arc<dyn Store>, id: &str) -> Option<PairedKiosk> {
    store
        .pair_kiosk(&format!("hash of {id}"), monday())
        .await
        .unwrap()
}

async fn a_code_pairs_one_device_whichever_process_it_comes_to(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    assert!(one.put_kiosk(&new("Desk", "a")).await.unwrap());
    assert_eq!(two.kiosk("a").await.unwrap(), None, "not before its device came");
    let all = (0..8).map(|n| pair(if n % 2 == 0 { &one } else { &two }, "a"));
    let mut came: Vec<_> = futures_util::future::join_all(all).await;
    came.retain(Option::is_some);
    assert_eq!(came, [desk("a")]);
    assert_eq!(two.kiosk("a").await.unwrap(), desk("a"));
}

async fn a_code_that_is_over_or_was_revoked_or_replaced_pairs_nothing(fresh: Fresh) {
    let store = main_of(&fresh).await;
    store.put_kiosk(&new("Desk", "a")).await.unwrap();
    assert_eq!(store.pair_kiosk("hash of a", over()).await.unwrap(), None);
    store.put_kiosk(&new("Desk", "b")).await.unwrap();
    assert_eq!(pair(&store, "a").await, None, "another took its place");
    assert!(store.revoke_kiosk("Desk", monday()).await.unwrap());
    assert_eq!(pair(&store, "b").await, None);
    assert_eq!(pair(&store, "c").await, None, "there never was one");
}

async fn a_name_with_a_device_is_kept_and_one_without_is_taken_anew(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    assert!(one.put_kiosk(&new("Desk", "a")).await.unwrap());
    assert!(two.put_kiosk(&new("Desk", "b")).await.unwrap());
    assert_eq!(pair(&one, "b").await, desk("b"));
    assert!(!two.put_kiosk(&new("Desk", "c")).await.unwrap());
    assert_eq!(one.kiosk("b").await.unwrap(), desk("b"));
    two.revoke_kiosk("Desk", monday()).await.unwrap();
    assert!(one.put_kiosk(&new("Desk", "d")).await.unwrap());
    assert_eq!(pair(&two, "d").await, desk("d"));
    assert_eq!(
        two.kiosk("b").await.unwrap(),
        None,
        "what stood there before stays gone"
    );
}

async fn a_kiosk_that_is_revoked_is_none_at_once_for_every_process(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    one.put_kiosk(&new("Desk", "a")).await.unwrap();
    pair(&one, "a").await.unwrap();
    let later = monday() + TimeDelta::hours(1);
    assert!(two.revoke_kiosk("Desk", later).await.unwrap());
    assert_eq!(one.kiosk("a").await.unwrap(), None);
    assert!(!one.revoke_kiosk("Desk", later).await.unwrap(), "once");
    assert!(!one.revoke_kiosk("Hall", later).await.unwrap());
    let all = one.kiosks().await.unwrap();
    assert_eq!(all, [("Desk".to_owned(), KioskState::Revoked(later))]);
}

async fn what_is_of_no_use_is_forgotten_and_what_is_paired_is_not(fresh: Fresh) {
    let store = main_of(&fresh).await;
    for name in ["Gone", "Never", "Paired", "Soon"] {
        store.put_kiosk(&new(name, name)).await.unwrap();
    }
    for name in ["Gone", "Paired"] {
        pair(&store, name).await.unwrap();
    }
    store.revoke_kiosk("Gone", over()).await.unwrap();
    let mut soon = new("Soon", "Soon");
    soon.code_until = over() + TimeDelta::hours(1);
    store.put_kiosk(&soon).await.unwrap();
    store.forget_kiosks_before(over()).await.unwrap();
    assert_eq!(store.kiosks().await.unwrap().len(), 4, "not before their time");
    store
        .forget_kiosks_before(over() + TimeDelta::minutes(1))
        .await
        .unwrap();
    let left = store.kiosks().await.unwrap();
    let waits = KioskState::Waits(soon.code_until);
    let paired = KioskState::Paired {
        at: monday(),
        seen: None,
    };
    assert_eq!(left, [("Paired".to_owned(), paired), ("Soon".to_owned(), waits)]);
}

async fn when_one_was_last_seen_is_kept_to_some_minutes_and_not_for_the_next_device(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    one.put_kiosk(&new("Desk", "a")).await.unwrap();
    pair(&one, "a").await.unwrap();
    let seen = async |store: &Arc<dyn Store>| match store.kiosks().await.unwrap()[0].1 {
        KioskState::Paired { seen, .. } => seen,
        _ => None,
    };
    let minute = |minutes| monday() + TimeDelta::minutes(minutes);
    // Who heard it, when, and what is known then.
    for (store, now, known) in [
        (&one, 1, 1),
        (&two, 3, 1),
        (&two, 6, 6),
        (&one, 10, 6),
        (&one, 2, 2), // its clock was set back
    ] {
        let unless_since = minute(now) - TimeDelta::minutes(5);
        store.kiosk_seen("a", minute(now), unless_since).await.unwrap();
        assert_eq!(seen(&two).await, Some(minute(known)), "{now}");
    }
    one.kiosk_seen("b", minute(9), minute(4)).await.unwrap();
    assert_eq!(
        one.kiosks().await.unwrap().len(),
        1,
        "nobody is made by being seen"
    );
    one.revoke_kiosk("Desk", minute(9)).await.unwrap();
    two.put_kiosk(&new("Desk", "c")).await.unwrap();
    pair(&two, "c").await.unwrap();
    assert_eq!(seen(&one).await, None);
}

async fn a_studios_kiosks_are_no_other_studios(fresh: Fresh) {
    let backend = fresh.open().await;
    let main = backend.of(&StudioName::main());
    let other = backend.of(&StudioName::new("other").unwrap());
    main.put_kiosk(&new("Desk", "a")).await.unwrap();
    assert!(
        other.put_kiosk(&new("Desk", "b")).await.unwrap(),
        "each has its names"
    );
    assert_eq!(pair(&other, "a").await, None, "a code is its studio's");
    assert_eq!(pair(&main, "a").await, desk("a"));
    assert_eq!(other.kiosk("a").await.unwrap(), None);
    assert_eq!(other.kiosks().await.unwrap().len(), 1);
    assert!(other.revoke_kiosk("Desk", monday()).await.unwrap());
    assert_eq!(main.kiosk("a").await.unwrap(), desk("a"));
}
