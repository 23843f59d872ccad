//! Each of the fourteen verdicts, met as docs/refusals.md says: by what the list offers, or by a request.

use crate::common::*;
use axum::http::StatusCode;
use perfectgym::ValidationStatus as V;
use perfectgym::*;

/// Taps every time that is listed in the week from Monday on, until the verdict is met; books it, and is refused.
async fn met_by_taps(who: CustomerId, what: BookableAppointmentId, wanted: V) {
    let studio = open_at(MONDAY).await;
    met_from(&studio, who, what, wanted, "2026-11-30").await;
}

async fn met_from(studio: &Tested, who: CustomerId, what: BookableAppointmentId, wanted: V, from: &str) {
    for slot in studio.slots(what, from).await {
        if studio.validate(who, what, &slot).await != wanted {
            continue;
        }
        let refused = studio.book(who, what, &slot).await.unwrap_err();
        assert_eq!(refused.body.error_code.as_deref(), Some(wanted.as_str()));
        let taken = wanted == V::ResourceNotAvailable;
        assert_eq!(
            refused.status,
            if taken {
                StatusCode::CONFLICT
            } else {
                StatusCode::BAD_REQUEST
            }
        );
        return;
    }
    panic!("{wanted} cannot be met by taps");
}

#[tokio::test]
async fn who_has_everything_meets_available_everywhere() {
    let studio = open_at(MONDAY).await;
    for what in [
        TRAINING,
        BODY_SCAN,
        METABOLIC,
        POSTURE,
        PHYSIO,
        SPORTS_MASSAGE,
        SAUNA,
        CRYO,
        FLOATING,
        RELAX_MASSAGE,
    ] {
        bookable(&studio, NORA, what, "2026-11-30").await;
    }
    // Seven and eight days' notice.
    bookable(&studio, NORA, NUTRITION, "2026-12-07").await;
    bookable(&studio, NORA, LACTATE, "2026-12-09").await;
}

#[tokio::test]
async fn past() {
    met_by_taps(NORA, FLOATING, V::PastStartDateTime).await;
}

#[tokio::test]
async fn before_the_earliest() {
    met_by_taps(NORA, NUTRITION, V::DateTimeBeforeEarliestBookingDateTime).await;
}

#[tokio::test]
async fn after_the_latest() {
    let studio = open_at(MONDAY).await;
    met_from(
        &studio,
        NORA,
        PHYSIO,
        V::DateTimeAfterLatestBookingDateTime,
        "2026-12-11",
    )
    .await;
}

#[tokio::test]
async fn another_length() {
    met_by_taps(NORA, METABOLIC, V::PeriodDoesNotMatch).await;
}

#[tokio::test]
async fn closed() {
    met_by_taps(NORA, SAUNA, V::StudioClosed).await;
    met_by_taps(NORA, RELAX_MASSAGE, V::StudioClosed).await;
}

#[tokio::test]
async fn double_booked() {
    met_by_taps(NORA, SPORTS_MASSAGE, V::ResourceNotAvailable).await;
}

#[tokio::test]
async fn withdrawn() {
    met_by_taps(NORA, CRYO, V::NotAvailable).await;
}

#[tokio::test]
async fn paused() {
    met_by_taps(PAUL, BODY_SCAN, V::CustomerIdle).await;
    let studio = open_at(MONDAY).await;
    bookable(&studio, PAUL, BODY_SCAN, "2026-12-01").await;
    bookable(&studio, PAUL, BODY_SCAN, "2026-12-09").await;
}

#[tokio::test]
async fn nothing_left() {
    met_by_taps(CLARA, TRAINING, V::NoContingent).await;
    met_by_taps(CLARA, RELAX_MASSAGE, V::NoContingent).await;
    bookable(&open_at(MONDAY).await, CLARA, BODY_SCAN, "2026-12-01").await;
}

#[tokio::test]
async fn one_a_week() {
    let studio = open_at(MONDAY).await;
    let slot = bookable(&studio, EMIL, TRAINING, "2026-12-01").await;
    studio.book(EMIL, TRAINING, &slot).await.unwrap();
    met_from(&studio, EMIL, BOXING, V::NoContingent, "2026-12-01").await;
    bookable(&studio, EMIL, TRAINING, "2026-12-07").await;
}

#[tokio::test]
async fn two_at_a_time() {
    met_by_taps(BEN, TRAINING, V::BookingLimitReached).await;
    let studio = open_at(MONDAY).await;
    let id = studio.bookings(BEN).await[0].booking_id;
    studio.ask(DeleteBooking { id }).await.unwrap();
    bookable(&studio, BEN, TRAINING, "2026-12-01").await;
}

#[tokio::test]
async fn in_another_booking() {
    met_by_taps(OLGA, BODY_SCAN, V::CustomerInOtherBooking).await;
}

#[tokio::test]
async fn restrictions() {
    let studio = open_at(MONDAY).await;
    let missing = V::BookableAppointmentRestrictionsNotFulfilled;
    met_from(&studio, RANA, LACTATE, missing.clone(), "2026-12-09").await;
    met_by_taps(FRIEDA, TRAINING, missing.clone()).await;
    met_by_taps(PRIYA, TRAINING, missing).await;
    bookable(&studio, PRIYA, BookableAppointmentId(1_220_000_102), "2026-12-01").await;
}

#[tokio::test]
async fn upside_down_and_off_the_timetable_by_a_request() {
    let studio = open_at(MONDAY).await;
    let slot = bookable(&studio, NORA, TRAINING, "2026-12-01").await;
    let reversed = Slot {
        end_date_time: slot.start_date_time.clone(),
        ..slot.clone()
    };
    assert_eq!(
        studio.validate(NORA, TRAINING, &reversed).await,
        V::EndDateTimeNotAfterStartDateTime
    );
    let moment = |text| Moment::parse(text).unwrap();
    let odd = Slot {
        start_date_time: moment("2026-12-01T10:07:00.000+01:00[Europe/Berlin]"),
        end_date_time: moment("2026-12-01T11:07:00.000+01:00[Europe/Berlin]"),
        instructors: Vec::new(),
    };
    assert_eq!(studio.validate(NORA, TRAINING, &odd).await, V::NotAvailable);
}

#[tokio::test]
async fn a_trainer_of_another_service_is_not_available() {
    let studio = open_at(MONDAY).await;
    let mut slot = bookable(&studio, NORA, TRAINING, "2026-12-01").await;
    slot.instructors[0].id = Some(InstructorId(1_210_000_106));
    assert_eq!(studio.validate(NORA, TRAINING, &slot).await, V::NotAvailable);
}

#[test]
fn the_paper_names_every_status_and_every_member() {
    let paper = include_str!("../../../../docs/refusals.md");
    for status in V::KNOWN {
        assert!(paper.contains(&format!("`{status}`")), "{status}");
    }
    for member in demo_studio::members() {
        let line = format!(
            "| {} | {} | {} |",
            member.first_name, member.customer_number, member.date_of_birth
        );
        assert!(paper.contains(&line), "{line}");
    }
}
