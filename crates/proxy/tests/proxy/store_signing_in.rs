//! What any store has to do for signing in, told once for each database.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk_proxy::store::{Store, StudioName, Try};
use perfectgym::CustomerId;

use crate::databases::{Fresh, on_both};
use crate::support::monday;

const ADA: CustomerId = CustomerId(7);

on_both! {
    tries_are_counted_whichever_process_asks_and_end
    a_code_is_used_once_and_over_after_its_time
    what_is_used_once_is_used_by_one_process_alone
    signing_out_everywhere_is_never_taken_back
    another_studio_signs_in_by_itself
}

async fn main_of(fresh: &Fresh) -> Arc<dyn Store> {
    fresh.open().await.of(&StudioName::main())
}

fn soon() -> DateTime<Utc> {
    monday() + TimeDelta::minutes(10)
}

async fn tries_are_counted_whichever_process_asks_and_end(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    one.put_code("a", "sealed", 5, soon()).await.unwrap();
    let tries = (0..12).map(|n| if n % 2 == 0 { &one } else { &two }.take_try("a", monday()));
    let tries = futures_util::future::join_all(tries).await;
    let mut left: Vec<u32> = tries
        .into_iter()
        .filter_map(|taken| match taken.unwrap() {
            Try::Taken { sealed, left } => (sealed == "sealed").then_some(left),
            Try::UsedUp | Try::Gone => None,
        })
        .collect();
    left.sort_unstable();
    assert_eq!(left, [0, 1, 2, 3, 4]);
    assert_eq!(two.take_try("a", monday()).await.unwrap(), Try::UsedUp);
    assert_eq!(two.take_try("b", monday()).await.unwrap(), Try::Gone);
}

async fn a_code_is_used_once_and_over_after_its_time(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    for id in ["a", "b"] {
        one.put_code(id, "sealed", 5, soon()).await.unwrap();
    }
    assert_eq!(two.code("a", monday()).await.unwrap().as_deref(), Some("sealed"));
    let used = futures_util::future::join(one.use_code("a"), two.use_code("a")).await;
    assert!(used.0.unwrap() ^ used.1.unwrap());
    assert_eq!(one.take_try("a", monday()).await.unwrap(), Try::Gone);
    assert_eq!(one.code("b", soon()).await.unwrap(), None);
    assert_eq!(one.take_try("b", soon()).await.unwrap(), Try::Gone);
    one.forget_codes_before(soon() + TimeDelta::seconds(1))
        .await
        .unwrap();
    assert!(!one.use_code("b").await.unwrap(), "nothing of it is kept");
}

async fn what_is_used_once_is_used_by_one_process_alone(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    let uses = (0..8).map(|n| if n % 2 == 0 { &one } else { &two }.use_once("jti", soon()));
    let uses = futures_util::future::join_all(uses).await;
    assert_eq!(
        uses.into_iter().filter(|first| *first.as_ref().unwrap()).count(),
        1
    );
    one.forget_used_before(monday()).await.unwrap();
    assert!(!one.use_once("jti", soon()).await.unwrap(), "not before its time");
}

async fn signing_out_everywhere_is_never_taken_back(fresh: Fresh) {
    let store = main_of(&fresh).await;
    assert_eq!(store.signed_out_until(ADA).await.unwrap(), None);
    let until = monday() + TimeDelta::milliseconds(7);
    store.sign_out_everywhere(ADA, until).await.unwrap();
    store.sign_out_everywhere(ADA, monday()).await.unwrap();
    assert_eq!(store.signed_out_until(ADA).await.unwrap(), Some(until));
    assert_eq!(store.signed_out_until(CustomerId(8)).await.unwrap(), None);
    store.forget_signed_out_before(until).await.unwrap();
    assert_eq!(store.signed_out_until(ADA).await.unwrap(), Some(until));
}

async fn another_studio_signs_in_by_itself(fresh: Fresh) {
    let backend = fresh.open().await;
    let (main, other) = (
        backend.of(&StudioName::main()),
        backend.of(&StudioName::new("other").unwrap()),
    );
    main.put_code("a", "sealed", 5, soon()).await.unwrap();
    assert_eq!(other.take_try("a", monday()).await.unwrap(), Try::Gone);
    assert!(main.use_once("jti", soon()).await.unwrap() && other.use_once("jti", soon()).await.unwrap());
    main.sign_out_everywhere(ADA, monday()).await.unwrap();
    assert_eq!(other.signed_out_until(ADA).await.unwrap(), None);
}
