//! Answers that never come: somebody looks, nobody resends, and nothing is said that is not known.

use booking::flow::{Answer, Call, Choice, Effect, Event, News};
use booking::{AttemptState, AttemptView, Failure, FailureKind};
use perfectgym::{AppointmentBooking, ValidationStatus};

use crate::story::*;

fn fate(state: AttemptState, booking: Option<AppointmentBooking>, failure: Option<Failure>) -> Given {
    Ok(Answer::Attempt(AttemptView {
        state,
        booking,
        failure,
    }))
}

/// Book was tapped and the answer lost; the first wait is over and the app asks what became of it.
fn looking() -> Story {
    let mut story = Story::booking();
    answer!(story, Call::Book { .. } => fails(FailureKind::Timeout));
    assert!(matches!(
        story.state.choice,
        Choice::Uncertain { given_up: false, .. }
    ));
    assert_eq!(story.heard.last(), Some(&News::Checking));
    wait_is_over(&mut story);
    story
}

fn wait_is_over(story: &mut Story) {
    let wait = story.effects.iter().rev().find_map(|effect| match effect {
        Effect::Wait(ticket, milliseconds) => Some((*ticket, *milliseconds)),
        _ => None,
    });
    let (ticket, milliseconds) = wait.expect("the app waits before it looks");
    assert!((1..=15_000).contains(&milliseconds));
    story.tap(Event::Due(ticket));
}

#[test]
fn a_lost_answer_is_looked_for_and_found_booked() {
    let mut story = looking();
    answer!(story, Call::Settle { .. } => fate(AttemptState::Booked, Some(booked(5, &wednesday())), None));
    assert_eq!(story.address(), "/booked/5");
    assert_eq!(story.heard.last(), Some(&it_is_booked(5)));
    assert_eq!(calls!(story, Call::Book { .. }), 1);
}

#[test]
fn a_lost_answer_is_looked_for_and_nothing_was_booked() {
    let mut story = looking();
    answer!(story, Call::Settle { .. } => fate(AttemptState::NotBooked, None, None));
    assert!(matches!(story.state.choice, Choice::NotBooked { .. }));
    assert_eq!(story.heard.last(), Some(&News::NotBooked));
    // Trying again is a new attempt, from the verdict on.
    story.tap(Event::TryAgain);
    assert_eq!(calls!(story, Call::Book { .. }), 1);
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    story.tap(Event::Book);
    assert_eq!(calls!(story, Call::Book { .. }), 2);
}

#[test]
fn a_lost_answer_is_looked_for_and_was_a_refusal() {
    let mut story = looking();
    let refusal = Failure {
        refusal: Some(ValidationStatus::ResourceNotAvailable),
        ..Failure::of(FailureKind::Refused)
    };
    answer!(story, Call::Settle { .. } => fate(AttemptState::Refused, None, Some(refusal)));
    let status = ValidationStatus::ResourceNotAvailable;
    assert!(matches!(&story.state.choice, Choice::Refused { status: s, .. } if *s == status));
}

#[test]
fn what_cannot_be_found_out_is_said_so_and_can_be_asked_again() {
    let mut story = looking();
    answer!(story, Call::Settle { .. } => fate(AttemptState::Unsettleable, None, None));
    assert!(matches!(
        story.state.choice,
        Choice::Uncertain { given_up: true, .. }
    ));
    assert_eq!(story.heard.last(), Some(&News::GivenUp));
    story.tap(Event::TryAgain);
    answer!(story, Call::Settle { .. } => fate(AttemptState::Booked, Some(booked(5, &wednesday())), None));
    assert_eq!(story.address(), "/booked/5");
}

#[test]
fn it_is_looked_again_and_again_and_never_sent_again() {
    let mut story = looking();
    for _ in 0..9 {
        answer!(story, Call::Settle { .. } => fate(AttemptState::Uncertain, None, None));
        story.tap(Event::Book).tap(Event::Returned).studio_answers();
        wait_is_over(&mut story);
    }
    assert_eq!(calls!(story, Call::Book { .. }), 1);
    assert_eq!(
        story.heard.iter().filter(|news| **news == News::Checking).count(),
        1
    );
}

#[test]
fn looking_ends_after_a_while_and_lets_the_member_go_on() {
    let mut story = looking();
    for _ in 0..9 {
        answer!(story, Call::Settle { .. } => fails(FailureKind::Timeout));
        assert!(matches!(
            story.state.choice,
            Choice::Uncertain { given_up: false, .. }
        ));
        wait_is_over(&mut story);
    }
    answer!(story, Call::Settle { .. } => fails(FailureKind::Timeout));
    assert!(matches!(
        story.state.choice,
        Choice::Uncertain { given_up: true, .. }
    ));
    assert_eq!(story.heard.last(), Some(&News::GivenUp));
    // One tap is one more look.
    story.tap(Event::TryAgain);
    answer!(story, Call::Settle { .. } => fate(AttemptState::Uncertain, None, None));
    assert!(matches!(
        story.state.choice,
        Choice::Uncertain { given_up: true, .. }
    ));
    // So is the network's return.
    story.tap(Event::Online(false)).tap(Event::Online(true));
    answer!(story, Call::Settle { .. } => fate(AttemptState::Uncertain, None, None));
    story.goes("/services/8").studio_answers().picks(&thursday());
    assert!(matches!(&story.state.choice, Choice::Checking { slot } if slot.service.0 == 8));
    assert_eq!(calls!(story, Call::Book { .. }), 1);
}

#[test]
fn trying_again_in_between_does_not_make_two_rounds_of_looking() {
    let mut story = looking();
    answer!(story, Call::Settle { .. } => fate(AttemptState::Uncertain, None, None));
    let Some(Effect::Wait(early, _)) = story.effects.last().cloned() else {
        panic!("it waits");
    };
    story.tap(Event::TryAgain);
    answer!(story, Call::Settle { .. } => fate(AttemptState::Uncertain, None, None));
    let looks = calls!(story, Call::Settle { .. });
    story.tap(Event::Due(early));
    assert_eq!(calls!(story, Call::Settle { .. }), looks);
    wait_is_over(&mut story);
    assert_eq!(calls!(story, Call::Settle { .. }), looks + 1);
}

#[test]
fn every_way_of_losing_an_answer_is_looked_into() {
    for kind in [
        "OFFLINE",
        "TIMEOUT",
        "UNCERTAIN",
        "UNREADABLE",
        "OF_ANOTHER_VERSION",
    ] {
        let mut story = Story::booking();
        answer!(story, Call::Book { .. } => fails(FailureKind::from(kind)));
        assert!(matches!(story.state.choice, Choice::Uncertain { .. }), "{kind}");
    }
    let mut story = Story::booking();
    answer!(story, Call::Book { .. } => Ok(Answer::Cancelled));
    assert!(matches!(story.state.choice, Choice::Uncertain { .. }));
}

#[test]
fn where_nothing_was_done_nothing_is_looked_into() {
    for kind in ["BUSY", "UPSTREAM_DOWN", "INTERNAL", "SWITCHED_OFF", "BAD_REQUEST"] {
        let mut story = Story::booking();
        answer!(story, Call::Book { .. } => fails(FailureKind::from(kind)));
        assert!(matches!(story.state.choice, Choice::NotBooked { .. }), "{kind}");
        assert_eq!(story.heard.last(), Some(&News::NotBooked), "{kind}");
    }
}

#[test]
fn the_fate_of_one_attempt_is_not_taken_for_that_of_another() {
    let mut story = looking();
    let (early, _) = story.holds(|call| matches!(call, Call::Settle { .. }));
    story.tap(Event::SignOut);
    answer!(story, Call::SignOut => nobody());
    story
        .goes(&format!("/sign-in?next={}", "/services/7"))
        .tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    story.studio_answers().picks(&thursday());
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    story.tap(Event::Book);
    answer!(story, Call::Book { .. } => fails(FailureKind::Timeout));
    story.tap(Event::Answered {
        ticket: early,
        result: fate(AttemptState::NotBooked, None, None),
    });
    assert!(matches!(&story.state.choice, Choice::Uncertain { slot, .. } if slot.slot == thursday()));
    wait_is_over(&mut story);
    answer!(story, Call::Settle { .. } => fate(AttemptState::Booked, Some(booked(6, &thursday())), None));
    assert_eq!(story.address(), "/booked/6");
}

#[test]
fn without_a_session_looking_stops_and_goes_on_after_signing_in() {
    let mut story = looking();
    let address = story.address();
    answer!(story, Call::Settle { .. } => fails(FailureKind::SignedOut));
    assert!(matches!(
        story.state.choice,
        Choice::Uncertain { given_up: true, .. }
    ));
    story
        .tap(Event::Go(story.state.route.clone().through_sign_in()))
        .tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    assert_eq!(story.address(), address);
    answer!(story, Call::Settle { .. } => fate(AttemptState::Booked, Some(booked(5, &wednesday())), None));
    assert_eq!(story.address(), "/booked/5");
}

#[test]
fn the_network_coming_back_looks_at_once() {
    let mut story = Story::booking();
    story.tap(Event::Online(false));
    answer!(story, Call::Book { .. } => fails(FailureKind::Offline));
    story.tap(Event::Online(true));
    assert_eq!(calls!(story, Call::Settle { .. }), 1);
    wait_is_over(&mut story);
    assert_eq!(calls!(story, Call::Settle { .. }), 1, "one look at a time");
}
