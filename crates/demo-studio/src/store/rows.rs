//! Rows of the table `bookings`, and the statements that read and write them.

use chrono::{DateTime, NaiveDate, Utc};
use perfectgym::{BookableAppointmentId, BookingId, CustomerId, InstructorId};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::StoreError;
use crate::calendar::{RoomId, Span};

/// What became of a booking. What is past and stands was attended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stands.
    Booked,
    /// It stands, and the studio has yet to confirm it.
    Unconfirmed,
    /// The member did not come.
    Missed,
    /// It was cancelled.
    Canceled,
}

impl Fate {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Booked, "booked"),
        (Self::Unconfirmed, "unconfirmed"),
        (Self::Missed, "missed"),
        (Self::Canceled, "canceled"),
    ];

    fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(fate, _)| *fate == self)
            .map_or("booked", |(_, word)| word)
    }

    fn read(word: &str) -> Self {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map_or(Self::Booked, |(fate, _)| *fate)
    }
}

/// A booking that is yet to be written.
#[derive(Clone, Debug)]
pub struct NewRow {
    /// Whose.
    pub customer: CustomerId,
    /// What.
    pub service: BookableAppointmentId,
    /// When, without buffers.
    pub span: Span,
    /// With whom.
    pub trainers: Vec<InstructorId>,
    /// Where.
    pub room: Option<RoomId>,
    /// What became of it.
    pub fate: Fate,
    /// The story it was made for.
    pub story: Option<&'static str>,
}

/// A booking.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: BookingId,
    /// Whose.
    pub customer: CustomerId,
    /// What.
    pub service: BookableAppointmentId,
    /// When, without buffers.
    pub span: Span,
    /// With whom.
    pub trainers: Vec<InstructorId>,
    /// Where.
    pub room: Option<RoomId>,
    /// What became of it.
    pub fate: Fate,
}

impl Row {
    /// Whether it takes up time.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.fate != Fate::Canceled
    }

    /// All bookings that stand and touch the span.
    pub async fn standing(db: &mut SqliteConnection, span: &Span) -> Result<Vec<Self>, StoreError> {
        let found =
            sqlx::query_as("SELECT * FROM bookings WHERE fate <> 'canceled' AND starts < ? AND ends > ?")
                .bind(span.until.timestamp())
                .bind(span.from.timestamp());
        Ok(found.fetch_all(db).await?)
    }

    /// All bookings of a customer, cancelled ones too, in order of start.
    pub async fn of_customer(
        db: &mut SqliteConnection,
        customer: CustomerId,
    ) -> Result<Vec<Self>, StoreError> {
        let found =
            sqlx::query_as("SELECT * FROM bookings WHERE customer = ? ORDER BY starts, id").bind(customer.0);
        Ok(found.fetch_all(db).await?)
    }

    /// All there ever were, in order of id.
    pub async fn all(db: &mut SqliteConnection) -> Result<Vec<Self>, StoreError> {
        Ok(sqlx::query_as("SELECT * FROM bookings ORDER BY id")
            .fetch_all(db)
            .await?)
    }

    /// The booking with that id.
    pub async fn by_id(db: &mut SqliteConnection, id: BookingId) -> Result<Option<Self>, StoreError> {
        Ok(sqlx::query_as("SELECT * FROM bookings WHERE id = ?")
            .bind(id.0)
            .fetch_optional(db)
            .await?)
    }

    /// Marks it as cancelled. It is then the member's, and no longer a story's.
    pub async fn cancel(db: &mut SqliteConnection, id: BookingId) -> Result<(), StoreError> {
        let change =
            sqlx::query("UPDATE bookings SET fate = 'canceled', story = NULL WHERE id = ?").bind(id.0);
        change.execute(db).await?;
        Ok(())
    }

    /// The day for which a story was last told.
    pub async fn told(db: &mut SqliteConnection, story: &str) -> Result<Option<NaiveDate>, StoreError> {
        let day: Option<String> = sqlx::query_scalar("SELECT day FROM told WHERE story = ?")
            .bind(story)
            .fetch_optional(db)
            .await?;
        Ok(day.and_then(|text| text.parse().ok()))
    }

    /// Forgets what a story had booked, unless a member changed it, and notes for which day it is told now.
    pub async fn tell(db: &mut SqliteConnection, story: &str, day: NaiveDate) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM bookings WHERE story = ?")
            .bind(story)
            .execute(&mut *db)
            .await?;
        let note = sqlx::query(
            "INSERT INTO told (story, day) VALUES (?1, ?2) ON CONFLICT (story) DO UPDATE SET day = ?2",
        );
        note.bind(story).bind(day.to_string()).execute(db).await?;
        Ok(())
    }
}

impl NewRow {
    /// Writes it.
    pub async fn insert(self, db: &mut SqliteConnection) -> Result<Row, StoreError> {
        let trainers: Vec<String> = self.trainers.iter().map(ToString::to_string).collect();
        let insert = sqlx::query(
            "INSERT INTO bookings (customer, service, starts, ends, trainers, room, fate, story) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        );
        let done = insert
            .bind(self.customer.0)
            .bind(self.service.0)
            .bind(self.span.from.timestamp())
            .bind(self.span.until.timestamp())
            .bind(trainers.join(","))
            .bind(self.room.map(|room| room.0))
            .bind(self.fate.word())
            .bind(self.story)
            .execute(db)
            .await?;
        Ok(self.written(BookingId(done.last_insert_rowid())))
    }

    fn written(self, id: BookingId) -> Row {
        Row {
            id,
            customer: self.customer,
            service: self.service,
            span: self.span,
            trainers: self.trainers,
            room: self.room,
            fate: self.fate,
        }
    }
}

impl<'r> sqlx::FromRow<'r, SqliteRow> for Row {
    fn from_row(row: &'r SqliteRow) -> Result<Self, sqlx::Error> {
        use sqlx::Row as _;
        let trainers: String = row.try_get("trainers")?;
        let fate: String = row.try_get("fate")?;
        Ok(Self {
            id: BookingId(row.try_get("id")?),
            customer: CustomerId(row.try_get("customer")?),
            service: BookableAppointmentId(row.try_get("service")?),
            span: Span {
                from: instant(row.try_get("starts")?)?,
                until: instant(row.try_get("ends")?)?,
            },
            trainers: trainers.split(',').filter_map(|id| id.parse().ok()).collect(),
            room: row.try_get::<Option<i64>, _>("room")?.map(RoomId),
            fate: Fate::read(&fate),
        })
    }
}

fn instant(seconds: i64) -> Result<DateTime<Utc>, sqlx::Error> {
    DateTime::from_timestamp(seconds, 0)
        .ok_or_else(|| sqlx::Error::Decode("a time beyond the calendar".into()))
}
