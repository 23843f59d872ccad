//! One member with our app: signs in, looks for a time, validates, books, and does what people do when no answer comes.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Days, Utc};
use demo_studio::Member as Person;
use demo_studio::seed::crowd::{COACHING, COOL_DOWN, OPEN_FLOOR};
use hyper::Method;
use perfectgym::{
    Book, BookableAppointmentId, BookingId, BookingWish, CustomerId, DaysAhead, DeleteBooking, GetBooking,
    ListSlots, Operation, Slot, ValidateBooking,
};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

use super::fleet::Fleet;
use super::told::{self, Said, Story, Tell};
use crate::clock;
use crate::visitor::{Answer, Ask, Lost, Visitor};

/// Longer than anything that is done too late: after that a read tells how it stays.
const UNTIL_IT_STAYS: Duration = Duration::from_secs(10);
pub(super) const TRIES: usize = 6;

/// One member, and everything that they were told.
pub struct Member {
    pub(super) visitor: Visitor,
    pub(super) fleet: Arc<Fleet>,
    pub(super) chance: StdRng,
    customer: CustomerId,
    sign_in: Value,
    signed_in: bool,
    taken: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// Wish by wish.
    pub stories: Vec<Story>,
}

/// The path under which the proxy offers an operation.
fn api<O: Operation>(operation: &O) -> String {
    format!("/api{}", operation.target())
}

impl Member {
    /// Somebody of the crowd, who acts by this seed.
    #[must_use]
    pub fn new(person: &Person, fleet: Arc<Fleet>, seed: u64) -> Self {
        Self {
            visitor: Visitor::new(),
            fleet,
            chance: StdRng::seed_from_u64(seed),
            customer: person.id,
            sign_in: json!({ "customerNumber": person.customer_number, "dateOfBirth": person.date_of_birth }),
            signed_in: false,
            taken: Vec::new(),
            stories: Vec::new(),
        }
    }

    /// The same member once more, with a chance of their own.
    pub(super) fn alike(&self, seed: u64) -> Self {
        Self {
            visitor: self.visitor.other_tab(),
            fleet: Arc::clone(&self.fleet),
            chance: StdRng::seed_from_u64(seed),
            customer: self.customer,
            sign_in: self.sign_in.clone(),
            signed_in: self.signed_in,
            taken: Vec::new(),
            stories: Vec::new(),
        }
    }

    /// Wishes for one thing more, and goes through with it.
    pub async fn wish_once(&mut self) {
        self.signed_in().await;
        let Some(wish) = self.look_for_a_time().await else {
            return;
        };
        let mut story = Story::new(self.customer, wish);
        if self.may_go_on(&story.wish).await {
            self.tap(&mut story).await;
            self.perhaps_cancel(&mut story).await;
            let moved = self.perhaps_move(&mut story).await;
            self.stories.push(story);
            self.stories.extend(moved);
        }
    }

    pub(super) fn percent(&mut self, share: u32) -> bool {
        self.chance.random_range(0..100) < share
    }

    pub(super) async fn pause(&mut self, from: u64, to: u64) {
        let millis = self.chance.random_range(from..=to);
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }

    pub(super) async fn ask(&mut self, ask: Ask<'_>) -> Result<Answer, Lost> {
        let at = self.fleet.any(&mut self.chance);
        self.visitor.ask(at, ask).await
    }

    async fn signed_in(&mut self) {
        while !self.signed_in {
            let ask = Ask::of(Method::POST, "/session").with(self.sign_in.clone());
            let answer = self.ask(ask).await;
            self.signed_in = answer.is_ok_and(|answer| answer.status.is_success());
            if !self.signed_in {
                self.pause(500, 3000).await;
            }
        }
    }

    /// A time of a service, on a day, that clashes with nothing that this member ever wanted. Looked for until there is one:
    /// after a 429 nothing can be read for up to a minute.
    pub(super) async fn look_for_a_time(&mut self) -> Option<BookingWish> {
        while !self.fleet.is_over() {
            let (service, target) = self.somewhere()?;
            let slots = self.ask(Ask::get(&target)).await.ok().map(|answer| answer.json());
            let slots: Vec<Slot> = slots
                .and_then(|list| serde_json::from_value(list).ok())
                .unwrap_or_default();
            let free: Vec<&Slot> = slots.iter().filter(|slot| self.has_time(slot)).collect();
            if free.is_empty() {
                self.pause(300, 1500).await;
                continue;
            }
            let slot = free.get(self.chance.random_range(0..free.len()))?;
            self.taken
                .push((slot.start_date_time.instant(), slot.end_date_time.instant()));
            return Some(BookingWish::new(service, slot));
        }
        None
    }

    /// Most things are near; one in ten is further ahead than the upstream's list of bookings reaches.
    fn somewhere(&mut self) -> Option<(BookableAppointmentId, String)> {
        let service = match self.chance.random_range(0..10) {
            0..5 => OPEN_FLOOR,
            5..8 => COOL_DOWN,
            _ => COACHING,
        };
        let days = if self.percent(10) {
            self.chance.random_range(15..26)
        } else {
            self.chance.random_range(1..12)
        };
        let day = clock::today().date_naive().checked_add_days(Days::new(days))?;
        let slots = ListSlots {
            id: service,
            customer_id: None,
            days_ahead: DaysAhead::new(1).ok(),
            slot_window_start_date: Some(day),
        };
        Some((service, api(&slots)))
    }

    fn has_time(&self, slot: &Slot) -> bool {
        let (from, until) = (slot.start_date_time.instant(), slot.end_date_time.instant());
        self.taken
            .iter()
            .all(|(start, end)| *end <= from || until <= *start)
    }

    /// What validation says before; where it says nothing, people tap all the same. Nothing is told of a booking here.
    async fn may_go_on(&mut self, wish: &BookingWish) -> bool {
        if !self.percent(60) {
            return true;
        }
        let target = api(&ValidateBooking(wish.clone()));
        let answer = self.ask(Ask::of(Method::POST, &target).with(json!(wish))).await;
        let verdict = answer.map(|answer| answer.json()).unwrap_or_default();
        let word = verdict.get("validationStatus").and_then(Value::as_str);
        word.is_none_or(|word| word == "AVAILABLE")
    }

    /// Notes what was said, and hands it on.
    pub(super) fn hear(
        &mut self,
        story: &mut Story,
        about: &str,
        asked: tokio::time::Instant,
        said: Said,
    ) -> Said {
        story.tells.push(Tell {
            about: about.to_owned(),
            asked,
            heard: clock::now(),
            said: said.clone(),
        });
        said
    }

    /// Sends the wish once under a key.
    pub(super) async fn book(&mut self, story: &mut Story, key: &str) -> Said {
        let (asked, target) = (clock::now(), api(&Book(story.wish.clone())));
        let ask = Ask {
            key: Some(key),
            ..Ask::of(Method::POST, &target).with(json!(story.wish))
        };
        let said = told::of_book(&self.ask(ask).await);
        self.hear(story, key, asked, said)
    }

    /// Asks what became of a key, and says what it was for.
    pub(super) async fn ask_after(&mut self, story: &mut Story, key: &str) -> Said {
        let (asked, target) = (clock::now(), format!("/attempts/{key}"));
        let ask = Ask::of(Method::POST, &target).with(json!({ "wish": story.wish }));
        let said = told::of_attempt(&self.ask(ask).await);
        self.hear(story, key, asked, said)
    }

    async fn perhaps_cancel(&mut self, story: &mut Story) {
        let Some(id) = story.booked_as() else { return };
        if !self.percent(15) {
            return;
        }
        story.to_cancel = Some(id);
        let said = self.cancel(story, id).await;
        if said == Said::Cancelled(id) && self.percent(50) {
            self.cancel(story, id).await;
        }
    }

    /// Cancels, as often as nothing was done; where nobody knows, looks at the booking until it stays as it is.
    async fn cancel(&mut self, story: &mut Story, id: BookingId) -> Said {
        let (about, target) = (id.to_string(), api(&DeleteBooking { id }));
        for _ in 0..TRIES {
            let asked = clock::now();
            let said = match self.ask(Ask::of(Method::DELETE, &target)).await {
                Ok(answer) if answer.status.is_success() => Said::Cancelled(id),
                Ok(answer) => told::of_failure(&answer.json()).unwrap_or(Said::Unknown),
                Err(Lost) => Said::Unknown,
            };
            match self.hear(story, &about, asked, said) {
                Said::NothingDone(_) => self.pause(500, 2500).await,
                Said::Cancelled(id) => return Said::Cancelled(id),
                _ => break,
            }
        }
        self.see_whether_it_stands(story, id).await
    }

    async fn see_whether_it_stands(&mut self, story: &mut Story, id: BookingId) -> Said {
        let (about, target, began) = (id.to_string(), api(&GetBooking { id }), clock::now());
        while !self.fleet.is_over() {
            self.pause(1000, 2500).await;
            let asked = clock::now();
            let Ok(answer) = self.ask(Ask::get(&target)).await else {
                continue;
            };
            let body = answer.json();
            let said = match body.get("bookingStatus").and_then(Value::as_str) {
                Some("CANCELED") => Said::Cancelled(id),
                Some(_) if began.elapsed() > UNTIL_IT_STAYS => Said::Stands(id),
                _ => continue,
            };
            return self.hear(story, &about, asked, said);
        }
        Said::Unknown
    }
}
