//! What any store has to do, told once for each database.

use std::sync::Arc;

use booking::{AttemptKey, Failure, FailureKind};
use chrono::TimeDelta;
use frontdesk_proxy::store::{
    Begun, BegunMove, Concluded, MoveStep, Outcome, State, Step, Store, StudioName,
};
use perfectgym::{AppointmentBooking, BookingId, BookingWish, CustomerId};
use serde_json::json;

use crate::databases::{Fresh, on_both};
use crate::scripted;
use crate::support::monday;

const ADA: CustomerId = CustomerId(7);
const BOB: CustomerId = CustomerId(8);

on_both! {
    an_intent_is_sent_by_one_process_alone
    a_wish_is_open_once_and_other_keys_follow_it
    of_many_that_begin_the_same_wish_at_once_one_is_first
    one_that_follows_takes_over_when_the_first_is_ended
    what_is_known_is_never_replaced_by_less
    a_verdict_on_an_intent_is_none_on_what_another_has_sent
    a_booking_that_was_said_not_to_be_is_written_and_said_to_be_late
    an_attempt_is_forgotten_only_where_it_stands_as_was_thought
    a_booking_made_here_tells_its_wish
    the_key_under_which_a_wish_is_open_is_found
    open_attempts_are_found_by_age_and_looked_at_by_one
    what_was_asked_after_before_it_came_is_void
    a_studio_sees_nothing_of_another
    bookings_far_ahead_are_remembered_until_they_are_over
    sessions_that_were_ended_stay_ended_until_they_would_have_been
    what_is_old_is_forgotten
    what_stays_open_is_looked_at_less_and_less
    a_move_goes_forward_and_is_told_where_it_stands
    one_booking_is_moved_once_under_whatever_keys
}

fn key(n: u32) -> AttemptKey {
    AttemptKey::new(&format!("key-of-attempt-number-{n}")).unwrap()
}

fn wish() -> BookingWish {
    serde_json::from_value(scripted::wish()).unwrap()
}

fn booking(id: i64) -> AppointmentBooking {
    serde_json::from_value(scripted::booking(id)).unwrap()
}

fn booked(id: i64) -> Outcome {
    Outcome::Booked(Box::new(booking(id)))
}

fn refused() -> Outcome {
    Outcome::Refused(Box::new(Failure::of(FailureKind::Refused)))
}

async fn main_of(fresh: &Fresh) -> Arc<dyn Store> {
    fresh.open().await.of(&StudioName::main())
}

async fn begin(store: &Arc<dyn Store>, n: u32) -> Begun {
    store
        .begin(ADA, &key(n), &wish(), Some("Massage"), monday())
        .await
        .unwrap()
}

async fn conclude(store: &Arc<dyn Store>, n: u32, stands: State, outcome: &Outcome) -> Concluded {
    store
        .conclude(ADA, &key(n), stands, outcome, monday())
        .await
        .unwrap()
}

async fn outcome(store: &Arc<dyn Store>, n: u32) -> Outcome {
    store.attempt(ADA, &key(n)).await.unwrap().unwrap().outcome
}

/// Brings an attempt to where a test wants it.
async fn sent(store: &Arc<dyn Store>, n: u32) {
    assert_eq!(begin(store, n).await, Begun::New);
    assert!(store.send(ADA, &key(n), monday()).await.unwrap());
}

async fn an_intent_is_sent_by_one_process_alone(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    assert_eq!(begin(&one, 1).await, Begun::New);
    assert!(matches!(begin(&two, 1).await, Begun::Taken(before) if before.outcome == Outcome::Intent));
    let key = key(1);
    let (first, second) = tokio::join!(one.send(ADA, &key, monday()), two.send(ADA, &key, monday()));
    assert!(first.unwrap() != second.unwrap(), "one and only one sends");
    assert_eq!(outcome(&one, 1).await, Outcome::Sent);
    assert!(!two.send(ADA, &key, monday()).await.unwrap());
}

async fn a_wish_is_open_once_and_other_keys_follow_it(fresh: Fresh) {
    let store = main_of(&fresh).await;
    sent(&store, 1).await;
    // The same wish in other words: by instant, with the same people in another order.
    let mut people = scripted::wish();
    people["instructorIds"] = json!([1, 2]);
    let mut other_words = people.clone();
    other_words["startDateTime"] = json!("2026-11-26T11:00:00+01:00[Europe/Berlin]");
    other_words["instructorIds"] = json!([2, 1, 2]);
    let other_people: BookingWish = serde_json::from_value(people).unwrap();
    let other_words: BookingWish = serde_json::from_value(other_words).unwrap();
    let begin = |n: u32, wish: BookingWish| {
        let store = Arc::clone(&store);
        async move { store.begin(ADA, &key(n), &wish, None, monday()).await.unwrap() }
    };
    let follows = begin(2, wish()).await;
    assert!(
        matches!(&follows, Begun::Follows(leader, open) if *leader == key(1) && open.outcome == Outcome::Sent),
        "{follows:?}"
    );
    assert_eq!(outcome(&store, 2).await, Outcome::Follows(key(1)));
    assert!(!store.send(ADA, &key(2), monday()).await.unwrap());
    // With other people, or for another customer, it is another wish.
    assert_eq!(begin(3, other_people).await, Begun::New);
    assert!(matches!(begin(4, other_words).await, Begun::Follows(leader, _) if leader == key(3)));
    let bobs = store.begin(BOB, &key(1), &wish(), None, monday()).await.unwrap();
    assert_eq!(bobs, Begun::New);
}

async fn of_many_that_begin_the_same_wish_at_once_one_is_first(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    let all = (0..16).map(|n| {
        let store = Arc::clone(if n % 2 == 0 { &one } else { &two });
        tokio::spawn(async move { begin(&store, n).await })
    });
    let mut new = 0;
    for begun in futures_util::future::join_all(all).await {
        match begun.unwrap() {
            Begun::New => new += 1,
            Begun::Follows(..) => {}
            Begun::Taken(before) => panic!("each key is its own: {before:?}"),
        }
    }
    assert_eq!(new, 1);
}

async fn one_that_follows_takes_over_when_the_first_is_ended(fresh: Fresh) {
    let store = main_of(&fresh).await;
    assert_eq!(begin(&store, 1).await, Begun::New);
    assert!(matches!(begin(&store, 2).await, Begun::Follows(..)));
    assert!(matches!(begin(&store, 3).await, Begun::Follows(..)));
    let ended = conclude(&store, 1, State::Intent, &Outcome::NotBooked).await;
    assert_eq!(ended, Concluded::Written);
    assert!(
        !store.send(ADA, &key(1), monday()).await.unwrap(),
        "a late process loses"
    );
    assert_eq!(begin(&store, 2).await, Begun::New);
    assert!(matches!(begin(&store, 3).await, Begun::Follows(leader, _) if leader == key(2)));
    assert!(store.send(ADA, &key(2), monday()).await.unwrap());
}

async fn what_is_known_is_never_replaced_by_less(fresh: Fresh) {
    let store = main_of(&fresh).await;
    let outcomes = [
        Outcome::Sent,
        Outcome::Uncertain,
        Outcome::NotBooked,
        refused(),
        booked(6),
        Outcome::Void,
        Outcome::Intent,
    ];
    for (n, truth) in [(1, booked(5)), (2, refused())] {
        sent(&store, n).await;
        assert_eq!(conclude(&store, n, State::Sent, &truth).await, Concluded::Written);
        for stands in State::ALL {
            for less in &outcomes {
                let written = conclude(&store, n, stands, less).await;
                assert!(
                    matches!(written, Concluded::Stands(Some(_))),
                    "{less:?}: {written:?}"
                );
            }
        }
        assert_eq!(outcome(&store, n).await, truth);
    }
}

async fn a_verdict_on_an_intent_is_none_on_what_another_has_sent(fresh: Fresh) {
    let store = main_of(&fresh).await;
    sent(&store, 1).await;
    // Both processes validated; the other's book is what the upstream refused this one for.
    let written = conclude(&store, 1, State::Intent, &refused()).await;
    assert!(matches!(written, Concluded::Stands(Some(stands)) if stands.outcome == Outcome::Sent));
    assert_eq!(
        conclude(&store, 1, State::Sent, &booked(5)).await,
        Concluded::Written
    );
}

async fn a_booking_that_was_said_not_to_be_is_written_and_said_to_be_late(fresh: Fresh) {
    let store = main_of(&fresh).await;
    sent(&store, 1).await;
    assert_eq!(
        conclude(&store, 1, State::Sent, &Outcome::NotBooked).await,
        Concluded::Written
    );
    assert_eq!(State::NotBooked.step(State::Booked), Some(Step::Late));
    assert_eq!(
        conclude(&store, 1, State::Sent, &booked(5)).await,
        Concluded::Late
    );
    assert_eq!(outcome(&store, 1).await, booked(5));
}

async fn an_attempt_is_forgotten_only_where_it_stands_as_was_thought(fresh: Fresh) {
    let store = main_of(&fresh).await;
    sent(&store, 1).await;
    store.forget(ADA, &key(1), State::Intent).await.unwrap();
    assert_eq!(outcome(&store, 1).await, Outcome::Sent);
    store.forget(ADA, &key(1), State::Sent).await.unwrap();
    assert_eq!(store.attempt(ADA, &key(1)).await.unwrap(), None);
    assert_eq!(begin(&store, 1).await, Begun::New);
}

async fn a_booking_made_here_tells_its_wish(fresh: Fresh) {
    let store = main_of(&fresh).await;
    sent(&store, 1).await;
    assert_eq!(store.wish_of(ADA, BookingId(5)).await.unwrap(), None);
    conclude(&store, 1, State::Sent, &booked(5)).await;
    assert_eq!(store.wish_of(ADA, BookingId(5)).await.unwrap(), Some(wish()));
    assert_eq!(store.wish_of(BOB, BookingId(5)).await.unwrap(), None);
    let since = async |who, time| store.booked_since(who, &wish(), time).await.unwrap();
    assert_eq!(since(ADA, monday()).await, Some(booking(5)));
    assert_eq!(since(ADA, monday() + TimeDelta::seconds(1)).await, None);
    assert_eq!(since(BOB, monday()).await, None);
}

async fn the_key_under_which_a_wish_is_open_is_found(fresh: Fresh) {
    let store = main_of(&fresh).await;
    let open = async |who| store.open_at(who, &wish()).await.unwrap();
    assert_eq!(open(ADA).await, None);
    sent(&store, 1).await;
    assert_eq!(open(ADA).await, Some(key(1)));
    assert_eq!(open(BOB).await, None);
    conclude(&store, 1, State::Sent, &booked(5)).await;
    assert_eq!(open(ADA).await, None);
}

async fn open_attempts_are_found_by_age_and_looked_at_by_one(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    sent(&one, 1).await;
    let (soon, later) = (
        monday() + TimeDelta::seconds(30),
        monday() + TimeDelta::minutes(5),
    );
    assert_eq!(one.open_attempts(monday(), soon).await.unwrap(), []);
    let open = one.open_attempts(soon, later).await.unwrap();
    let [open] = &open[..] else { panic!("{open:?}") };
    assert_eq!((open.customer(), open.key()), (ADA, &key(1)));
    assert_eq!(open.attempt().title.as_deref(), Some("Massage"));
    let before = later - TimeDelta::minutes(1);
    let (first, second) = tokio::join!(
        one.claim_look(open, before, later),
        two.claim_look(open, before, later)
    );
    assert!(first.unwrap() != second.unwrap(), "one of them looks");
    assert_eq!(two.open_attempts(soon, before).await.unwrap(), []);
    // What cannot be settled is said once, by whichever.
    assert!(one.tell_once(ADA, &key(1), later).await.unwrap());
    assert!(!two.tell_once(ADA, &key(1), later).await.unwrap());
    conclude(&one, 1, State::Sent, &Outcome::NotBooked).await;
    assert_eq!(one.open_attempts(later, later).await.unwrap(), []);
}

async fn what_was_asked_after_before_it_came_is_void(fresh: Fresh) {
    let store = main_of(&fresh).await;
    assert_eq!(store.void(ADA, &key(1), monday()).await.unwrap(), None);
    assert!(matches!(begin(&store, 1).await, Begun::Taken(before) if before.outcome == Outcome::Void));
    sent(&store, 2).await;
    let stands = store.void(ADA, &key(2), monday()).await.unwrap().unwrap();
    assert_eq!((stands.outcome, stands.wish), (Outcome::Sent, Some(wish())));
}

async fn a_studio_sees_nothing_of_another(fresh: Fresh) {
    let backend = fresh.open().await;
    let one = backend.of(&StudioName::new("studio-1").unwrap());
    let two = backend.of(&StudioName::new("studio-2").unwrap());
    sent(&one, 1).await;
    conclude(&one, 1, State::Sent, &booked(5)).await;
    sent(&one, 2).await;
    let far = monday() + TimeDelta::days(30);
    one.remember(ADA, BookingId(5), far).await.unwrap();
    one.revoke("session", far).await.unwrap();

    assert_eq!(two.attempt(ADA, &key(1)).await.unwrap(), None);
    assert_eq!(two.wish_of(ADA, BookingId(5)).await.unwrap(), None);
    assert_eq!(two.open_attempts(far, far).await.unwrap(), []);
    assert_eq!(two.remembered(ADA, monday()).await.unwrap(), []);
    assert!(!two.is_revoked("session").await.unwrap());
    assert_eq!(begin(&two, 1).await, Begun::New);
    two.forget_attempts_before(far).await.unwrap();
    two.forget_bookings_over_before(far + TimeDelta::days(1))
        .await
        .unwrap();
    two.forget_revoked_before(far + TimeDelta::days(1)).await.unwrap();
    assert_eq!(outcome(&one, 1).await, booked(5));
    assert_eq!(one.remembered(ADA, monday()).await.unwrap(), [BookingId(5)]);
    assert!(one.is_revoked("session").await.unwrap());
}

async fn bookings_far_ahead_are_remembered_until_they_are_over(fresh: Fresh) {
    let store = main_of(&fresh).await;
    let at = |days| monday() + TimeDelta::days(days);
    for (id, ends_at) in [(6, at(30)), (5, at(20)), (5, at(20))] {
        store.remember(ADA, BookingId(id), ends_at).await.unwrap();
    }
    let ids = store.remembered(ADA, monday()).await.unwrap();
    assert_eq!(ids, [BookingId(5), BookingId(6)]);
    assert_eq!(store.remembered(ADA, at(25)).await.unwrap(), [BookingId(6)]);
    assert_eq!(store.remembered(BOB, monday()).await.unwrap(), []);
    store.forget_booking(BookingId(6)).await.unwrap();
    store.forget_bookings_over_before(at(10)).await.unwrap();
    assert_eq!(store.remembered(ADA, monday()).await.unwrap(), [BookingId(5)]);
    store.forget_bookings_over_before(at(25)).await.unwrap();
    assert_eq!(store.remembered(ADA, monday()).await.unwrap(), []);
}

async fn sessions_that_were_ended_stay_ended_until_they_would_have_been(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    let end = monday() + TimeDelta::hours(1);
    for _ in 0..2 {
        one.revoke("session", end).await.unwrap();
    }
    assert!(two.is_revoked("session").await.unwrap());
    assert!(!two.is_revoked("another").await.unwrap());
    two.forget_revoked_before(end).await.unwrap();
    assert!(one.is_revoked("session").await.unwrap());
    two.forget_revoked_before(end + TimeDelta::seconds(1))
        .await
        .unwrap();
    assert!(!one.is_revoked("session").await.unwrap());
}

async fn what_is_old_is_forgotten(fresh: Fresh) {
    let store = main_of(&fresh).await;
    sent(&store, 1).await;
    assert_eq!(store.forget_attempts_before(monday()).await.unwrap(), 0);
    let later = monday() + TimeDelta::seconds(1);
    assert_eq!(store.forget_attempts_before(later).await.unwrap(), 1);
    assert_eq!(store.attempt(ADA, &key(1)).await.unwrap(), None);
}

async fn one_booking_is_moved_once_under_whatever_keys(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    let old = BookingId(5);
    let (first, second, wish) = (key(1), key(2), wish());
    let (a, b) = tokio::join!(
        one.begin_move(ADA, &first, old, &wish, monday()),
        two.begin_move(ADA, &second, old, &wish, monday())
    );
    let begun = [(&first, a.unwrap()), (&second, b.unwrap())];
    let new: Vec<_> = begun
        .iter()
        .filter(|(_, begun)| *begun == BegunMove::New)
        .map(|(key, _)| *key)
        .collect();
    let [new] = new[..] else { panic!("{begun:?}") };
    let late = if *new == first { &second } else { &first };
    assert!(begun.iter().any(
        |(_, begun)| matches!(begun, BegunMove::Another(key, stands) if key == new && stands.old == old)
    ));
    assert_eq!(
        two.begin_move(BOB, late, old, &wish, monday()).await.unwrap(),
        BegunMove::New
    );
    let step = async |next| one.step_move(ADA, new, next, None, monday()).await.unwrap();
    assert!(step(MoveStep::NotMoved).await);
    let again = two.begin_move(ADA, late, old, &wish, monday()).await.unwrap();
    assert_eq!(again, BegunMove::New, "the first came to nothing");
}

async fn a_move_goes_forward_and_is_told_where_it_stands(fresh: Fresh) {
    let (one, two) = (main_of(&fresh).await, main_of(&fresh).await);
    let (key, old) = (key(1), BookingId(5));
    let begun = one.begin_move(ADA, &key, old, &wish(), monday()).await.unwrap();
    assert_eq!(begun, BegunMove::New);
    let stands = two.begin_move(ADA, &key, BookingId(6), &wish(), monday()).await;
    let BegunMove::Taken(stands) = stands.unwrap() else {
        panic!("the key is taken")
    };
    assert_eq!((stands.old, stands.step), (old, MoveStep::Booking));
    assert!(stands.is_to(&wish()));
    assert_eq!(two.move_of(BOB, &key).await.unwrap(), None);

    let step = async |store: &Arc<dyn Store>, next, failure: Option<&Failure>| {
        store.step_move(ADA, &key, next, failure, monday()).await.unwrap()
    };
    assert!(
        !step(&one, MoveStep::Moved, None).await,
        "not before it is booked"
    );
    let later = monday() + TimeDelta::minutes(5);
    let open = two.open_moves(later, later).await.unwrap();
    assert_eq!((open[0].customer(), open[0].key()), (ADA, &key));
    let (first, second) = tokio::join!(
        one.claim_move(&open[0], later, later),
        two.claim_move(&open[0], later, later)
    );
    assert!(first.unwrap() != second.unwrap(), "one of them goes on with it");
    assert!(step(&one, MoveStep::Cancelling, None).await);
    assert!(!step(&two, MoveStep::NotMoved, None).await, "it is booked");
    let failure = Failure {
        upstream_message: Some("Ada Planted".into()),
        ..Failure::of(FailureKind::Refused)
    };
    assert!(step(&one, MoveStep::BothStand, Some(&failure)).await);
    let stands = two.move_of(ADA, &key).await.unwrap().unwrap();
    assert_eq!(stands.failure, Some(Failure::of(FailureKind::Refused)));
    assert!(step(&two, MoveStep::Moved, None).await, "the other process could");
    assert!(!step(&one, MoveStep::BothStand, Some(&failure)).await);
    assert_eq!(one.open_moves(later, later).await.unwrap(), []);
    one.forget_moves_before(later).await.unwrap();
    assert_eq!(two.move_of(ADA, &key).await.unwrap(), None);
}

async fn what_stays_open_is_looked_at_less_and_less(fresh: Fresh) {
    let store = main_of(&fresh).await;
    sent(&store, 1).await;
    let after = |hours: i64, minutes: i64| monday() + TimeDelta::hours(hours) + TimeDelta::minutes(minutes);
    let open = store.open_attempts(after(8, 0), after(8, 0)).await.unwrap();
    assert!(
        store
            .claim_look(&open[0], after(8, 0), after(8, 0))
            .await
            .unwrap()
    );
    assert_eq!(store.open_attempts(after(9, 0), after(9, 0)).await.unwrap(), []);
    assert!(
        !store
            .claim_look(&open[0], after(9, 0), after(9, 0))
            .await
            .unwrap()
    );
    assert_eq!(
        store.open_attempts(after(9, 1), after(9, 1)).await.unwrap().len(),
        1
    );
    assert!(
        store
            .claim_look(&open[0], after(9, 1), after(9, 1))
            .await
            .unwrap()
    );
}
