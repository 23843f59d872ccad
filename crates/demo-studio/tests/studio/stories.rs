//! Each member's story holds on every day, and what a member did is not undone by the next.

use crate::common::*;
use chrono::TimeDelta;
use perfectgym::*;

#[tokio::test]
async fn stories_hold_on_every_day_of_two_months() {
    let studio = open_at(MONDAY).await;
    for _ in 0..60 {
        let now = studio.clock.now();
        let ben = studio.bookings(BEN).await;
        let to_come = ben.iter().filter(|b| b.start_date_time.instant() > now).count();
        assert!(to_come >= 2, "{now}: Ben has {to_come}");
        assert!(!studio.bookings(OLGA).await.is_empty(), "{now}");
        history_holds(&studio).await;
        studio.clock.advance(TimeDelta::days(1));
    }
}

async fn history_holds(studio: &Tested) {
    let (now, rows) = (studio.clock.now(), studio.bookings(HENRY).await);
    let any = |test: &dyn Fn(&AppointmentBooking) -> bool| rows.iter().any(test);
    assert!(
        any(&|b| b.participant_status == ParticipantStatus::Participating
            && b.appointment_status == AppointmentStatus::Completed),
        "{now}"
    );
    assert!(
        any(&|b| b.participant_status == ParticipantStatus::NotParticipating
            && b.appointment_status == AppointmentStatus::Completed),
        "{now}"
    );
    assert!(any(&|b| b.booking_status == BookingStatus::Canceled), "{now}");
    assert!(
        any(&|b| b.booking_status == BookingStatus::BookedWithConfirmationRequired),
        "{now}"
    );
    assert!(
        any(&|b| b.start_date_time.instant() > now && b.booking_status == BookingStatus::Booked),
        "{now}"
    );
}

#[tokio::test]
async fn a_story_stays_cancelled_today_and_is_told_anew_tomorrow() {
    let studio = open_at(MONDAY).await;
    let booked = |rows: &[AppointmentBooking]| {
        rows.iter()
            .filter(|b| b.booking_status == BookingStatus::Booked)
            .count()
    };
    let id = studio.bookings(OLGA).await[0].booking_id;
    studio.ask(DeleteBooking { id }).await.unwrap();
    studio.clock.advance(TimeDelta::hours(1));
    assert_eq!(booked(&studio.bookings(OLGA).await), 0);
    studio.clock.advance(TimeDelta::days(1));
    let rows = studio.bookings(OLGA).await;
    assert_eq!(
        (rows.len(), booked(&rows)),
        (2, 1),
        "the cancelled one is kept beside the new one"
    );
}

#[tokio::test]
async fn what_a_member_booked_is_still_there_the_next_day() {
    let studio = open_at(MONDAY).await;
    let slot = bookable(&studio, HENRY, TRAINING, "2026-12-05").await;
    let id = studio.book(HENRY, TRAINING, &slot).await.unwrap().booking_id;
    studio.clock.advance(TimeDelta::days(3));
    assert!(studio.bookings(HENRY).await.iter().any(|b| b.booking_id == id));
}

#[tokio::test]
async fn one_of_henrys_is_further_ahead_than_the_list_goes() {
    let studio = open_at(MONDAY).await;
    let listed = studio.bookings(HENRY).await;
    let most = listed.iter().map(|b| b.booking_id.0).max().unwrap();
    let mut found = Vec::new();
    for id in (most - 9..=most + 9).map(BookingId) {
        found.extend(
            studio
                .ask(GetBooking { id })
                .await
                .ok()
                .filter(|b| b.customer_id == HENRY),
        );
    }
    assert_eq!(found.len(), listed.len() + 1);
}

#[tokio::test]
async fn a_full_day_and_an_empty_week_exist() {
    let studio = open_at(MONDAY).await;
    assert!(
        studio.slots_of_day(BOXING, "2026-12-02").await.is_empty(),
        "on Wednesdays the league trains"
    );
    assert!(!studio.slots_of_day(BOXING, "2026-12-03").await.is_empty());
    assert!(studio.slots(LACTATE, "2026-11-30").await.is_empty());
    assert!(!studio.slots(LACTATE, "2026-12-06").await.is_empty());
}
