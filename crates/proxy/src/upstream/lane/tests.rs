//! Who goes first, and what the others are told.

use super::*;
use Priority::{Booking, Choice, Read, Spare};

const S: Duration = Duration::from_secs(1);
const RATE: Rate = Rate {
    a_minute: 600,
    at_once: 20,
};

fn lane() -> Lane {
    Lane::new(Rules {
        rate: RATE,
        rest: Rest {
            after: 3,
            first: S * 2,
            longest: S * 30,
            try_lasts: S * 10,
        },
        batch: 0,
        patience: S,
        patience_of_bookings: S * 2,
    })
}

/// Puts calls in hand, as the allowance does.
fn with(calls: u32) -> Lane {
    let mut lane = lane();
    lane.put(calls, others(calls), S);
    lane
}

fn others(others: u32) -> Want {
    Want { bookings: 0, others }
}

#[test]
fn where_nobody_waits_a_call_in_hand_is_made_at_once_and_where_one_does_nobody_passes_them() {
    let mut lane = with(KEPT as u32 + 1);
    assert_eq!(lane.at_once(Read, S), Ok(true));
    assert_eq!(lane.at_once(Read, S), Ok(false), "the rest is kept for bookings");
    assert_eq!(lane.at_once(Booking, S), Ok(true));
    let reader = lane.join(Read, S).unwrap();
    lane.put(9, others(9), S);
    assert_eq!(lane.at_once(Read, S), Ok(false), "not before whoever waits");
    assert_eq!(lane.step(reader, Read, S), Ok(true));
    assert_eq!(lane.at_once(Read, S), Ok(true));
}

#[test]
fn what_is_closed_is_closed_for_whoever_need_not_wait() {
    let mut lane = with(20);
    lane.answered(S, Some(S * 60), S);
    assert_eq!(lane.at_once(Read, S), Err(Refusal::Busy(S * 60)));
    assert_eq!(lane.at_once(Booking, S), Ok(true));
    (0..3).for_each(|_| lane.failed(S, S));
    assert_eq!(lane.at_once(Booking, S), Err(Refusal::Down(S * 2)));
}

#[test]
fn spare_calls_are_half_of_what_there_is_for_whoever_need_not_wait_too() {
    let mut lane = with(40);
    let spare = (0..30).take_while(|_| lane.at_once(Spare, S) == Ok(true)).count();
    assert_eq!(spare as u32, RATE.at_once / 2);
    assert_eq!(lane.at_once(Read, S), Ok(true));
}

#[test]
fn readers_go_in_the_order_in_which_they_came() {
    let mut lane = with(7);
    let first = lane.join(Read, S).unwrap();
    let second = lane.join(Read, S).unwrap();
    assert_eq!(lane.step(second, Read, S), Ok(false));
    assert_eq!(lane.step(first, Read, S), Ok(true));
    assert_eq!(lane.step(second, Read, S), Ok(true));
    let third = lane.join(Read, S).unwrap();
    assert_eq!(
        lane.step(third, Read, S),
        Ok(false),
        "the rest is kept for bookings"
    );
}

#[test]
fn a_booking_goes_before_every_reader_who_waits_and_takes_what_readers_may_not() {
    let mut lane = with(KEPT as u32);
    let readers: Vec<Ticket> = (0..10).map(|_| lane.join(Read, S).unwrap()).collect();
    assert_eq!(lane.step(readers[0], Read, S), Ok(false));
    for _ in 0..KEPT {
        let booking = lane.join(Booking, S).unwrap();
        assert_eq!(lane.step(booking, Booking, S), Ok(true));
    }
    let waits = lane.join(Booking, S).unwrap();
    assert_eq!(lane.step(waits, Booking, S), Ok(false));
    lane.put(KEPT as u32 + 2, others(99), S * 2);
    assert_eq!(
        lane.step(readers[0], Read, S * 2),
        Ok(false),
        "a booking waits still"
    );
    assert_eq!(lane.step(waits, Booking, S * 2), Ok(true));
    assert_eq!(lane.step(readers[0], Read, S * 2), Ok(true));
}

#[test]
fn who_has_chosen_goes_before_those_who_choose_and_no_429_keeps_anybody_from_choosing() {
    let mut lane = with(KEPT as u32);
    let choosing = lane.join(Choice, S).unwrap();
    assert_eq!(
        lane.step(choosing, Choice, S),
        Ok(false),
        "what is kept is for bookings"
    );
    let booking = lane.join(Booking, S).unwrap();
    assert_eq!(lane.step(booking, Booking, S), Ok(true));
    lane.answered(S, Some(S * 60), S);
    lane.put(2, others(2), S);
    assert_eq!(lane.step(choosing, Choice, S), Ok(true));
    assert_eq!(lane.join(Read, S), Err(Refusal::Busy(S * 60)));
}

#[test]
fn whoever_goes_away_keeps_nobody_waiting() {
    let mut lane = with(6);
    let (gone, next) = (lane.join(Read, S).unwrap(), lane.join(Read, S).unwrap());
    lane.leave(gone);
    assert_eq!(lane.step(next, Read, S), Ok(true));
}

#[test]
fn no_more_wait_than_can_be_served_and_the_others_are_told_times_one_after_the_other() {
    let mut lane = lane();
    let told: Vec<Duration> = (0..610)
        .filter_map(|_| match lane.join(Read, S) {
            Ok(_) => None,
            Err(Refusal::Busy(back)) => Some(back),
            Err(Refusal::Down(_)) => panic!("nothing failed"),
        })
        .collect();
    assert_eq!(610 - told.len(), 10, "ten a second, for a second");
    assert_eq!(told[0], RATE.each() * 11);
    assert_eq!(told[99], RATE.each() * 110);
    assert_eq!(
        told.last(),
        Some(&LATEST),
        "never later than the upstream's minute"
    );
    assert!(lane.join(Booking, S).is_ok(), "readers keep no booking out");
}

#[test]
fn a_429_sends_readers_away_until_its_minute_is_over_and_holds_no_booking() {
    let mut lane = with(20);
    lane.answered(S, Some(S * 60), S);
    assert_eq!(lane.join(Read, S * 11), Err(Refusal::Busy(S * 50)));
    lane.put(20, others(20), S * 11);
    let booking = lane.join(Booking, S * 11).unwrap();
    assert_eq!(lane.step(booking, Booking, S * 11), Ok(true));
    // It was answered: the minute is over.
    lane.answered(S * 11, None, S * 12);
    assert!(lane.join(Read, S * 12).is_ok());
}

#[test]
fn after_a_429_one_reader_tries_first() {
    let mut lane = lane();
    lane.answered(S, Some(S * 60), S);
    let now = S * 61;
    lane.put(20, others(20), now);
    let (first, second) = (lane.join(Read, now).unwrap(), lane.join(Read, now).unwrap());
    assert_eq!(lane.step(first, Read, now), Ok(true));
    assert_eq!(lane.step(second, Read, now), Err(Refusal::Busy(S)));
    lane.answered(now, None, now);
    assert_eq!(lane.step(second, Read, now), Ok(true));
}

#[test]
fn an_upstream_that_fails_is_left_alone_and_tried_again() {
    let mut lane = with(20);
    (0..3).for_each(|_| lane.failed(S, S));
    assert_eq!(lane.join(Read, S), Err(Refusal::Down(S * 2)));
    assert_eq!(
        lane.join(Booking, S),
        Err(Refusal::Down(S * 2)),
        "nothing sent is certain, no answer is not"
    );
    let tries = lane.join(Booking, S * 3).unwrap();
    assert_eq!(lane.step(tries, Booking, S * 3), Ok(true));
    assert_eq!(lane.join(Read, S * 3), Err(Refusal::Down(S)));
    lane.answered(S * 3, None, S * 3);
    assert!(lane.join(Read, S * 3).is_ok());
}

#[test]
fn spare_calls_are_half_of_all_and_there_are_none_while_anybody_waits() {
    let mut lane = with(20);
    let taken = (0..20).filter(|_| {
        let ticket = lane.join(Spare, S);
        ticket.is_ok_and(|ticket| lane.step(ticket, Spare, S) == Ok(true))
    });
    assert_eq!(taken.count(), 10);
    let mut lane = with(20);
    lane.join(Read, S).unwrap();
    assert!(matches!(lane.join(Spare, S), Err(Refusal::Busy(_))));
}

#[test]
fn what_is_wanted_is_for_all_who_wait_and_is_not_asked_for_again_at_once() {
    let mut lane = Lane::new(Rules {
        batch: 10,
        ..lane().rules
    });
    lane.join(Read, S).unwrap();
    lane.join(Booking, S).unwrap();
    let wanted = lane.wanted(S);
    assert_eq!((wanted.bookings, wanted.others as usize), (1, 1 + KEPT + 10));
    lane.put(1, wanted, S);
    assert_eq!(lane.wanted(S), others(0), "there was no more");
    assert_eq!(lane.wanted(S + RATE.each() * 9), others(0), "nor soon");
    assert_eq!(lane.wanted(S + RATE.each() * 10).others as usize, 1 + KEPT + 10);
}

#[test]
fn a_booking_is_asked_for_while_readers_find_nothing() {
    let mut lane = lane();
    lane.join(Read, S).unwrap();
    let wanted = lane.wanted(S);
    lane.put(0, wanted, S);
    lane.join(Booking, S).unwrap();
    let wanted = lane.wanted(S);
    assert_eq!(
        wanted,
        Want {
            bookings: 1,
            others: 0
        }
    );
    lane.put(0, wanted, S);
    assert_eq!(lane.wanted(S), others(0), "and there was none for it either");
    assert_eq!(lane.wanted(S + RATE.each()).bookings, 1);
}

#[test]
fn a_429_that_another_proxy_met_holds_readers_as_if_it_had_been_met_here() {
    let mut lane = with(20);
    lane.closed_for(S * 50, S);
    assert_eq!(lane.join(Read, S * 11), Err(Refusal::Busy(S * 40)));
    assert!(lane.join(Booking, S * 11).is_ok());
    lane.answered(S * 11, None, S * 12);
    assert!(lane.join(Read, S * 12).is_ok());
}

/// Ten thousand readers, three calls each, and five hundred bookings within a minute, all at one endpoint.
#[test]
fn a_crowd_of_readers_delays_no_booking_and_stays_inside_the_upstreams_thousand() {
    let rate = Rate {
        a_minute: 840,
        at_once: 80,
    };
    let mut lane = Lane::new(Rules { rate, ..lane().rules });
    let (mut bucket, ms) = (Bucket::default(), Duration::from_millis);
    let (mut readers, mut bookings, mut made, mut waits) = (vec![], vec![], vec![], vec![]);
    for at in (0..60_000).step_by(10) {
        let now = ms(at);
        readers.extend(
            (0..5)
                .filter_map(|_| lane.join(Read, now).ok())
                .map(|ticket| (ticket, now)),
        );
        if at % 120 == 0 {
            bookings.push((lane.join(Booking, now).expect("a place for every booking"), now));
        }
        let wanted = lane.wanted(now);
        let granted = bucket.take(rate, wanted.all(), now);
        lane.put(granted, wanted, now);
        // Readers ask first, and those whose patience is over go.
        readers.retain(|(ticket, came)| {
            let served = lane.step(*ticket, Read, now).unwrap();
            if served {
                made.push(now);
            }
            let waits = !served && now - *came < S;
            if !waits {
                lane.leave(*ticket);
            }
            waits
        });
        bookings.retain(|(ticket, came)| {
            let served = lane.step(*ticket, Booking, now).unwrap();
            if served {
                made.push(now);
                waits.push(now - *came);
            }
            !served
        });
    }
    assert_eq!(waits.len(), 500);
    let longest = waits.iter().max().unwrap();
    assert!(*longest <= ms(150), "a booking waited {longest:?}");
    assert!(made.len() <= 1000, "{} calls in a minute", made.len());
    assert!(
        made.len() >= 800,
        "and the readers get what is left: {}",
        made.len()
    );
}
