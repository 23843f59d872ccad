//! Answers of before that stand in for those that cannot be had: shown, and said to be what they are.

use booking::FailureKind;
use booking::flow::{Answer, Call, Cancel, Choice, Event, News};
use chrono::{DateTime, TimeDelta, Utc};
use perfectgym::BookingId;

use crate::story::*;

fn stands_in(as_of: DateTime<Utc>, result: Given) -> Given {
    Ok(Answer::StandIn {
        as_of,
        answer: Box::new(result.unwrap()),
    })
}

fn an_hour_ago(story: &Story) -> DateTime<Utc> {
    story.now - TimeDelta::hours(1)
}

#[test]
fn times_of_before_are_shown_as_of_when_they_were_and_can_be_booked() {
    let mut story = Story::of_member("/");
    let then = an_hour_ago(&story);
    story.goes("/services/7");
    while story
        .open
        .iter()
        .any(|(_, call)| matches!(call, Call::ReadSlots { .. }))
    {
        let (ticket, call) = story.holds(|call| matches!(call, Call::ReadSlots { .. }));
        let result = stands_in(then, story.reads(&call).unwrap());
        story.tap(Event::Answered { ticket, result });
    }
    let as_of = |story: &Story| story.state.times.as_ref().unwrap().current().unwrap().as_of;
    assert_eq!(as_of(&story), Some(then));
    story.picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    assert!(
        matches!(story.state.choice, Choice::Ready { .. }),
        "validate decides"
    );

    // The next answer of its own takes it back.
    story.after(61).tap(Event::Returned).studio_answers();
    assert_eq!(as_of(&story), None);
}

#[test]
fn my_bookings_and_the_catalogue_say_as_of_when_they_are() {
    let mut story = Story::opens("/");
    let then = an_hour_ago(&story);
    answer!(story, Call::ReadSession => session());
    answer!(story, Call::ReadCatalogue(_) => stands_in(then, Ok(Answer::Catalogue(slice(&[7], false, "7")))));
    assert_eq!(story.state.catalogue.load.as_of, Some(then));
    assert_eq!(story.state.catalogue.services.len(), 1);
    story.goes("/bookings");
    answer!(story, Call::ReadBookings => stands_in(then, Ok(Answer::Bookings(vec![booked(5, &wednesday())].into()))));
    assert_eq!(story.state.bookings.as_of, Some(then));
    assert_eq!(
        story.state.bookings.value.as_deref(),
        Some([booked(5, &wednesday())].as_slice())
    );
}

#[test]
fn what_was_so_before_a_cancellation_does_not_say_what_became_of_it() {
    let mut story = Story::of_member("/");
    let then = an_hour_ago(&story);
    story.bookings = vec![booked(5, &wednesday())];
    story
        .goes("/bookings/5")
        .studio_answers()
        .tap(Event::CancelAsked(BookingId(5)))
        .tap(Event::CancelConfirmed);
    answer!(story, Call::Cancel(_) => Ok(Answer::Cancelled));
    answer!(story, Call::ReadBooking(_) => stands_in(then, books(5, &wednesday())));
    let unclear = &story.state.cancel;
    assert!(matches!(unclear, Cancel::Unclear(_, failure) if failure.kind == FailureKind::UpstreamDown));
    assert!(!story.heard.contains(&News::Cancelled));
}
