//! Both changes of the clock, on the one service that is open day and night.

use crate::common::*;
use demo_studio::Settings;
use perfectgym::*;

async fn night(now: &str, day: &str) -> Vec<String> {
    let studio = open(
        now,
        Settings {
            strangers: false,
            ..Settings::default()
        },
    )
    .await;
    let slots = studio.slots_of_day(FLOATING, day).await;
    let starts = slots
        .iter()
        .map(|slot| slot.start_date_time.text()[11..29].to_owned());
    starts
        .filter(|text| text.as_str() >= "01:00" && text.as_str() < "04:00")
        .collect()
}

#[tokio::test]
async fn no_time_is_offered_in_the_hour_that_march_skips() {
    let starts = night("2027-03-26T09:00:00Z", "2027-03-28").await;
    let wanted = [
        "01:00:00.000+01:00",
        "01:30:00.000+01:00",
        "03:00:00.000+02:00",
        "03:30:00.000+02:00",
    ];
    assert_eq!(starts, wanted);
}

#[tokio::test]
async fn october_offers_its_repeated_hour_twice() {
    let starts = night("2027-10-29T09:00:00Z", "2027-10-31").await;
    let wanted = [
        "01:00:00.000+02:00",
        "01:30:00.000+02:00",
        "02:00:00.000+02:00",
        "02:30:00.000+02:00",
        "02:00:00.000+01:00",
        "02:30:00.000+01:00",
        "03:00:00.000+01:00",
        "03:30:00.000+01:00",
    ];
    assert_eq!(starts, wanted);
}

#[tokio::test]
async fn an_hour_is_an_hour_through_the_change() {
    for (now, first) in [
        ("2027-03-26T09:00:00Z", "2027-03-28"),
        ("2027-10-29T09:00:00Z", "2027-10-31"),
    ] {
        let studio = open(
            now,
            Settings {
                strangers: false,
                ..Settings::default()
            },
        )
        .await;
        for slot in studio.slots(FLOATING, first).await {
            let lasts = slot.end_date_time.instant() - slot.start_date_time.instant();
            assert_eq!(lasts.num_minutes(), 60, "{slot:?}");
        }
    }
}

#[tokio::test]
async fn the_second_half_past_two_of_october_can_be_booked_beside_the_first() {
    let studio = open(
        "2027-10-29T09:00:00Z",
        Settings {
            strangers: false,
            ..Settings::default()
        },
    )
    .await;
    let slots = studio.slots_of_day(FLOATING, "2027-10-31").await;
    let at = |text: &str| {
        slots
            .iter()
            .find(|s| s.start_date_time.text().contains(text))
            .unwrap()
    };
    let first = studio
        .book(NORA, FLOATING, at("T01:00:00.000+02:00"))
        .await
        .unwrap();
    let second = studio
        .book(NORA, FLOATING, at("T02:30:00.000+01:00"))
        .await
        .unwrap();
    assert_eq!(
        first.end_date_time.text(),
        "2027-10-31T02:00:00.000+02:00[Europe/Berlin]"
    );
    assert_eq!(
        second.end_date_time.text(),
        "2027-10-31T03:30:00.000+01:00[Europe/Berlin]"
    );
}

#[tokio::test]
async fn ordinary_hours_stay_on_the_wall_clock() {
    let studio = open(
        "2027-03-26T09:00:00Z",
        Settings {
            strangers: false,
            ..Settings::default()
        },
    )
    .await;
    let starts = |day: &'static str| async {
        studio.slots_of_day(SAUNA, day).await[0].start_date_time.text()[11..].to_owned()
    };
    assert_eq!(starts("2027-03-27").await, "09:00:00.000+01:00[Europe/Berlin]");
    assert_eq!(starts("2027-03-28").await, "09:00:00.000+02:00[Europe/Berlin]");
}

#[tokio::test]
async fn a_holiday_has_no_times_and_is_refused() {
    let studio = open(
        "2026-12-21T09:00:00Z",
        Settings {
            strangers: false,
            ..Settings::default()
        },
    )
    .await;
    assert!(studio.slots_of_day(TRAINING, "2026-12-25").await.is_empty());
    let moment = |text| Moment::parse(text).unwrap();
    let christmas = Slot {
        start_date_time: moment("2026-12-25T10:00:00.000+01:00[Europe/Berlin]"),
        end_date_time: moment("2026-12-25T11:00:00.000+01:00[Europe/Berlin]"),
        instructors: Vec::new(),
    };
    assert_eq!(
        studio.validate(NORA, TRAINING, &christmas).await,
        ValidationStatus::StudioClosed
    );
}

#[tokio::test]
async fn what_is_open_day_and_night_is_open_on_a_holiday() {
    let studio = open_at("2026-12-24T09:00:00Z").await;
    for slot in studio.slots_of_day(FLOATING, "2026-12-25").await {
        assert_eq!(
            studio.validate(NORA, FLOATING, &slot).await,
            ValidationStatus::Available
        );
    }
    assert!(!studio.slots_of_day(FLOATING, "2026-12-25").await.is_empty());
}
