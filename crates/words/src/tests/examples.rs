//! What a member reads, word for word.

use booking::bookings::Standing;
use booking::flow::{News, Reading};
use booking::refusal::Refusal;
use booking::{FailureKind, Lang};
use chrono::{NaiveDate, NaiveDateTime};
use perfectgym::{BookingId, ParticipantStatus, ValidationStatus};

use crate::{RefusalContext, Words, failure, news, period, words};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn both() -> (&'static Words, &'static Words) {
    (words(Lang::En), words(Lang::De))
}

#[test]
fn days_read_as_people_write_them() {
    let (en, de) = both();
    let (today, tuesday) = (day("2026-11-23"), day("2026-12-02"));
    assert_eq!(en.dates.day_short(tuesday, today), "Wed 2 Dec");
    assert_eq!(de.dates.day_short(tuesday, today), "Mi 2. Dez.");
    assert_eq!(en.dates.day_long(tuesday, today), "Wednesday 2 December");
    assert_eq!(de.dates.day_long(tuesday, today), "Mittwoch, 2. Dezember");
    assert_eq!(en.dates.day_short(day("2027-01-03"), today), "Sun 3 Jan 2027");
    assert_eq!(
        de.dates.day_long(day("2027-03-01"), today),
        "Montag, 1. März 2027"
    );
}

#[test]
fn today_and_tomorrow_have_names_also_across_a_new_year() {
    let (en, de) = both();
    let eve = day("2026-12-31");
    assert_eq!(en.dates.day_near(eve, eve), "Today");
    assert_eq!(de.dates.day_near(day("2027-01-01"), eve), "Morgen");
    assert_eq!(en.dates.day_near(day("2026-12-30"), eve), "Wed 30 Dec");
}

#[test]
fn times_have_two_digits_and_periods_a_dash() {
    let (start, end) = (at("2026-12-02T08:05:00"), at("2026-12-02T17:30:00"));
    assert_eq!(period(start, end), "08:05–17:30");
    let (en, de) = both();
    assert_eq!(
        en.dates.when(start, end, day("2026-11-23")),
        "Wed 2 Dec, 08:05–17:30"
    );
    assert_eq!(de.dates.start(start, day("2026-11-23")), "Mi 2. Dez., 08:05");
}

#[test]
fn a_strip_over_two_months_or_years_names_both() {
    let (en, de) = both();
    let span = |a, b| {
        (
            en.dates.month_span(day(a), day(b)),
            de.dates.month_span(day(a), day(b)),
        )
    };
    assert_eq!(
        span("2026-12-02", "2026-12-06"),
        ("December 2026".into(), "Dezember 2026".into())
    );
    assert_eq!(span("2026-04-29", "2026-05-03").1, "April – Mai 2026");
    assert_eq!(span("2026-12-30", "2027-01-03").0, "December 2026 – January 2027");
}

#[test]
fn names_and_minutes_are_put_together_by_language() {
    let (en, de) = both();
    assert_eq!(en.dates.names(&["Anna"]), "Anna");
    assert_eq!(en.dates.names(&["Anna", "Ben"]), "Anna and Ben");
    assert_eq!(de.dates.names(&["Anna", "Ben", "Cem"]), "Anna, Ben und Cem");
    assert_eq!(de.dates.names::<&str>(&[]), "");
    assert_eq!(
        (en.dates.duration_long(1), de.dates.duration_long(45)),
        ("1 minute".into(), "45 Minuten".into())
    );
}

#[test]
fn none_one_and_more_are_told_apart() {
    let (en, de) = both();
    let day_times = |n| {
        (
            (en.times.day_times)("Monday", n),
            (de.times.day_times)("Montag", n),
        )
    };
    assert_eq!(
        day_times(0),
        ("Monday, no times".into(), "Montag, keine Zeiten".into())
    );
    assert_eq!(day_times(1), ("Monday, 1 time".into(), "Montag, 1 Zeit".into()));
    assert_eq!(
        day_times(6),
        ("Monday, 6 times".into(), "Montag, 6 Zeiten".into())
    );
    assert_eq!((en.catalogue.count)(16), "16 appointments");
    assert_eq!((de.catalogue.count)(1), "1 Termin");
}

#[test]
fn a_zone_is_named_by_its_city() {
    let (en, de) = both();
    assert_eq!((en.times.zone)("Europe/Berlin"), "Times are Berlin time.");
    assert_eq!((en.times.zone)("America/New_York"), "Times are New York time.");
    assert_eq!(
        (de.times.zone)("Europe/Vienna"),
        "Alle Zeiten sind Ortszeit Wien."
    );
    assert_eq!((en.times.zone)("UTC"), "Times are UTC.");
}

#[test]
fn waiting_says_how_long_and_never_too_short() {
    let (en, de) = both();
    let retry = |s| ((en.failures.retry_after)(s), (de.failures.retry_after)(s));
    assert_eq!(
        retry(300),
        (
            "Try again in 5 minutes.".into(),
            "Versuch es in 5 Minuten erneut.".into()
        )
    );
    assert_eq!(retry(241).0, "Try again in 5 minutes.");
    assert_eq!(retry(60).1, "Versuch es in einer Minute erneut.");
    assert_eq!(retry(20).0, "Try again in 20 seconds.");
    assert_eq!(retry(6000).0, "Try again in 2 hours.");
}

#[test]
fn a_refusal_names_the_time_and_the_clash_where_they_are_known() {
    let (en, de) = both();
    let about = |words: &Words| RefusalContext {
        time: "17:30".into(),
        clash: Some((words.refusals.clash)("Massage", "17:00–18:00")),
    };
    assert_eq!(
        (en.refusals.of)(&Refusal::Past, &about(en)),
        "17:30 has already started."
    );
    assert_eq!(
        (en.refusals.of)(&Refusal::OtherBooking, &about(en)),
        "You already have Massage at 17:00–18:00."
    );
    assert_eq!(
        (de.refusals.of)(&Refusal::OtherBooking, &about(de)),
        "Du hast schon etwas gebucht: Massage, 17:00–18:00 Uhr."
    );
    let unknown = RefusalContext::default();
    assert_eq!(
        (en.refusals.of)(&Refusal::Past, &unknown),
        "This time has already started."
    );
    assert_eq!(
        (de.refusals.of)(&Refusal::OtherBooking, &unknown),
        "Du hast zu dieser Zeit schon etwas gebucht."
    );
}

#[test]
fn a_word_nobody_knows_is_a_polite_refusal() {
    let odd = Refusal::Unknown("FULL_MOON".into());
    assert_eq!(
        (words(Lang::En).refusals.of)(&odd, &RefusalContext::default()),
        "That time can't be booked."
    );
}

#[test]
fn all_news_has_words_of_its_own() {
    let said = |lang, piece: &News| news(words(lang), piece, day("2026-11-23"), &RefusalContext::default());
    let all = [
        News::Times {
            day: day("2026-12-01"),
            count: 6,
        },
        News::Found(0),
        News::Found(3),
        News::NextFree(at("2026-12-02T18:00:00")),
        News::Loading(Reading::Catalogue),
        News::Loading(Reading::Times),
        News::Loading(Reading::Bookings),
        News::StillTrying,
        News::CanBeBooked,
        News::Refused(ValidationStatus::StudioClosed),
        News::TimeGone,
        booked(Standing::Upcoming),
        booked(Standing::ToBeConfirmed),
        booked(Standing::Unclear),
        booked(Standing::Cancelled),
        News::Checking,
        News::GivenUp,
        News::NotBooked,
        News::Cancelled,
        News::NotCancelled,
        News::SignedIn,
        News::SignedOut,
        News::SignOutOwed { offline: true },
        News::SignOutOwed { offline: false },
        News::SessionEnded { at_book: false },
        News::SessionEnded { at_book: true },
        News::Offline,
        News::Online,
        News::Failed,
    ];
    for lang in Lang::ALL {
        let mut texts: Vec<String> = all.iter().map(|piece| said(lang, piece)).collect();
        assert!(texts.iter().all(|text| !text.is_empty()));
        texts.sort();
        texts.dedup();
        assert_eq!(
            texts.len(),
            all.len(),
            "two pieces of news sound the same in {lang:?}"
        );
    }
    assert_eq!(said(Lang::De, &all[0]), "Dienstag, 1. Dezember, 6 Zeiten");
    assert_eq!(said(Lang::En, &all[2]), "3 appointments");
    assert_eq!(said(Lang::De, &all[3]), "Nächste freie Zeit: Mi 2. Dez., 18:00");
}

fn booked(standing: Standing) -> News {
    News::Booked {
        id: BookingId(1),
        standing,
    }
}

#[test]
fn only_what_is_booked_is_said_to_be() {
    let (en, de) = both();
    let claims = |text: &str| text.contains("booked") || text.to_lowercase().contains("gebucht");
    for words in [en, de] {
        for standing in [Standing::Unclear, Standing::Cancelled] {
            assert!(!claims(words.booked.said(standing)), "{standing:?}");
            assert!(!claims(words.booked.headed(standing)), "{standing:?}");
        }
        for standing in [Standing::Upcoming, Standing::ToBeConfirmed] {
            assert!(claims(words.booked.said(standing)), "{standing:?}");
        }
    }
    assert_eq!(
        en.booked.said(Standing::ToBeConfirmed),
        "It is booked. The studio still has to confirm it."
    );
    assert_eq!(
        en.booked.said(Standing::Unclear),
        "The studio has your request. Look at My bookings."
    );
}

#[test]
fn signing_out_without_a_network_is_not_said_to_be_done() {
    let (en, de) = both();
    assert_ne!(en.shell.signed_out_offline, en.shell.signed_out);
    assert_eq!(
        en.shell.signed_out_offline,
        "You're offline. We'll sign you out as soon as you're back online."
    );
    assert_eq!(
        de.shell.session_ended_at_book,
        "Du bist nicht mehr angemeldet. Es wurde nichts gebucht."
    );
}

#[test]
fn a_booking_is_never_called_booked_once_it_is_not() {
    for lang in Lang::ALL {
        let standing = words(lang).bookings.standing;
        for other in [
            Standing::Cancelled,
            Standing::Past,
            Standing::ToBeConfirmed,
            Standing::Unclear,
        ] {
            assert_ne!(standing(other), standing(Standing::Upcoming));
        }
    }
    let bookings = &words(Lang::En).bookings;
    assert_eq!(
        bookings.participant(&ParticipantStatus::NotParticipating),
        Some("Marked as not attended")
    );
    assert_eq!(bookings.participant(&ParticipantStatus::Participating), None);
}

#[test]
fn a_failure_that_may_have_been_done_does_not_claim_otherwise() {
    for lang in Lang::ALL {
        for kind in [
            FailureKind::Uncertain,
            FailureKind::Unreadable,
            FailureKind::Unknown("X".into()),
        ] {
            let text = failure(lang, &kind).to_lowercase();
            assert!(!text.contains("nothing") && !text.contains("nichts"), "{text}");
        }
    }
    assert!(failure(Lang::En, &FailureKind::SwitchedOff).starts_with("Online booking is switched off."));
}
