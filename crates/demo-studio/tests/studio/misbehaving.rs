//! What the studio does wrong when told to, and nothing of it when not.

use crate::common::*;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use demo_studio::{CallQuirk, OperationName, Quirks, Settings};
use perfectgym::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn with(quirks: Quirks) -> Tested {
    open(
        MONDAY,
        Settings {
            quirks,
            ..Settings::default()
        },
    )
    .await
}

/// A studio that anybody can change at run time.
async fn changeable() -> Tested {
    open(
        MONDAY,
        Settings {
            allow_quirks: true,
            ..Settings::default()
        },
    )
    .await
}

/// Changes it, and gives the answer.
async fn told(studio: &Tested, path: &str, body: &str) -> (StatusCode, String) {
    let request = Request::post(path).body(Body::from(body.to_owned()));
    studio.raw(request.unwrap()).await
}

fn call(operation: OperationName) -> CallQuirk {
    CallQuirk {
        operation,
        times: Some(1),
        delay_millis: 0,
        status: None,
        lose_answer: false,
    }
}

#[tokio::test]
async fn has_next_for_ever_gives_the_same_offset_again() {
    let studio = with(Quirks {
        has_next_forever: true,
        ..Quirks::default()
    })
    .await;
    let slice = |offset: &str| {
        let offset = Some(offset.to_owned());
        studio.ask(ListBookableAppointments {
            offset,
            slice_size: None,
        })
    };
    let first = slice("1220000105").await.unwrap();
    assert!(first.has_next);
    assert_eq!(first.offset, "1220000105");
}

#[tokio::test]
async fn instructors_can_be_empty_objects_or_not_there() {
    let studio = with(Quirks {
        empty_instructors: true,
        ..Quirks::default()
    })
    .await;
    let slots = studio.slots(TRAINING, "2026-12-01").await;
    assert!(
        slots
            .iter()
            .all(|slot| slot.instructors == [Instructor::default()])
    );
    studio.studio.quirks().set(Quirks {
        no_instructors: true,
        ..Quirks::default()
    });
    let slots = studio.slots(TRAINING, "2026-12-01").await;
    assert!(!slots.is_empty() && slots.iter().all(|slot| slot.instructors.is_empty()));
    studio.book(NORA, TRAINING, &slots[0]).await.unwrap();
}

#[tokio::test]
async fn words_nobody_knows() {
    let word = || Some("ONLY_AT_FULL_MOON".to_owned());
    let studio = with(Quirks {
        validation_status: word(),
        booking_status: word(),
        appointment_status: word(),
        participant_status: word(),
        ..Quirks::default()
    })
    .await;
    let slot = studio.slots(BODY_SCAN, "2026-12-01").await.remove(0);
    let verdict = studio.validate(NORA, BODY_SCAN, &slot).await;
    assert_eq!(verdict, ValidationStatus::Unknown("ONLY_AT_FULL_MOON".into()));
    let booking = studio.book(NORA, BODY_SCAN, &slot).await.unwrap();
    assert_eq!(
        booking.booking_status,
        BookingStatus::Unknown("ONLY_AT_FULL_MOON".into())
    );
    assert_eq!(
        booking.appointment_status,
        AppointmentStatus::Unknown("ONLY_AT_FULL_MOON".into())
    );
    assert_eq!(
        booking.participant_status,
        ParticipantStatus::Unknown("ONLY_AT_FULL_MOON".into())
    );
}

#[tokio::test]
async fn the_forms_of_date_time_can_change_while_it_runs() {
    let studio = changeable().await;
    let quirks = r#"{"slotForm":"offset","bookingForm":"utc"}"#;
    assert_eq!(told(&studio, "/demo/quirks", quirks).await.0, StatusCode::OK);
    let slot = bookable(&studio, NORA, TRAINING, "2026-12-01").await;
    let booking = studio.book(NORA, TRAINING, &slot).await.unwrap();
    assert!(slot.start_date_time.text().ends_with(".000+01:00"), "{slot:?}");
    assert!(booking.start_date_time.text().ends_with('Z'), "{booking:?}");
}

#[tokio::test]
async fn a_clock_beyond_the_calendar_is_refused() {
    let studio = changeable().await;
    let turned = async |turn: &str| told(&studio, "/demo/clock", turn).await.0;
    for now in [
        "+262142-12-31T23:00:00Z",
        "-262143-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
    ] {
        assert_eq!(
            turned(&format!(r#"{{"now":"{now}"}}"#)).await,
            StatusCode::BAD_REQUEST,
            "{now}"
        );
    }
    assert_eq!(turned(r#"{"now":"9998-12-31T23:00:00Z"}"#).await, StatusCode::OK);
    assert_eq!(
        turned(r#"{"advanceSeconds":4294967295}"#).await,
        StatusCode::BAD_REQUEST
    );
    studio.bookings(NORA).await;
}

#[test]
fn the_paper_names_every_quirk() {
    let paper = include_str!("../../README.md");
    let quirks = serde_json::to_value(Quirks::default()).unwrap();
    for name in quirks.as_object().unwrap().keys() {
        assert!(paper.contains(&format!("`{name}`")), "{name}");
    }
}

#[tokio::test]
async fn one_slot_that_cannot_be_read() {
    let studio = with(Quirks {
        unreadable_slot: true,
        ..Quirks::default()
    })
    .await;
    let list = ListSlots {
        id: BODY_SCAN,
        customer_id: None,
        days_ahead: None,
        slot_window_start_date: Some(day("2026-12-01")),
    };
    let slots = studio.ask(list).await.unwrap();
    assert_eq!(slots.unreadable, 1);
    assert!(!slots.items.is_empty());
}

#[tokio::test]
async fn a_window_whose_last_day_belongs_to_it() {
    let studio = with(Quirks {
        inclusive_window: true,
        ..Quirks::default()
    })
    .await;
    let slots = studio.slots(BODY_SCAN, "2026-12-01").await;
    assert!(
        slots
            .iter()
            .any(|slot| slot.start_date_time.text().starts_with("2026-12-07"))
    );
}

#[tokio::test]
async fn slots_that_end_before_they_start_are_refused_as_such() {
    let studio = with(Quirks {
        reversed_slots: true,
        ..Quirks::default()
    })
    .await;
    let slot = studio.slots(BODY_SCAN, "2026-12-01").await.remove(0);
    let verdict = studio.validate(NORA, BODY_SCAN, &slot).await;
    assert_eq!(verdict, ValidationStatus::EndDateTimeNotAfterStartDateTime);
}

#[tokio::test]
async fn the_next_calls_fail_as_told_and_then_no_more() {
    let failing = |status| CallQuirk {
        status: Some(status),
        ..call(OperationName::GetCustomer)
    };
    let studio = with(Quirks {
        calls: vec![failing(503), failing(429)],
        ..Quirks::default()
    })
    .await;
    let status = || async {
        studio
            .ask(GetCustomer { id: NORA })
            .await
            .map(drop)
            .map_err(|refused| refused.status)
    };
    assert_eq!(status().await, Err(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(status().await, Err(StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(status().await, Ok(()));
}

#[tokio::test]
async fn a_lost_answer_has_booked_and_sends_not_one_byte() {
    let lost = CallQuirk {
        lose_answer: true,
        ..call(OperationName::Book)
    };
    let studio = with(Quirks {
        calls: vec![lost],
        ..Quirks::default()
    })
    .await;
    let slot = bookable(&studio, NORA, TRAINING, "2026-12-01").await;
    let body = serde_json::to_string(&BookingWish::new(TRAINING, &slot).for_customer(NORA)).unwrap();

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, studio.router.clone()).into_future());
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: x\r\nx-api-key: {}\r\ncontent-length: {}\r\n\r\n{body}",
        Book::<BookingRequest>::PATH,
        demo_studio::DEMO_KEY,
        body.len()
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer).await;
    assert!(answer.is_empty(), "{}", String::from_utf8_lossy(&answer));
    assert_eq!(studio.bookings(NORA).await.len(), 1);
}

#[tokio::test]
async fn quirks_and_clock_are_changed_from_outside_only_where_allowed() {
    let strict = open_at(MONDAY).await;
    assert_eq!(told(&strict, "/demo/quirks", "{}").await.0, StatusCode::NOT_FOUND);

    let studio = changeable().await;
    let slots = async || studio.get("/v1/appointments/bookable/1220000201/slots").await.0;
    let quirks = async |body: &str| told(&studio, "/demo/quirks", body).await.0;
    let failing = r#"{"calls":[{"operation":"listSlots","status":500}]}"#;
    assert_eq!(quirks(failing).await, StatusCode::OK);
    assert_eq!(slots().await, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(quirks("{}").await, StatusCode::OK);
    assert_eq!(slots().await, StatusCode::OK);
    assert_eq!(quirks(r#"{"hasNextForevr":true}"#).await, StatusCode::BAD_REQUEST);

    let (_, now) = told(&studio, "/demo/clock", r#"{"advanceSeconds":3600}"#).await;
    assert!(now.contains("2026-11-30T10:00:00Z"), "{now}");
}

#[tokio::test]
async fn a_reset_forgets_what_was_booked() {
    let studio = changeable().await;
    let slot = bookable(&studio, NORA, TRAINING, "2026-12-01").await;
    studio.book(NORA, TRAINING, &slot).await.unwrap();
    let (status, _) = told(&studio, "/demo/reset", "").await;
    assert_eq!(status, StatusCode::OK);
    assert!(studio.bookings(NORA).await.is_empty());
    assert_eq!(studio.bookings(BEN).await.len(), 2, "the stories are told again");
}
