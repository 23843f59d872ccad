//! The rules that need no story: which booking is which, what it is to its member, and addresses of any content.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use booking::Route;
use booking::bookings::{Grouped, Standing, same_booking};
use booking::route::{Pick, Shelf};
use booking::slots::SlotKey;
use chrono::{DateTime, Utc};
use perfectgym::{AppointmentBooking, BookableAppointmentId, BookingId, BookingWish, InstructorId};
use proptest::prelude::*;

fn booking(id: i64, start: &str, status: &str, appointment: &str) -> AppointmentBooking {
    let end = start.replace("T17", "T18").replace("T16", "T17");
    let json = format!(
        r#"{{"bookingId": {id}, "bookingStatus": "{status}", "startDateTime": "{start}", "endDateTime": "{end}",
            "title": "Massage", "appointmentStatus": "{appointment}", "participantStatus": "PARTICIPATING"}}"#
    );
    serde_json::from_str(&json).unwrap()
}

fn wish() -> BookingWish {
    let json = r#"{"bookableAppointmentId": 7, "startDateTime": "2026-12-02T17:00:00.000+01:00[Europe/Berlin]",
        "endDateTime": "2026-12-02T18:00:00.000+01:00[Europe/Berlin]", "instructorIds": []}"#;
    serde_json::from_str(json).unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

const START: &str = "2026-12-02T16:00:00Z";

#[test]
fn a_booking_is_found_again_though_it_is_written_in_another_form() {
    let found = booking(1, START, "BOOKED", "PLANNED");
    assert!(same_booking(&wish(), Some("Massage"), &found));
    assert!(same_booking(&wish(), None, &found));
    let untitled = AppointmentBooking { title: None, ..found };
    assert!(same_booking(&wish(), Some("Massage"), &untitled));
}

#[test]
fn another_booking_is_not_taken_for_the_one_that_was_wished_for() {
    let same = |booking: &AppointmentBooking| same_booking(&wish(), Some("Massage"), booking);
    assert!(
        !same(&booking(1, "2026-12-02T17:00:00Z", "BOOKED", "PLANNED")),
        "local time read as UTC"
    );
    assert!(
        !same(&booking(1, START, "CANCELED", "PLANNED")),
        "cancelled before, booked again now"
    );
    assert!(!same(&booking(1, START, "BOOKED", "CANCELED")));
    assert!(!same_booking(
        &wish(),
        Some("Yoga"),
        &booking(1, START, "BOOKED", "PLANNED")
    ));
}

#[test]
fn a_booking_is_what_its_words_and_the_clock_say() {
    let before = at("2026-12-02T15:59:59Z");
    let standing = |status, appointment, now| Standing::of(&booking(1, START, status, appointment), now);
    for (status, appointment, now, is) in [
        ("BOOKED", "PLANNED", before, Standing::Upcoming),
        ("BOOKED", "PLANNED", at(START), Standing::Past),
        ("BOOKED", "COMPLETED", before, Standing::Past),
        (
            "BOOKED_WITH_CONFIRMATION_REQUIRED",
            "PLANNED",
            before,
            Standing::ToBeConfirmed,
        ),
        ("CANCELED", "PLANNED", before, Standing::Cancelled),
        (
            "CANCELED",
            "COMPLETED",
            at("2027-01-01T00:00:00Z"),
            Standing::Cancelled,
        ),
        ("BOOKED", "CANCELED", before, Standing::Cancelled),
        ("WAITING_LIST", "PLANNED", before, Standing::Unclear),
        ("BOOKED", "MOVED", before, Standing::Unclear),
        (
            "BOOKED_WITH_CONFIRMATION_REQUIRED",
            "MOVED",
            before,
            Standing::Unclear,
        ),
    ] {
        assert_eq!(standing(status, appointment, now), is, "{status} {appointment}");
    }
}

#[test]
fn my_bookings_lose_none_and_come_in_the_order_one_looks_for_them() {
    let all = [
        booking(1, "2026-12-04T16:00:00Z", "BOOKED", "PLANNED"),
        booking(2, "2026-12-02T16:00:00Z", "NEW_WORD", "PLANNED"),
        booking(3, "2026-11-20T16:00:00Z", "BOOKED", "COMPLETED"),
        booking(4, "2026-11-25T16:00:00Z", "BOOKED", "COMPLETED"),
        booking(5, "2026-12-03T16:00:00Z", "CANCELED", "PLANNED"),
    ];
    let groups = Grouped::of(&all, at("2026-12-01T08:00:00Z"));
    let ids =
        |bookings: &[AppointmentBooking]| -> Vec<i64> { bookings.iter().map(|b| b.booking_id.0).collect() };
    assert_eq!(ids(&groups.upcoming), [2, 1]);
    assert_eq!(ids(&groups.past), [4, 3]);
    assert_eq!(ids(&groups.cancelled), [5]);
}

fn text() -> impl Strategy<Value = String> {
    "\\PC{1,20}"
}

fn pick() -> impl Strategy<Value = Pick> {
    let slot = (
        text(),
        text(),
        prop::collection::vec(any::<i64>().prop_map(InstructorId), 0..4),
    );
    let slot = slot.prop_map(|(start, end, instructors)| SlotKey {
        start,
        end,
        instructors,
    });
    let day = (0..40_000_i32)
        .prop_map(|days| chrono::NaiveDate::from_num_days_from_ce_opt(720_000 + days).unwrap());
    (
        any::<i64>(),
        prop::option::of(day),
        prop::option::of(any::<i64>()),
        prop::option::of(slot),
        prop::option::of(any::<i64>()),
    )
        .prop_map(|(service, day, trainer, slot, instead)| Pick {
            service: BookableAppointmentId(service),
            day,
            trainer: trainer.map(InstructorId),
            slot,
            instead: instead.map(BookingId),
        })
}

fn route() -> impl Strategy<Value = Route> {
    let shelf =
        ("\\PC{0,20}", prop::option::of(text())).prop_map(|(search, category)| Shelf { search, category });
    prop_oneof![
        shelf.prop_map(Route::Catalogue),
        pick().prop_map(Route::Times),
        (any::<i64>(), prop::option::of(any::<i64>())).prop_map(|(id, instead)| Route::Booked {
            id: BookingId(id),
            instead: instead.filter(|old| *old != id).map(BookingId),
        }),
        any::<i64>().prop_map(|id| Route::Booking(BookingId(id))),
        Just(Route::Bookings),
    ]
}

proptest! {
    #[test]
    fn an_address_reads_back_what_it_was_written_from(route in route()) {
        prop_assert_eq!(&Route::parse(&route.format()), &route);
        let through = route.through_sign_in();
        prop_assert_eq!(&Route::parse(&through.format()), &through);
    }

    #[test]
    fn any_address_is_some_screen_and_leads_to_no_other_site(address in any::<String>()) {
        let written = Route::parse(&address).format();
        prop_assert_eq!(Route::parse(&written).format(), written);
        let next = format!("/sign-in?next={address}");
        let Route::SignIn(next) = Route::parse(&next) else {
            return Ok(());
        };
        let next = next.format();
        prop_assert!(next.starts_with('/') && !next.starts_with("//"), "{}", next);
    }
}
