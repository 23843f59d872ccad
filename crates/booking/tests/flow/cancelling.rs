//! Cancelling: asked once, sent once, read back before it is said.

use booking::FailureKind;
use booking::flow::{Answer, Call, Cancel, Event, News};
use perfectgym::BookingId;

use crate::story::*;

const IT: BookingId = BookingId(5);

fn asked() -> Story {
    let mut story = Story::of_member("/");
    story.bookings = vec![booked(5, &wednesday())];
    story
        .goes("/bookings")
        .studio_answers()
        .tap(Event::CancelAsked(IT));
    story
}

fn sent() -> Story {
    let mut story = asked();
    story.tap(Event::CancelConfirmed).tap(Event::CancelConfirmed);
    assert_eq!(calls!(story, Call::Cancel(_)), 1);
    story
}

#[test]
fn nothing_is_cancelled_before_it_is_confirmed_and_keeping_keeps() {
    let mut story = asked();
    assert_eq!(story.state.cancel, Cancel::Asked(IT));
    story.tap(Event::CancelKept).tap(Event::CancelConfirmed);
    assert_eq!(calls!(story, Call::Cancel(_)), 0);
}

#[test]
fn it_is_read_back_before_it_is_said_to_be_cancelled() {
    let mut story = sent();
    answer!(story, Call::Cancel(_) => Ok(Answer::Cancelled));
    assert!(story.state.cancel.is_busy());
    assert!(!story.heard.contains(&News::Cancelled));
    story.bookings = vec![cancelled(5, &wednesday())];
    story.studio_answers();
    assert_eq!(story.state.cancel, Cancel::Done(IT));
    assert!(story.heard.contains(&News::Cancelled));
    assert_eq!(
        story.state.bookings.value.as_deref(),
        Some([cancelled(5, &wednesday())].as_slice())
    );
}

#[test]
fn a_cancellation_that_did_nothing_is_not_said_to_have_worked() {
    let mut story = sent();
    answer!(story, Call::Cancel(_) => Ok(Answer::Cancelled));
    story.studio_answers();
    assert_eq!(story.state.cancel, Cancel::Stands(IT, None));
    assert_eq!(story.heard.last(), Some(&News::NotCancelled));
}

#[test]
fn a_refused_cancellation_stands_and_says_why() {
    let mut story = sent();
    answer!(story, Call::Cancel(_) => fails(FailureKind::Refused));
    story.studio_answers();
    assert!(matches!(&story.state.cancel, Cancel::Stands(IT, Some(why)) if why.kind == FailureKind::Refused));
}

#[test]
fn a_lost_answer_is_read_back_like_any_other() {
    let mut story = sent();
    answer!(story, Call::Cancel(_) => fails(FailureKind::Timeout));
    story.bookings = vec![cancelled(5, &wednesday())];
    story.studio_answers();
    assert_eq!(story.state.cancel, Cancel::Done(IT));
    assert_eq!(calls!(story, Call::Cancel(_)), 1);
}

#[test]
fn what_could_not_be_read_back_is_unclear_until_it_can() {
    let mut story = sent();
    answer!(story, Call::Cancel(_) => Ok(Answer::Cancelled));
    answer!(story, Call::ReadBooking(_) => fails(FailureKind::Offline));
    assert!(matches!(story.state.cancel, Cancel::Unclear(IT, _)));
    assert!(!story.heard.contains(&News::Cancelled));
    story.bookings = vec![cancelled(5, &wednesday())];
    story.tap(Event::TryAgain).studio_answers();
    assert_eq!(story.state.cancel, Cancel::Done(IT));
    assert_eq!(calls!(story, Call::Cancel(_)), 1);
}

#[test]
fn a_reading_from_before_does_not_say_that_it_stands() {
    let mut story = Story::of_member("/");
    story.bookings = vec![booked(5, &wednesday())];
    story.goes("/bookings/5");
    let (early, _) = story.holds(|call| matches!(call, Call::ReadBooking(_)));
    story.tap(Event::CancelAsked(IT)).tap(Event::CancelConfirmed);
    answer!(story, Call::Cancel(_) => Ok(Answer::Cancelled));
    story.tap(Event::Answered {
        ticket: early,
        result: books(5, &wednesday()),
    });
    assert!(story.state.cancel.is_busy());
    story.bookings = vec![cancelled(5, &wednesday())];
    story.studio_answers();
    assert_eq!(story.state.cancel, Cancel::Done(IT));
}

#[test]
fn offline_nothing_is_cancelled() {
    let mut story = asked();
    story.tap(Event::Online(false)).tap(Event::CancelConfirmed);
    assert_eq!(calls!(story, Call::Cancel(_)), 0);
    assert_eq!(story.state.cancel, Cancel::Asked(IT));
}

#[test]
fn going_elsewhere_while_it_is_sent_does_not_lose_what_became_of_it() {
    let mut story = sent();
    story.went("/").studio_answers();
    answer!(story, Call::Cancel(_) => Ok(Answer::Cancelled));
    story.bookings = vec![cancelled(5, &wednesday())];
    story.studio_answers();
    assert!(story.heard.contains(&News::Cancelled));
}

#[test]
fn the_question_does_not_follow_to_another_screen() {
    let mut story = asked();
    story.goes("/");
    assert_eq!(story.state.cancel, Cancel::None);
}
