//! Moving what was booked to another time: one tap, two bookings to tell the truth about.

use hyper::Method;
use perfectgym::BookingId;
use rand::Rng as _;
use serde_json::json;

use super::member::{Member, TRIES};
use super::told::{self, Moved, Said, Story};
use crate::clock;
use crate::visitor::Ask;

impl Member {
    /// One in ten wants another time after all: the story of that time, beside the one of the old.
    pub(super) async fn perhaps_move(&mut self, old: &mut Story) -> Option<Story> {
        let id = old.booked_as().filter(|_| old.to_cancel.is_none())?;
        if !self.percent(10) {
            return None;
        }
        let mut new = Story::new(old.wish_id.0, self.look_for_a_time().await?);
        new.moves = Some("nothing");
        self.move_to(old, &mut new, id).await;
        Some(new)
    }

    async fn move_to(&mut self, old: &mut Story, new: &mut Story, id: BookingId) {
        let (key, target) = (self.new_key(new), format!("/bookings/{id}/move"));
        for _ in 0..TRIES {
            let ask = Ask {
                key: Some(&key),
                ..Ask::of(Method::POST, &target).with(json!(new.wish))
            };
            match self.hear_of_move((old, new), (id, &key), ask).await {
                Said::NothingDone(_) => self.pause(500, 2500).await,
                Said::Unknown if self.chance.random() => self.pause(500, 2500).await,
                Said::Unknown => return self.ask_after_move(old, new, (id, &key)).await,
                _ => return,
            }
        }
        self.ask_after_move(old, new, (id, &key)).await;
    }

    async fn ask_after_move(&mut self, old: &mut Story, new: &mut Story, about: (BookingId, &str)) {
        let target = format!("/moves/{}", about.1);
        let question = json!({ "bookingId": about.0, "wish": new.wish });
        while !self.fleet.is_over() {
            let ask = Ask::of(Method::POST, &target).with(question.clone());
            match self.hear_of_move((old, new), about, ask).await {
                Said::Unknown | Said::NothingDone(_) => self.pause(1500, 4500).await,
                _ => return,
            }
        }
    }

    /// Asks, and notes what was said of the new time and of the old one; hands on the former.
    async fn hear_of_move(
        &mut self,
        (old, new): (&mut Story, &mut Story),
        (id, key): (BookingId, &str),
        ask: Ask<'_>,
    ) -> Said {
        let asked = clock::now();
        let Moved { state, new: of_new } = told::of_move(&self.ask(ask).await);
        new.moves = state.or(new.moves);
        let of_old = match state {
            Some("MOVED") => Some(Said::Cancelled(id)),
            Some("BOTH_STAND" | "NOT_MOVED" | "UNSETTLEABLE") => Some(Said::Stands(id)),
            _ => None,
        };
        if let Some(said) = of_old {
            if said == Said::Cancelled(id) {
                old.to_cancel = Some(id);
            }
            self.hear(old, &id.to_string(), asked, said);
        }
        self.hear(new, key, asked, of_new)
    }
}
