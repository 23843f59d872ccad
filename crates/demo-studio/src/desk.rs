//! The studio's desk: brings together the timetable, what is booked and what time it is.
//!
//! Every change happens in one transaction that reads what it relies on. Knows no wire format.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use perfectgym::{BookingId, CustomerId, ValidationStatus};
use sqlx::SqliteConnection;
use tokio::sync::Mutex;

use crate::calendar::{self, Busy, Offer, Own, Resource, Service, Span, Standing, Timetable, Wish, local};
use crate::clock::Clock;
use crate::seed::members::{self, Member};
use crate::seed::occupancy;
use crate::store::{Fate, NewRow, Row, Store, StoreError};

/// Why a booking was not cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCancelled {
    /// It has begun.
    Started,
    /// It was cancelled before.
    Already,
    /// There is none.
    Unknown,
}

/// The desk.
#[derive(Debug)]
pub struct Desk {
    /// What no booking changes.
    pub timetable: Timetable,
    /// What tells the time.
    pub clock: Clock,
    pub(crate) store: Store,
    pub(crate) strangers: bool,
    pub(crate) members: Vec<Member>,
    /// The day for which the stories hold. Locked while they are told, so that nobody sees half of them.
    pub(crate) told: Mutex<Option<NaiveDate>>,
}

impl Desk {
    /// A desk over these data.
    #[must_use]
    pub fn new(timetable: Timetable, clock: Clock, store: Store, strangers: bool) -> Self {
        Self {
            timetable,
            clock,
            store,
            strangers,
            members: members::all(),
            told: Mutex::new(None),
        }
    }

    /// The member with that id.
    #[must_use]
    pub fn member(&self, id: CustomerId) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }

    /// The members.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The studio's day.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        local::day_of(self.timetable.zone, self.clock.now())
    }

    /// The slots of a service on these days.
    pub async fn slots(&self, service: &Service, days: &[NaiveDate]) -> Result<Vec<Offer>, StoreError> {
        let mut db = self.store.read().await?;
        let busy = self.busy(&mut db, days).await?;
        Ok(calendar::offers(
            &self.timetable,
            service,
            days,
            &busy,
            self.clock.now(),
        ))
    }

    /// The verdict on a wish; nothing is taken.
    pub async fn validate(&self, member: &Member, wish: &Wish<'_>) -> Result<ValidationStatus, StoreError> {
        let mut db = self.store.read().await?;
        let verdict = self.judge(&mut db, member, wish).await?;
        Ok(verdict.err().unwrap_or(ValidationStatus::Available))
    }

    /// Books, if the verdict allows it.
    pub async fn book(
        &self,
        member: &Member,
        wish: &Wish<'_>,
    ) -> Result<Result<Row, ValidationStatus>, StoreError> {
        let mut db = self.store.write().await?;
        let offer = match self.judge(&mut db, member, wish).await? {
            Ok(offer) => offer,
            Err(status) => return Ok(Err(status)),
        };
        let row = new_row(member.id, wish.service, offer).insert(&mut db).await?;
        db.commit().await?;
        Ok(Ok(row))
    }

    /// Cancels a booking that has not begun.
    pub async fn cancel(&self, id: BookingId) -> Result<Result<(), NotCancelled>, StoreError> {
        let mut db = self.store.write().await?;
        let Some(row) = Row::by_id(&mut db, id).await? else {
            return Ok(Err(NotCancelled::Unknown));
        };
        if !row.stands() {
            return Ok(Err(NotCancelled::Already));
        }
        if row.span.from <= self.clock.now() {
            return Ok(Err(NotCancelled::Started));
        }
        Row::cancel(&mut db, id).await?;
        db.commit().await?;
        Ok(Ok(()))
    }

    /// The booking with that id, whoever's it is.
    pub async fn booking(&self, id: BookingId) -> Result<Option<Row>, StoreError> {
        let mut db = self.store.read().await?;
        Row::by_id(&mut db, id).await
    }

    /// A member's bookings that start and end within two weeks from now, to either side.
    pub async fn bookings(&self, member: &Member) -> Result<Vec<Row>, StoreError> {
        let now = self.clock.now();
        let window = Span {
            from: now - TimeDelta::weeks(2),
            until: now + TimeDelta::weeks(2),
        };
        let mut db = self.store.read().await?;
        let mut rows = Row::of_customer(&mut db, member.id).await?;
        rows.retain(|row| window.contains(&row.span));
        Ok(rows)
    }

    async fn judge(
        &self,
        db: &mut SqliteConnection,
        member: &Member,
        wish: &Wish<'_>,
    ) -> Result<Result<Offer, ValidationStatus>, StoreError> {
        let day = local::day_of(self.timetable.zone, wish.span.from);
        let busy = self.busy(db, &[day]).await?;
        let own = self.own(db, member).await?;
        let membership = member.membership(self.today());
        let standing = Standing {
            membership: &membership,
            bookings: &own,
        };
        Ok(calendar::judge(
            &self.timetable,
            wish,
            &standing,
            &busy,
            self.clock.now(),
        ))
    }

    /// The member's bookings that stand.
    pub(crate) async fn own(
        &self,
        db: &mut SqliteConnection,
        member: &Member,
    ) -> Result<Vec<Own>, StoreError> {
        let own = |row: &Row| {
            let contingent = self.timetable.service(row.service)?.contingent;
            let span = row.span;
            row.stands().then_some(Own { span, contingent })
        };
        let rows = Row::of_customer(db, member.id).await?;
        Ok(rows.iter().filter_map(own).collect())
    }

    /// Everything that is taken on these days, by members and by strangers.
    pub(crate) async fn busy(
        &self,
        db: &mut SqliteConnection,
        days: &[NaiveDate],
    ) -> Result<Busy, StoreError> {
        let strangers = if self.strangers {
            occupancy::strangers(&self.timetable, days)
        } else {
            Busy::default()
        };
        Ok(self.booked(db, days).await?.and(&strangers))
    }

    /// What rows of the database take on these days, buffers included.
    pub(crate) async fn booked(
        &self,
        db: &mut SqliteConnection,
        days: &[NaiveDate],
    ) -> Result<Busy, StoreError> {
        let mut busy = Busy::default();
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return Ok(busy);
        };
        let span = Span {
            from: local::edge(self.timetable.zone, local::shifted(*first, -1), 0),
            until: local::edge(self.timetable.zone, local::shifted(*last, 1), 1440),
        };
        for row in Row::standing(db, &span).await? {
            self.take(&mut busy, &row);
        }
        Ok(busy)
    }

    fn take(&self, busy: &mut Busy, row: &Row) {
        let buffers = self
            .timetable
            .service(row.service)
            .map_or((0, 0), |service| (service.before, service.after));
        let span = row.span.widened(buffers.0, buffers.1);
        for trainer in &row.trainers {
            busy.take(Resource::Trainer(*trainer), span);
        }
        if let Some(room) = row.room {
            busy.take(Resource::Room(room), span);
        }
    }
}

/// What a wish becomes once it is granted.
fn new_row(customer: CustomerId, service: &Service, offer: Offer) -> NewRow {
    let fate = if service.confirmed_by_studio {
        Fate::Unconfirmed
    } else {
        Fate::Booked
    };
    NewRow {
        customer,
        service: service.id,
        span: offer.span,
        trainers: offer.trainers,
        room: offer.room,
        fate,
        story: None,
    }
}

/// The instant as the studio's wall clock shows it.
#[must_use]
pub fn shown(timetable: &Timetable, at: DateTime<Utc>) -> DateTime<chrono::FixedOffset> {
    at.with_timezone(&timetable.zone).fixed_offset()
}
