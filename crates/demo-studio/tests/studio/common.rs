//! A studio to test: opened in memory at a known time, asked with perfectgym's own operations.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use demo_studio::{Clock, DEMO_KEY, Settings, Studio};
use http_body_util::BodyExt;
use perfectgym::*;
use tower::ServiceExt;

/// A Monday, ten in the morning in Berlin.
pub(crate) const MONDAY: &str = "2026-11-30T09:00:00Z";

pub(crate) const TRAINING: BookableAppointmentId = BookableAppointmentId(1_220_000_101);
pub(crate) const BOXING: BookableAppointmentId = BookableAppointmentId(1_220_000_103);
pub(crate) const BODY_SCAN: BookableAppointmentId = BookableAppointmentId(1_220_000_201);
pub(crate) const METABOLIC: BookableAppointmentId = BookableAppointmentId(1_220_000_203);
pub(crate) const LACTATE: BookableAppointmentId = BookableAppointmentId(1_220_000_204);
pub(crate) const NUTRITION: BookableAppointmentId = BookableAppointmentId(1_220_000_205);
pub(crate) const POSTURE: BookableAppointmentId = BookableAppointmentId(1_220_000_301);
pub(crate) const PHYSIO: BookableAppointmentId = BookableAppointmentId(1_220_000_302);
pub(crate) const SPORTS_MASSAGE: BookableAppointmentId = BookableAppointmentId(1_220_000_303);
pub(crate) const SAUNA: BookableAppointmentId = BookableAppointmentId(1_220_000_401);
pub(crate) const CRYO: BookableAppointmentId = BookableAppointmentId(1_220_000_402);
pub(crate) const FLOATING: BookableAppointmentId = BookableAppointmentId(1_220_000_403);
pub(crate) const RELAX_MASSAGE: BookableAppointmentId = BookableAppointmentId(9_007_199_254_740_993);

pub(crate) const NORA: CustomerId = CustomerId(1_200_000_001);
pub(crate) const PAUL: CustomerId = CustomerId(1_200_000_002);
pub(crate) const CLARA: CustomerId = CustomerId(1_200_000_003);
pub(crate) const BEN: CustomerId = CustomerId(1_200_000_004);
pub(crate) const OLGA: CustomerId = CustomerId(1_200_000_005);
pub(crate) const RANA: CustomerId = CustomerId(1_200_000_006);
pub(crate) const FRIEDA: CustomerId = CustomerId(1_200_000_007);
pub(crate) const PRIYA: CustomerId = CustomerId(1_200_000_008);
pub(crate) const HENRY: CustomerId = CustomerId(1_200_000_009);
pub(crate) const EMIL: CustomerId = CustomerId(1_200_000_010);

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What a studio refuses with.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) body: ErrorBody,
}

pub(crate) struct Tested {
    pub(crate) studio: Studio,
    pub(crate) router: Router,
    pub(crate) clock: Clock,
}

pub(crate) async fn open_at(now: &str) -> Tested {
    open(now, Settings::default()).await
}

pub(crate) async fn open(now: &str, settings: Settings) -> Tested {
    let clock = Clock::fixed(at(now));
    let studio = Studio::open(Settings {
        clock: clock.clone(),
        ..settings
    })
    .await
    .unwrap();
    Tested {
        router: studio.router(),
        studio,
        clock,
    }
}

impl Tested {
    /// Sends an operation with the key that opens everything.
    pub(crate) async fn ask<O: Operation>(&self, operation: O) -> Result<O::Answer, Refusal> {
        self.ask_with(DEMO_KEY, operation).await
    }

    pub(crate) async fn ask_with<O: Operation>(&self, key: &str, operation: O) -> Result<O::Answer, Refusal> {
        let body = operation
            .body()
            .map_or(String::new(), |body| serde_json::to_string(body).unwrap());
        let request = Request::builder()
            .method(O::METHOD.as_str())
            .uri(operation.target())
            .header(API_KEY_HEADER, key)
            .body(Body::from(body));
        let (status, text) = self.raw(request.unwrap()).await;
        if status == StatusCode::OK {
            return Ok(serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}")));
        }
        Err(Refusal {
            status,
            body: serde_json::from_str(&text).unwrap(),
        })
    }

    /// Sends any request; gives status and text.
    pub(crate) async fn raw(&self, request: Request<Body>) -> (StatusCode, String) {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    pub(crate) async fn get(&self, target: &str) -> (StatusCode, String) {
        let request = Request::get(target)
            .header(API_KEY_HEADER, DEMO_KEY)
            .body(Body::empty());
        self.raw(request.unwrap()).await
    }

    /// All slots from a day on, six days of them.
    pub(crate) async fn slots(&self, id: BookableAppointmentId, from: &str) -> Vec<Slot> {
        let operation = ListSlots {
            id,
            customer_id: None,
            days_ahead: Some(DaysAhead::MOST),
            slot_window_start_date: Some(day(from)),
        };
        self.ask(operation).await.unwrap().items
    }

    /// The slots of one day.
    pub(crate) async fn slots_of_day(&self, id: BookableAppointmentId, on: &str) -> Vec<Slot> {
        let mut slots = self.slots(id, on).await;
        slots.retain(|slot| slot.start_date_time.text().starts_with(on));
        slots
    }

    pub(crate) async fn validate(
        &self,
        who: CustomerId,
        what: BookableAppointmentId,
        slot: &Slot,
    ) -> ValidationStatus {
        let request = BookingWish::new(what, slot).for_customer(who);
        self.ask(ValidateBooking(request))
            .await
            .unwrap()
            .validation_status
    }

    pub(crate) async fn book(
        &self,
        who: CustomerId,
        what: BookableAppointmentId,
        slot: &Slot,
    ) -> Result<AppointmentBooking, Refusal> {
        self.ask(Book(BookingWish::new(what, slot).for_customer(who)))
            .await
    }

    pub(crate) async fn bookings(&self, customer_id: CustomerId) -> Vec<AppointmentBooking> {
        self.ask(ListBookings { customer_id }).await.unwrap().items
    }
}

/// The first slot that the studio will really give.
pub(crate) async fn bookable(
    studio: &Tested,
    who: CustomerId,
    what: BookableAppointmentId,
    from: &str,
) -> Slot {
    for slot in studio.slots(what, from).await {
        if studio.validate(who, what, &slot).await == ValidationStatus::Available {
            return slot;
        }
    }
    panic!("nothing to book");
}
