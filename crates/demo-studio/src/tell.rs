//! Tells the members' stories anew each day, so that each still holds.
//!
//! What a member booked or cancelled stays as it is; what only the story had booked moves along with today, and makes
//! room for it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::SqliteConnection;

use crate::calendar::{Busy, Offer, Service, Standing, Timetable, local, offers, verdict};
use crate::desk::Desk;
use crate::seed::stories::{self, Story};
use crate::store::{Fate, NewRow, Row, StoreError};

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
        for story in forgotten(&mut db, today).await? {
            if let Some(row) = self.place(&mut db, story, today).await? {
                row.insert(&mut db).await?;
            }
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

    /// A booking that the story's member could have made. Strangers make room for it only where there is no other
    /// time: what they have taken would not be offered again once the member cancels.
    async fn place(
        &self,
        db: &mut SqliteConnection,
        story: &Story,
        today: NaiveDate,
    ) -> Result<Option<NewRow>, StoreError> {
        let (Some(service), Some(member)) =
            (self.timetable.service(story.service), self.member(story.customer))
        else {
            return Ok(None);
        };
        let standing = Standing {
            membership: &member.membership(today),
            bookings: &self.own(db, member).await?,
        };
        for beside_strangers in [true, false] {
            for day in stories::days(story, today) {
                let busy = if beside_strangers {
                    self.busy(db, &[day]).await?
                } else {
                    self.booked(db, &[day]).await?
                };
                let may_have = |offer: &Offer| {
                    let objection =
                        standing.objection(self.timetable.zone, service, &offer.span, self.clock.now());
                    objection.is_none()
                };
                let free = free(&self.timetable, service, day, story.from_hour, &busy);
                if let Some(offer) = free.into_iter().find(may_have) {
                    return Ok(Some(row(story, service, offer)));
                }
            }
        }
        Ok(None)
    }
}

/// The stories that were last told on another day, and are now forgotten: all of them before any is told anew, so
/// that none makes room for what another had booked.
async fn forgotten(db: &mut SqliteConnection, today: NaiveDate) -> Result<Vec<&'static Story>, StoreError> {
    let mut forgotten = Vec::new();
    for story in &stories::ALL {
        if Row::told(db, story.key).await? != Some(today) {
            Row::tell(db, story.key, today).await?;
            forgotten.push(story);
        }
    }
    Ok(forgotten)
}

/// The times of that day, from an hour on, that have no flaw.
fn free(timetable: &Timetable, service: &Service, day: NaiveDate, hour: u16, busy: &Busy) -> Vec<Offer> {
    let from = local::edge(timetable.zone, day, hour * 60);
    // Long enough before for every notice, and within every horizon.
    let then: DateTime<Utc> = from - TimeDelta::minutes(service.terms.notice) - TimeDelta::hours(1);
    let mut offers = offers(timetable, service, &[day], busy, then);
    offers.retain(|offer| {
        offer.span.from >= from && verdict::objections(timetable, service, &offer.span, then).is_empty()
    });
    offers
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
