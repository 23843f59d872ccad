//! docs/refusals.md on every day of a year and at all hours: who follows its table meets what it says.
//!
//! Asked at the desk, past HTTP and JSON, so that a year takes seconds.

use std::ops::RangeInclusive;

use crate::common::*;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use demo_studio::Clock;
use demo_studio::Database;
use demo_studio::calendar::{Offer, Span, Wish, local};
use demo_studio::desk::Desk;
use demo_studio::seed;
use demo_studio::store::Store;
use perfectgym::ValidationStatus as V;
use perfectgym::*;

/// A line of the table: who is to be met by what, and what it says to pick.
struct Promise {
    who: CustomerId,
    what: BookableAppointmentId,
    wanted: V,
    on: Days,
    pick: fn(&Try, &Span) -> bool,
}

/// The days on which to look, the first of them that has such a time.
enum Days {
    /// So many days from today.
    Ahead(RangeInclusive<i64>),
    /// The next such weekdays, today not among them; a holiday has no times, and the next is taken.
    Next(Weekday),
}

/// What somebody who tries the table knows.
struct Try {
    now: DateTime<Utc>,
    /// What they find under My bookings.
    own: Vec<Span>,
}

const ANY: fn(&Try, &Span) -> bool = |_, _| true;
const HAS_BEGUN: fn(&Try, &Span) -> bool = |here, span| span.from <= here.now;
const WITHIN_SEVEN_DAYS: fn(&Try, &Span) -> bool = |here, span| span.from < here.now + TimeDelta::days(7);
const BEYOND_SIX: fn(&Try, &Span) -> bool = |_, span| clock_of(span.until) > 18 * 60;
const ONE_TO_FIVE: fn(&Try, &Span) -> bool =
    |_, span| clock_of(span.from) >= 13 * 60 && clock_of(span.until) <= 17 * 60;
const HAS_NOTHING: fn(&Try, &Span) -> bool = |here, span| !here.own.iter().any(|own| own.overlaps(span));
const HAS_SOMETHING: fn(&Try, &Span) -> bool = |here, span| !HAS_NOTHING(here, span);

const BERLIN: chrono_tz::Tz = chrono_tz::Europe::Berlin;

/// Minutes since midnight on the studio's wall clock.
fn clock_of(at: DateTime<Utc>) -> u32 {
    use chrono::Timelike;
    at.with_timezone(&BERLIN).num_seconds_from_midnight() / 60
}

fn promised() -> Vec<Promise> {
    use Days::{Ahead, Next};
    let restricted = || V::BookableAppointmentRestrictionsNotFulfilled;
    let line = |who, what, wanted, on, pick| Promise {
        who,
        what,
        wanted,
        on,
        pick,
    };
    vec![
        line(NORA, BODY_SCAN, V::Available, Ahead(1..=5), ANY),
        line(NORA, FLOATING, V::PastStartDateTime, Ahead(0..=0), HAS_BEGUN),
        line(
            NORA,
            NUTRITION,
            V::DateTimeBeforeEarliestBookingDateTime,
            Ahead(0..=7),
            WITHIN_SEVEN_DAYS,
        ),
        // What tests/e2e/refusals.spec.ts taps.
        line(
            NORA,
            NUTRITION,
            V::DateTimeBeforeEarliestBookingDateTime,
            Ahead(1..=6),
            ANY,
        ),
        line(
            NORA,
            PHYSIO,
            V::DateTimeAfterLatestBookingDateTime,
            Ahead(11..=17),
            ANY,
        ),
        line(NORA, METABOLIC, V::PeriodDoesNotMatch, Next(Weekday::Fri), ANY),
        line(NORA, SAUNA, V::StudioClosed, Next(Weekday::Tue), BEYOND_SIX),
        line(
            NORA,
            RELAX_MASSAGE,
            V::StudioClosed,
            Next(Weekday::Tue),
            BEYOND_SIX,
        ),
        line(
            NORA,
            SPORTS_MASSAGE,
            V::ResourceNotAvailable,
            Next(Weekday::Thu),
            ONE_TO_FIVE,
        ),
        line(NORA, CRYO, V::NotAvailable, Next(Weekday::Mon), ANY),
        line(PAUL, TRAINING, V::CustomerIdle, Ahead(2..=8), ANY),
        line(CLARA, TRAINING, V::NoContingent, Ahead(1..=5), ANY),
        line(BEN, TRAINING, V::BookingLimitReached, Ahead(1..=5), HAS_NOTHING),
        line(
            OLGA,
            BODY_SCAN,
            V::CustomerInOtherBooking,
            Ahead(1..=5),
            HAS_SOMETHING,
        ),
        line(RANA, LACTATE, restricted(), Ahead(8..=14), ANY),
        line(FRIEDA, TRAINING, restricted(), Ahead(1..=5), ANY),
        line(PRIYA, TRAINING, restricted(), Ahead(1..=5), ANY),
    ]
}

async fn desk(clock: &Clock) -> Desk {
    let store = Store::open(&Database::Memory, false).await.unwrap();
    Desk::new(seed::timetable(BERLIN), clock.clone(), store, true)
}

fn days(on: &Days, today: NaiveDate) -> Vec<NaiveDate> {
    let ahead = |range: RangeInclusive<i64>| range.map(|days| local::shifted(today, days));
    match on {
        Days::Ahead(range) => ahead(range.clone()).collect(),
        Days::Next(weekday) => ahead(1..=28).filter(|day| day.weekday() == *weekday).collect(),
    }
}

/// Does as the table says; what was met instead of what it promises.
async fn followed(desk: &Desk, promise: &Promise) -> Option<String> {
    let member = desk.member(promise.who).unwrap();
    let service = desk.timetable.service(promise.what).unwrap();
    let own = desk.bookings(member).await.unwrap();
    let here = Try {
        now: desk.clock.now(),
        own: own
            .iter()
            .filter(|row| row.stands())
            .map(|row| row.span)
            .collect(),
    };
    for day in days(&promise.on, desk.today()) {
        let mut offers = desk.slots(service, &[day]).await.unwrap();
        offers.retain(|offer| (promise.pick)(&here, &offer.span));
        let (Some(first), Some(last)) = (offers.first(), offers.last()) else {
            continue;
        };
        for Offer { span, trainers, .. } in [first, last] {
            let (span, trainers) = (*span, trainers.clone());
            let verdict = desk
                .validate(
                    member,
                    &Wish {
                        service,
                        span,
                        trainers,
                    },
                )
                .await
                .unwrap();
            if verdict != promise.wanted {
                return Some(format!("{verdict} at {}", span.from.with_timezone(&BERLIN)));
            }
        }
        return None;
    }
    Some("no such time is listed".to_owned())
}

/// Ten past midnight, in the morning, in the afternoon, and late.
const HOURS: [u16; 4] = [10, 9 * 60, 16 * 60, 23 * 60 + 30];

/// Follows every line of the table on so many days, and gives what it did not keep.
async fn broken(from: &str, count: i64) -> Vec<String> {
    let clock = Clock::fixed(at(MONDAY));
    let desk = desk(&clock).await;
    let mut broken = Vec::new();
    for day in (0..count).map(|days| local::shifted(day(from), days)) {
        for minute in HOURS {
            clock.set(Some(local::edge(BERLIN, day, minute)));
            desk.tell_stories().await.unwrap();
            for promise in promised() {
                if let Some(instead) = followed(&desk, &promise).await {
                    let Promise {
                        who, what, wanted, ..
                    } = promise;
                    broken.push(format!("{day} {minute}: {who} {what} {wanted}: {instead}"));
                }
            }
        }
    }
    broken
}

async fn kept(from: &str, count: i64) {
    let broken = broken(from, count).await;
    assert!(
        broken.is_empty(),
        "{} broken:\n{}",
        broken.len(),
        broken.join("\n")
    );
}

// A year without an exception, in quarters so that they run side by side.

#[tokio::test]
async fn every_promise_is_kept_on_any_day_from_january_to_march() {
    kept("2026-01-01", 90).await;
}

#[tokio::test]
async fn every_promise_is_kept_on_any_day_from_april_to_june() {
    kept("2026-04-01", 91).await;
}

#[tokio::test]
async fn every_promise_is_kept_on_any_day_from_july_to_september() {
    kept("2026-07-01", 92).await;
}

#[tokio::test]
async fn every_promise_is_kept_on_any_day_from_october_to_december() {
    kept("2026-10-01", 92).await;
}

/// The longest rows of closed days, on other weekdays each year.
#[tokio::test]
async fn every_promise_is_kept_over_christmas_whatever_weekday_it_falls_on() {
    for year in 2027..=2032 {
        kept(&format!("{year}-12-19"), 14).await;
    }
}
