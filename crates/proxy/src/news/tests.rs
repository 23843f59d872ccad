//! Two processes on one line, which may break, or go silent.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use perfectgym::BookableAppointmentId;

use super::*;
use crate::store::{Ear, StoreError, StudioName};

const FAST: Pace = Pace {
    here: Duration::from_millis(5),
    silence: Duration::from_secs(60),
    pause: Duration::from_millis(1),
};
const IMPATIENT: Pace = Pace {
    silence: Duration::from_millis(50),
    ..FAST
};

/// What is said is heard by all who listen, unless it is cut or swallowed.
struct Wire {
    said: broadcast::Sender<Option<String>>,
    swallows: AtomicBool,
    fails: AtomicBool,
}

impl Wire {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            said: broadcast::channel(10_000).0,
            swallows: AtomicBool::default(),
            fails: AtomicBool::default(),
        })
    }

    fn cut(&self) {
        self.said.send(None).unwrap();
    }
}

#[async_trait]
impl Line for Wire {
    async fn say(&self, text: &str) -> Result<(), StoreError> {
        if self.fails.load(Ordering::SeqCst) {
            return Err(StoreError::Lost);
        }
        if !self.swallows.load(Ordering::SeqCst) {
            let _ = self.said.send(Some(text.to_owned()));
        }
        Ok(())
    }

    async fn listen(&self) -> Result<Box<dyn Ear>, StoreError> {
        Ok(Box::new(AtWire(self.said.subscribe())))
    }
}

struct AtWire(broadcast::Receiver<Option<String>>);

#[async_trait]
impl Ear for AtWire {
    async fn hear(&mut self) -> Result<String, StoreError> {
        self.0.recv().await.ok().flatten().ok_or(StoreError::Lost)
    }
}

fn on(wire: &Arc<Wire>) -> (Arc<News>, Hearing) {
    at(FAST, wire)
}

fn at(pace: Pace, wire: &Arc<Wire>) -> (Arc<News>, Hearing) {
    let news = News::with(Some(Arc::<Wire>::clone(wire)), pace);
    let hearing = news.hear();
    (news, hearing)
}

fn change(service: i64) -> Change {
    Change {
        studio: StudioName::main(),
        service: Some(BookableAppointmentId(service)),
    }
}

async fn both_listen(one: &mut Hearing, two: &mut Hearing) {
    assert_eq!(one.next().await, Some(Heard::MayHaveMissed));
    assert_eq!(two.next().await, Some(Heard::MayHaveMissed));
}

#[tokio::test]
async fn what_one_tells_the_other_hears_and_nobody_hears_themselves() {
    let wire = Wire::new();
    let ((one, mut at_one), (two, mut at_two)) = (on(&wire), on(&wire));
    both_listen(&mut at_one, &mut at_two).await;
    one.tell(change(7));
    assert_eq!(at_two.next().await, Some(Heard::Changed(change(7))));
    two.tell(change(8));
    assert_eq!(
        at_one.next().await,
        Some(Heard::Changed(change(8))),
        "and not its own before it"
    );
}

#[tokio::test]
async fn whoever_listens_anew_may_have_missed_something_and_hears_what_is_said_then() {
    let wire = Wire::new();
    let ((one, mut at_one), (_two, mut at_two)) = (on(&wire), on(&wire));
    both_listen(&mut at_one, &mut at_two).await;
    wire.cut();
    both_listen(&mut at_one, &mut at_two).await;
    one.tell(change(7));
    assert_eq!(at_two.next().await, Some(Heard::Changed(change(7))));
}

#[tokio::test]
async fn a_line_on_which_nothing_comes_back_is_left_for_another() {
    let wire = Wire::new();
    let ((one, mut at_one), (_two, mut at_two)) = (on(&wire), at(IMPATIENT, &wire));
    both_listen(&mut at_one, &mut at_two).await;
    wire.swallows.store(true, Ordering::SeqCst);
    // As through a pool that lets nobody keep a connection: it takes LISTEN, and then nothing comes.
    for _ in 0..2 {
        assert_eq!(at_two.next().await, Some(Heard::MayHaveMissed));
    }
    wire.swallows.store(false, Ordering::SeqCst);
    one.tell(change(7));
    loop {
        match at_two.next().await.unwrap() {
            Heard::MayHaveMissed => one.tell(change(7)),
            heard => break assert_eq!(heard, Heard::Changed(change(7))),
        }
    }
}

#[tokio::test]
async fn what_cannot_be_told_is_told_later_and_each_change_once() {
    let wire = Wire::new();
    let ((one, mut at_one), (_two, mut at_two)) = (on(&wire), on(&wire));
    both_listen(&mut at_one, &mut at_two).await;
    wire.fails.store(true, Ordering::SeqCst);
    for service in [7, 7, 7] {
        one.tell(change(service));
    }
    assert!(one.untold.as_ref().unwrap().tell_all().await.is_err());
    wire.fails.store(false, Ordering::SeqCst);
    one.finish().await;
    assert_eq!(at_two.next().await, Some(Heard::Changed(change(7))));
    let (third, _) = on(&wire);
    third.tell(change(8));
    assert_eq!(
        at_two.next().await,
        Some(Heard::Changed(change(8))),
        "and no other before it"
    );
}
