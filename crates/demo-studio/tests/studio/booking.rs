//! Booking and cancelling: what is booked is gone, what is cancelled is back, and of two one wins.

use crate::common::*;
use axum::http::StatusCode;
use demo_studio::{Database, Settings, Studio};
use perfectgym::*;

#[tokio::test]
async fn a_booked_time_is_gone_and_a_cancelled_one_is_back() {
    let studio = open_at(MONDAY).await;
    let slot = bookable(&studio, NORA, TRAINING, "2026-12-01").await;
    let booking = studio.book(NORA, TRAINING, &slot).await.unwrap();
    assert!(!studio.slots(TRAINING, "2026-12-01").await.contains(&slot));

    let deleted = studio
        .ask(DeleteBooking {
            id: booking.booking_id,
        })
        .await
        .unwrap();
    assert_eq!(deleted.success.as_deref(), Some("true"));
    assert!(studio.slots(TRAINING, "2026-12-01").await.contains(&slot));
    let kept = studio.bookings(NORA).await;
    assert_eq!(kept[0].booking_status, BookingStatus::Canceled);
    assert_eq!(kept[0].appointment_status, AppointmentStatus::Canceled);
}

#[tokio::test]
async fn a_booking_says_what_was_booked() {
    let studio = open_at(MONDAY).await;
    let slot = bookable(&studio, NORA, TRAINING, "2026-12-01").await;
    let booking = studio.book(NORA, TRAINING, &slot).await.unwrap();
    assert_eq!(booking.start_date_time, slot.start_date_time);
    assert_eq!(booking.end_date_time, slot.end_date_time);
    assert_eq!(booking.instructors, slot.instructors);
    assert_eq!(booking.title.as_deref(), Some("Personal training"));
    assert_eq!(booking.booking_status, BookingStatus::Booked);
    assert_eq!(booking.appointment_status, AppointmentStatus::Planned);
}

#[tokio::test]
async fn a_buffer_keeps_the_trainer_from_starting_at_once() {
    let studio = open(
        MONDAY,
        Settings {
            strangers: false,
            ..Settings::default()
        },
    )
    .await;
    let all = studio.slots_of_day(SAUNA, "2026-12-02").await;
    let noon = all
        .iter()
        .find(|s| s.start_date_time.text().contains("T12:00"))
        .unwrap();
    studio.book(NORA, SAUNA, noon).await.unwrap();
    let left = studio.slots_of_day(SAUNA, "2026-12-02").await;
    let starts: Vec<_> = left.iter().map(|s| &s.start_date_time.text()[11..16]).collect();
    assert_eq!(
        starts,
        [
            "07:00", "08:00", "09:00", "15:00", "16:00", "17:00", "18:00", "19:00", "20:00"
        ]
    );
}

#[tokio::test]
async fn two_trainers_at_one_time_are_two_slots_and_both_can_be_had() {
    let studio = open(
        MONDAY,
        Settings {
            strangers: false,
            ..Settings::default()
        },
    )
    .await;
    let slots = studio.slots(TRAINING, "2026-12-01").await;
    let pair = slots
        .windows(2)
        .find(|two| two[0].start_date_time == two[1].start_date_time)
        .unwrap();
    assert_ne!(pair[0].instructor_ids(), pair[1].instructor_ids());
    studio.book(NORA, TRAINING, &pair[0]).await.unwrap();
    studio.book(HENRY, TRAINING, &pair[1]).await.unwrap();
}

#[tokio::test]
async fn who_names_no_trainer_gets_one_who_is_free() {
    let studio = open_at(MONDAY).await;
    let mut slot = bookable(&studio, NORA, TRAINING, "2026-12-01").await;
    slot.instructors.clear();
    let booking = studio.book(NORA, TRAINING, &slot).await.unwrap();
    assert_eq!(booking.instructors.len(), 1);
}

#[tokio::test]
async fn a_team_is_one_slot_with_two_names() {
    let studio = open(
        MONDAY,
        Settings {
            strangers: false,
            ..Settings::default()
        },
    )
    .await;
    assert!(
        studio.slots(LACTATE, "2026-11-30").await.is_empty(),
        "eight days' notice: the first week is empty"
    );
    let slot = bookable(&studio, NORA, LACTATE, "2026-12-09").await;
    assert_eq!(slot.instructors.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_exactly_one_gets_the_trainer() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::File(folder.path().join("race.sqlite"));
    let studio = open(
        MONDAY,
        Settings {
            database,
            ..Settings::default()
        },
    )
    .await;
    let slot = bookable(&studio, NORA, BOXING, "2026-12-01").await;
    let one = |who| studio.book(who, BOXING, &slot);
    let (a, b, c, d) = tokio::join!(one(NORA), one(OLGA), one(HENRY), one(RANA));
    let (won, lost): (Vec<_>, Vec<_>) = [a, b, c, d].into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 3));
    for refused in lost.into_iter().map(Result::unwrap_err) {
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(refused.body.error_code.as_deref(), Some("RESOURCE_NOT_AVAILABLE"));
    }
}

#[tokio::test]
async fn bookings_outlive_the_process_until_a_reset() {
    let folder = tempfile::tempdir().unwrap();
    let settings = |reset| Settings {
        database: Database::File(folder.path().join("studio.sqlite")),
        reset,
        ..Settings::default()
    };
    let first = open(MONDAY, settings(false)).await;
    let slot = bookable(&first, NORA, TRAINING, "2026-12-01").await;
    let id = first.book(NORA, TRAINING, &slot).await.unwrap().booking_id;
    drop(first);
    let second = open("2026-12-02T09:00:00Z", settings(false)).await;
    assert_eq!(second.ask(GetBooking { id }).await.unwrap().customer_id, NORA);
    drop(second);
    let third = open(MONDAY, settings(true)).await;
    assert!(third.bookings(NORA).await.is_empty());
}

#[tokio::test]
async fn the_list_covers_two_weeks_and_an_id_covers_all() {
    let studio = open_at(MONDAY).await;
    let slot = bookable(&studio, NORA, TRAINING, "2026-12-21").await;
    let id = studio.book(NORA, TRAINING, &slot).await.unwrap().booking_id;
    assert!(studio.bookings(NORA).await.is_empty());
    let found = studio.ask(GetBooking { id }).await.unwrap();
    assert_eq!((found.customer_id, found.booking.booking_id), (NORA, id));
}

#[tokio::test]
async fn what_has_begun_or_is_cancelled_cannot_be_cancelled() {
    let studio = open_at(MONDAY).await;
    let slot = bookable(&studio, NORA, TRAINING, "2026-12-01").await;
    let id = studio.book(NORA, TRAINING, &slot).await.unwrap().booking_id;
    studio.clock.set(Some(slot.start_date_time.instant()));
    let late = studio.ask(DeleteBooking { id }).await.unwrap_err();
    assert_eq!(late.body.error_code.as_deref(), Some("BOOKING_ALREADY_STARTED"));
    studio.clock.set(Some(at(MONDAY)));
    studio.ask(DeleteBooking { id }).await.unwrap();
    let twice = studio.ask(DeleteBooking { id }).await.unwrap_err();
    assert_eq!(
        (twice.status, twice.body.error_code.as_deref()),
        (StatusCode::BAD_REQUEST, Some("BOOKING_ALREADY_CANCELED"))
    );
}

#[tokio::test]
async fn a_posture_check_waits_for_the_studio() {
    let studio = open_at(MONDAY).await;
    let slot = bookable(&studio, NORA, POSTURE, "2026-12-01").await;
    let booking = studio.book(NORA, POSTURE, &slot).await.unwrap();
    assert_eq!(
        booking.booking_status,
        BookingStatus::BookedWithConfirmationRequired
    );
    assert_eq!(booking.participant_status, ParticipantStatus::Unset);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_studios_over_one_file_do_not_give_one_room_twice() {
    let folder = tempfile::tempdir().unwrap();
    let settings = || Settings {
        database: Database::File(folder.path().join("shared.sqlite")),
        ..Settings::default()
    };
    let (left, right) = (open(MONDAY, settings()).await, open(MONDAY, settings()).await);
    for _ in 0..5 {
        let slot = bookable(&left, NORA, BODY_SCAN, "2026-12-01").await;
        let (a, b) = tokio::join!(
            left.book(NORA, BODY_SCAN, &slot),
            right.book(HENRY, BODY_SCAN, &slot)
        );
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1);
        assert!(!right.slots(BODY_SCAN, "2026-12-01").await.contains(&slot));
    }
}

#[tokio::test]
async fn a_file_of_another_version_is_refused_in_one_sentence_and_a_reset_helps() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.sqlite");
    let file = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true);
    let pool = sqlx::SqlitePool::connect_with(file).await.unwrap();
    sqlx::raw_sql("PRAGMA user_version = 99")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    let settings = |reset| Settings {
        database: Database::File(path.clone()),
        reset,
        ..Settings::default()
    };
    let refused = Studio::open(settings(false)).await.unwrap_err().to_string();
    assert!(
        refused.contains("version 99") && refused.contains("--reset"),
        "{refused}"
    );
    Studio::open(settings(true)).await.unwrap();
}

#[tokio::test]
async fn whatever_is_listed_without_a_flaw_can_be_had() {
    let studio = open_at(MONDAY).await;
    let honest = [TRAINING, BOXING, BODY_SCAN, LACTATE, POSTURE];
    for (what, from) in honest
        .into_iter()
        .flat_map(|what| [(what, "2026-11-30"), (what, "2026-12-09")])
    {
        for slot in studio.slots(what, from).await {
            assert_eq!(
                studio.validate(NORA, what, &slot).await,
                ValidationStatus::Available,
                "{what} {slot:?}"
            );
        }
    }
}
