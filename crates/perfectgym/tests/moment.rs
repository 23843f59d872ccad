//! Moments: whatever the upstream writes goes back byte for byte, and means the instant that anybody else would read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use perfectgym::{Moment, MomentError, MomentForm};
use proptest::prelude::*;

/// Any instant of the years 1970 to 2200, to the millisecond, at any offset of whole minutes.
fn at() -> impl Strategy<Value = DateTime<FixedOffset>> {
    (0_i64..7_258_118_400_000, -14 * 60..=14 * 60_i32).prop_map(|(millis, minutes)| {
        let offset = FixedOffset::east_opt(minutes * 60).unwrap();
        Utc.timestamp_millis_opt(millis).unwrap().with_timezone(&offset)
    })
}

fn form() -> impl Strategy<Value = MomentForm> {
    prop_oneof![
        Just(MomentForm::Utc),
        Just(MomentForm::Offset),
        Just(MomentForm::Zoned)
    ]
}

/// What chrono makes of the same text, less the bracket that it does not know.
fn by_chrono(text: &str) -> DateTime<Utc> {
    let bare = text.split('[').next().unwrap();
    DateTime::parse_from_rfc3339(bare).unwrap().to_utc()
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_and_means_what_chrono_says(at in at(), form in form()) {
        let written = Moment::write(at, "Europe/Berlin", form).unwrap();
        let read = Moment::parse(written.text()).unwrap();
        prop_assert_eq!(read.text(), written.text());
        prop_assert_eq!(read.instant(), by_chrono(written.text()));
        let zone = (form == MomentForm::Zoned).then_some("Europe/Berlin");
        prop_assert_eq!(read.zone(), zone);
        let local = (form != MomentForm::Utc).then(|| at.naive_local());
        prop_assert_eq!(read.local(), local);
    }

    #[test]
    fn a_text_goes_through_json_byte_for_byte(at in at(), digits in 0..=9_usize, zone in prop_oneof![
        Just(""), Just("[Europe/Berlin]"), Just("[America/Argentina/ComodRivadavia]"), Just("[Etc/GMT+5]"), Just("[GMT+02:00]"),
    ]) {
        let fraction = if digits == 0 { String::new() } else { format!(".{:0<digits$}", 5) };
        let text = format!("{}{fraction}{}{zone}", at.format("%Y-%m-%dT%H:%M:%S"), at.format("%:z"));
        let json = serde_json::to_string(&text).unwrap();
        let moment: Moment = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&moment).unwrap(), json);
        prop_assert_eq!(moment.instant(), by_chrono(&text));
    }

    #[test]
    fn nonsense_is_an_error_and_never_a_panic(text in any::<String>()) {
        if let Ok(moment) = Moment::parse(&text) {
            prop_assert_eq!(moment.text(), text);
        }
    }

    #[test]
    fn what_is_nearly_a_moment_is_read_whole_or_not_at_all(text in "[0-9]{3,5}-[0-9]{1,2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(\\.[0-9]{0,10})?(Z|[+-][0-9]{2}:?[0-9]{2})?(\\[[A-Za-zÄ/+:]{0,9}\\]?)?") {
        if let Ok(moment) = Moment::parse(&text) {
            prop_assert_eq!(moment.text(), text.as_str());
            let seconds = if text.matches(':').count() >= 2 { text.clone() } else { return Ok(()) };
            if let Ok(known) = DateTime::parse_from_rfc3339(seconds.split('[').next().unwrap()) {
                prop_assert_eq!(moment.instant(), known.to_utc());
            }
        }
    }

    #[test]
    fn a_byte_more_or_less_never_panics(at in at(), form in form(), cut in any::<prop::sample::Index>(), put in any::<char>()) {
        let text = Moment::write(at, "Europe/Berlin", form).unwrap().text().to_owned();
        let cut = cut.index(text.len());
        let (head, tail) = text.split_at(cut);
        for text in [format!("{head}{put}{tail}"), head.to_owned(), tail.to_owned(), format!("{head}{put}{}", &tail[1..])] {
            if let Ok(moment) = Moment::parse(&text) {
                prop_assert_eq!(moment.text(), text);
            }
        }
    }
}

#[test]
fn two_texts_of_one_instant_are_two_moments() {
    let utc = Moment::parse("2026-12-02T16:30:00Z").unwrap();
    let berlin = Moment::parse("2026-12-02T17:30:00.000+01:00[Europe/Berlin]").unwrap();
    assert_eq!(utc.instant(), berlin.instant());
    assert_ne!(utc, berlin);
}

#[test]
fn an_error_names_what_is_wrong() {
    for (text, error) in [
        ("", MomentError::Date),
        ("2026-13-02T17:30:00Z", MomentError::Date),
        ("2026-02-29T17:30:00Z", MomentError::Date),
        ("2026-12-02T25:30:00Z", MomentError::Time),
        ("2026-12-02T17:30:00.Z", MomentError::Time),
        ("2026-12-02T17:30:00", MomentError::NoOffset),
        ("2026-12-02T17:30:00[Europe/Berlin]", MomentError::NoOffset),
        ("2026-12-02T17:30:00+0100", MomentError::Offset),
        ("2026-12-02T17:30:00+24:00", MomentError::Offset),
        ("2026-12-02T17:30:00+01:00[]", MomentError::Zone),
        ("2026-12-02T17:30:00+01:00[Europe/Berlin", MomentError::Zone),
    ] {
        assert_eq!(Moment::parse(text), Err(error), "{text}");
    }
}
