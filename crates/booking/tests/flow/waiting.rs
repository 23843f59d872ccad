//! Waiting: a moment in silence, then what is being read, then that it takes long; and only to who has nothing yet.

use booking::flow::{Call, Effect, Event, News, Reading, Ticket};
use booking::{Boot, FailureKind};

use crate::story::*;

/// The waits for news of a reading, so far.
fn moments(story: &Story) -> Vec<Ticket> {
    let soon = |effect: &Effect| match effect {
        Effect::Wait(ticket, 300) => Some(*ticket),
        _ => None,
    };
    story.effects.iter().filter_map(soon).collect()
}

/// Every moment that was waited for is over.
fn a_moment_passes(story: &mut Story) -> Vec<News> {
    let heard = story.heard.len();
    for ticket in moments(story) {
        story.tap(Event::Due(ticket));
    }
    story.heard[heard..].to_vec()
}

#[test]
fn what_is_being_read_is_said_once_after_a_moment() {
    for (address, reading) in [
        ("/", Reading::Catalogue),
        ("/services/7", Reading::Times),
        ("/bookings", Reading::Bookings),
        ("/bookings/5", Reading::Bookings),
    ] {
        let mut story = Story::opens(address);
        let said = a_moment_passes(&mut story);
        assert_eq!(said, [News::Loading(reading)], "{address}");
        assert!(!said[0].is_urgent());
        answer!(story, Call::ReadSession => session());
        assert_eq!(a_moment_passes(&mut story), [], "{address}: said already");
    }
}

#[test]
fn what_comes_within_a_moment_is_not_announced() {
    for address in ["/", "/services/7", "/bookings", "/bookings/5"] {
        let mut story = Story::of_member(address);
        assert!(!moments(&story).is_empty(), "{address}");
        assert_eq!(a_moment_passes(&mut story), [], "{address}");
    }
}

#[test]
fn what_is_read_behind_a_screen_that_has_it_is_not_announced() {
    for address in ["/", "/services/7", "/bookings"] {
        let mut story = Story::of_member(address);
        story.effects.clear();
        story.after(61).tap(Event::Returned);
        assert_eq!(moments(&story), [], "{address}");
    }
    let boot = Boot {
        catalogue: Some(slice(&[1], true, "1")),
        ..boot()
    };
    let mut story = Story::opens_with("/", &boot);
    assert_eq!(moments(&story), []);
    story.tap(Event::MoreServices);
    assert_eq!(a_moment_passes(&mut story), [News::Loading(Reading::Catalogue)]);
}

#[test]
fn days_that_were_turned_to_and_another_try_are_announced_anew() {
    let mut story = Story::of_member("/services/7");
    story.goes("/services/7?day=2026-12-21");
    assert_eq!(a_moment_passes(&mut story), [News::Loading(Reading::Times)]);
    while story
        .open
        .iter()
        .any(|(_, call)| matches!(call, Call::ReadSlots { .. }))
    {
        answer!(story, Call::ReadSlots { .. } => fails(FailureKind::Busy));
    }
    story.tap(Event::TryAgain);
    assert_eq!(a_moment_passes(&mut story), [News::Loading(Reading::Times)]);
}

#[test]
fn whoever_went_on_does_not_hear_of_the_screen_before() {
    let mut story = Story::of_member("/");
    story.goes("/bookings").goes("/");
    assert_eq!(a_moment_passes(&mut story), []);
}

#[test]
fn what_an_appointment_is_may_take_long_and_says_so() {
    let mut story = Story::opens("/services/7");
    let (about, _) = story.holds(|call| matches!(call, Call::ReadService(_)));
    story.tap(Event::Slow(about));
    assert!(story.state.times.as_ref().unwrap().is_slow());
    answer!(story, Call::ReadSession => session());
    let mut story = Story::opens("/services/7");
    let (about, _) = story.holds(|call| matches!(call, Call::ReadService(_)));
    story.studio_answers();
    let heard = story.heard.len();
    story.tap(Event::Slow(about));
    assert_eq!(story.heard[heard..], [News::StillTrying]);
    assert!(story.state.times.as_ref().unwrap().is_slow());
}

#[test]
fn where_the_times_are_missed_too_it_is_said_once() {
    let mut story = Story::opens("/services/7");
    let open = story.open.clone();
    for (ticket, _) in open.iter().filter(|(_, call)| *call != Call::ReadSession) {
        story.tap(Event::Slow(*ticket));
    }
    assert_eq!(story.heard, [News::StillTrying]);
}

fn newest(story: &Story) -> Ticket {
    story.open.last().unwrap().0
}

#[test]
fn a_verdict_that_takes_long_is_seen_to_until_it_is_there() {
    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday());
    assert!(!story.state.is_slow_to_answer());
    let check = newest(&story);
    story.tap(Event::Slow(check));
    assert!(story.state.is_slow_to_answer());
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    assert!(!story.state.is_slow_to_answer());
    story.tap(Event::Book);
    assert!(!story.state.is_slow_to_answer(), "it has only begun");
    let book = newest(&story);
    story.tap(Event::Slow(book));
    assert!(story.state.is_slow_to_answer());
    // Another time, another question.
    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday());
    let check = newest(&story);
    story.tap(Event::Slow(check)).picks(&thursday());
    assert!(!story.state.is_slow_to_answer());
}

#[test]
fn signing_in_and_cancelling_may_take_long_too_and_reading_is_something_else() {
    let mut story = Story::of_visitor("/sign-in");
    story.tap(sign_in());
    let asked = newest(&story);
    story.tap(Event::Slow(asked));
    assert!(story.state.is_slow_to_answer());

    let mut story = Story::of_member("/bookings/5");
    story.bookings = vec![booked(5, &wednesday())];
    story.tap(Event::TryAgain);
    let read = newest(&story);
    story.tap(Event::Slow(read));
    assert!(!story.state.is_slow_to_answer());
    story.studio_answers();
    let id = perfectgym::BookingId(5);
    story.tap(Event::CancelAsked(id)).tap(Event::CancelConfirmed);
    let cancel = newest(&story);
    story.tap(Event::Slow(cancel));
    assert!(story.state.is_slow_to_answer());
    answer!(story, Call::Cancel(_) => Ok(booking::flow::Answer::Cancelled));
    assert!(!story.state.is_slow_to_answer());
    let heard = story.heard.len();
    let read_back = newest(&story);
    story.tap(Event::Slow(read_back));
    assert!(story.state.is_slow_to_answer());
    assert_eq!(story.heard[heard..], [News::StillTrying]);
}
