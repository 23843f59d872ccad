//! Reads that overlap with changes, with each other, and with whoever goes away.

use tokio::sync::oneshot;

use super::*;

fn kept() -> (Clock, Events, Kept<u8, String>) {
    let clock = Clock::standing_at("2026-11-23T08:00:00Z".parse().unwrap());
    let events = Events::default();
    let times = Times {
        name: "tests",
        fresh: Duration::from_secs(5),
        stands_in: Duration::from_secs(600),
        most: 1 << 20,
    };
    let kept = Kept::new(times, &clock, &events);
    (clock, events, kept)
}

type Read = std::future::Ready<Result<(String, usize), UpstreamError>>;

fn says(text: &str) -> impl FnOnce() -> Read {
    let text = text.to_owned();
    move || std::future::ready(Ok((text, 1)))
}

fn since(not_before: Event) -> Need {
    Need {
        not_before,
        ..Need::default()
    }
}

#[tokio::test]
async fn a_read_that_began_before_a_change_lands_after_it_and_is_shown_to_nobody_who_knows() {
    let (_, events, kept) = kept();
    let (lands, slow) = oneshot::channel::<()>();
    let before = || async move {
        let _ = slow.await;
        Ok(("before".to_owned(), 1))
    };
    let early = kept.flight(1, Need::default(), "en", before);
    let changed = events.next();
    let seen = kept.get(1, since(changed), "en", says("after")).await.unwrap();
    assert_eq!(*seen.value, "after");
    lands.send(()).unwrap();
    assert_eq!(
        *early.lands.await.ok().unwrap().value,
        "before",
        "for whoever asked before"
    );
    let seen = kept
        .get(1, since(changed), "en", says("never asked"))
        .await
        .unwrap();
    assert_eq!(*seen.value, "after", "what is older replaces nothing");
}

#[tokio::test]
async fn whoever_goes_away_ends_no_read_that_others_wait_for() {
    let (_, _, kept) = kept();
    let (lands, slow) = oneshot::channel::<()>();
    let read = || async move {
        let _ = slow.await;
        Ok(("there".to_owned(), 1))
    };
    let first = kept.flight(1, Need::default(), "en", read);
    let second = kept.flight(1, Need::default(), "en", says("never asked"));
    drop(first);
    lands.send(()).unwrap();
    assert_eq!(*second.lands.await.ok().unwrap().value, "there");
}

#[tokio::test]
async fn a_read_that_breaks_off_is_a_failure_once_and_not_for_ever() {
    let (_, _, kept) = kept();
    let breaks = || async { panic!("a fault of ours") };
    let failed = kept.get(1, Need::default(), "en", breaks).await;
    assert!(matches!(*failed.unwrap_err(), UpstreamError::NoAnswer(_)));
    let fine = kept.get(1, Need::default(), "en", says("fine")).await;
    assert_eq!(*fine.unwrap().value, "fine");
}

#[tokio::test]
async fn the_upstreams_words_are_for_whoever_speaks_the_language_they_were_asked_for_in() {
    let (_, _, kept) = kept();
    let (lands, slow) = oneshot::channel::<()>();
    let read = || async move {
        let _ = slow.await;
        let mut said = crate::upstream::Said::default();
        said.body.error_message = Some("Zu viel".to_owned());
        Err(UpstreamError::Refused(said))
    };
    let german = kept.flight(1, Need::default(), "de", read);
    let english = kept.flight(1, Need::default(), "en", says("never asked"));
    lands.send(()).unwrap();
    let words = |landed: Landed<String>| landed.err().unwrap().said().unwrap().body.error_message.clone();
    assert_eq!(words(german.lands.await).as_deref(), Some("Zu viel"));
    assert_eq!(words(english.lands.await), None);
}
