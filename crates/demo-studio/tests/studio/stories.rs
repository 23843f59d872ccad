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

/// Bookings to come that stand.
fn to_come(studio: &Tested, rows: &[AppointmentBooking]) -> usize {
    let now = studio.clock.now();
    let stands = |b: &&AppointmentBooking| b.booking_status != BookingStatus::Canceled;
    rows.iter()
        .filter(stands)
        .filter(|b| b.start_date_time.instant() > now)
        .count()
}

#[tokio::test]
async fn what_a_story_had_booked_is_offered_again_once_it_is_cancelled() {
    let studio = open_at(MONDAY).await;
    let services = studio
        .ask(ListBookableAppointments {
            offset: None,
            slice_size: Some(SliceSize::new(100).unwrap()),
        })
        .await
        .unwrap()
        .result
        .items;
    for _ in 0..30 {
        for booking in [
            studio.bookings(BEN).await,
            studio.bookings(OLGA).await,
            studio.bookings(HENRY).await,
        ]
        .concat()
        {
            if booking.start_date_time.instant() < studio.clock.now()
                || booking.booking_status == BookingStatus::Canceled
            {
                continue;
            }
            studio
                .ask(DeleteBooking {
                    id: booking.booking_id,
                })
                .await
                .unwrap();
            let service = services
                .iter()
                .find(|service| service.title == booking.title)
                .unwrap();
            let day = &booking.start_date_time.text()[..10];
            let again = studio.slots_of_day(service.id, day).await;
            assert!(
                again
                    .iter()
                    .any(|slot| slot.start_date_time == booking.start_date_time
                        && slot.instructors == booking.instructors),
                "{}: {booking:?}",
                studio.clock.now()
            );
        }
        studio.clock.advance(TimeDelta::days(1));
    }
}

#[tokio::test]
async fn ben_never_has_more_than_he_may_have() {
    let studio = open_at(MONDAY).await;
    let id = studio.bookings(BEN).await[0].booking_id;
    studio.ask(DeleteBooking { id }).await.unwrap();
    let slot = bookable(&studio, BEN, TRAINING, "2026-12-07").await;
    studio.book(BEN, TRAINING, &slot).await.unwrap();
    for _ in 0..3 {
        studio.clock.advance(TimeDelta::days(1));
        assert_eq!(
            to_come(&studio, &studio.bookings(BEN).await),
            2,
            "{}",
            studio.clock.now()
        );
    }
    let slot = studio.slots(TRAINING, "2026-12-08").await.remove(0);
    assert_eq!(
        studio.validate(BEN, TRAINING, &slot).await,
        ValidationStatus::BookingLimitReached
    );
}

#[tokio::test]
async fn a_story_makes_room_for_what_its_member_booked() {
    let studio = open_at(MONDAY).await;
    let noon = |slots: Vec<Slot>| {
        let at_noon = |slot: &Slot| slot.start_date_time.text().contains("T12:30");
        slots.into_iter().find(at_noon).unwrap()
    };
    let scan = noon(studio.slots_of_day(BODY_SCAN, "2026-12-02").await);
    studio.book(OLGA, BODY_SCAN, &scan).await.unwrap();
    studio.clock.advance(TimeDelta::days(1));
    let rows = studio.bookings(OLGA).await;
    let span = |b: &AppointmentBooking| (b.start_date_time.instant(), b.end_date_time.instant());
    let own: Vec<_> = rows.iter().map(span).collect();
    let clash = own
        .iter()
        .any(|a| own.iter().any(|b| a != b && a.0 < b.1 && b.0 < a.1));
    assert!(!clash && own.len() == 2, "{rows:?}");
}
