//! Tells the members' stories anew each day, so that each still holds.
//!
//! What a member booked or cancelled stays as it is; what only the story had booked moves along with today.

use chrono::{NaiveDate, TimeDelta};
use sqlx::SqliteConnection;

use crate::calendar::{Busy, Offer, Service, Timetable, local, offers, verdict};
use crate::desk::Desk;
use crate::seed::stories::{self, Story};
use crate::store::{Fate, NewRow, Row, StoreError};

/// How many days a story's booking may move, when the studio is closed on the wanted one.
const PATIENCE: i64 = 10;

impl Desk {
    /// Makes sure that the stories hold today. Cheap when they do.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn tell_stories(&self) -> Result<(), StoreError> {
        let today = self.today();
        let mut told = self.told.lock().await;
        if *told == Some(today) {
            return Ok(());
        }
        let mut db = self.store.write().await?;
        for story in &stories::ALL {
            self.tell(&mut db, story, today).await?;
        }
        db.commit().await?;
        *told = Some(today);
        Ok(())
    }

    /// Forgets everything and tells the stories from the start.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn start_afresh(&self) -> Result<(), StoreError> {
        self.store.forget().await?;
        *self.told.lock().await = None;
        self.tell_stories().await
    }

    async fn tell(
        &self,
        db: &mut SqliteConnection,
        story: &Story,
        today: NaiveDate,
    ) -> Result<(), StoreError> {
        if Row::told(db, story.key).await? == Some(today) {
            return Ok(());
        }
        Row::tell(db, story.key, today).await?;
        if let Some(row) = self.place(db, story, today).await? {
            row.insert(db).await?;
        }
        Ok(())
    }

    async fn place(
        &self,
        db: &mut SqliteConnection,
        story: &Story,
        today: NaiveDate,
    ) -> Result<Option<NewRow>, StoreError> {
        let Some(service) = self.timetable.service(story.service) else {
            return Ok(None);
        };
        let wanted = stories::day_of(story, today);
        for further in 0..=PATIENCE {
            let day = local::shifted(wanted, if story.days < 0 { -further } else { further });
            let busy = self.booked(db, &[day]).await?;
            if let Some(offer) = first(&self.timetable, service, day, story.from_hour, &busy) {
                return Ok(Some(row(story, service, offer)));
            }
        }
        Ok(None)
    }
}

/// The first time of that day that nobody could object to. Strangers make room for a story.
fn first(timetable: &Timetable, service: &Service, day: NaiveDate, hour: u16, busy: &Busy) -> Option<Offer> {
    let from = local::edge(timetable.zone, day, hour * 60);
    // Long enough before for every notice, and within every horizon.
    let then = from - TimeDelta::minutes(service.terms.notice) - TimeDelta::hours(1);
    offers(timetable, service, &[day], busy, then)
        .into_iter()
        .filter(|offer| offer.span.from >= from)
        .find(|offer| verdict::objections(timetable, service, &offer.span, then).is_empty())
}

fn row(story: &Story, service: &Service, offer: Offer) -> NewRow {
    let fate = match story.fate {
        stories::Fate::Stands if service.confirmed_by_studio => Fate::Unconfirmed,
        stories::Fate::Stands => Fate::Booked,
        stories::Fate::Missed => Fate::Missed,
        stories::Fate::Cancelled => Fate::Canceled,
    };
    NewRow {
        customer: story.customer,
        service: story.service,
        span: offer.span,
        trainers: offer.trainers,
        room: offer.room,
        fate,
        story: Some(story.key),
    }
}
