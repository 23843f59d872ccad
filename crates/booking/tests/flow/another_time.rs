//! Another time of a booking, and the same once more: which service it is of, what is moved, and what stands afterwards.

use booking::bookings::Standing;
use booking::flow::{Another, Answer, Call, Choice, Event, Instead, Moved, News, Outcome, Target};
use booking::{Failure, FailureKind, MoveState, MoveView};
use perfectgym::{AppointmentBooking, BookingId, ValidationStatus};

use crate::story::*;

const OLD: BookingId = BookingId(5);

fn view(state: MoveState, booking: Option<AppointmentBooking>) -> Given {
    failed_view(state, booking, None)
}

fn failed_view(state: MoveState, booking: Option<AppointmentBooking>, failure: Option<FailureKind>) -> Given {
    Ok(Answer::Move(MoveView {
        state,
        booking,
        failure: failure.map(Failure::of),
    }))
}

/// At the page of Wednesday's booking.
fn with_a_booking() -> Story {
    let mut story = Story::of_member("/");
    story.bookings = vec![booked(5, &wednesday())];
    story.free.retain(|slot| *slot != wednesday());
    story.goes("/bookings/5").studio_answers();
    story
}

/// Thursday's time is checked, and only has to be moved to.
fn about_to_move() -> Story {
    let mut story = with_a_booking();
    story.tap(Event::AnotherAsked(OLD));
    answer!(story, Call::ReadMadeOf(OLD) => made_of(7));
    story.studio_answers().picks(&thursday());
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    story
}

fn moving() -> Story {
    let mut story = about_to_move();
    story.tap(Event::Book).tap(Event::Book);
    assert_eq!(calls!(story, Call::Move { booking: OLD, .. }), 1);
    assert_eq!(calls!(story, Call::Book { .. }), 0);
    story
}

fn move_to_thursday(story: &mut Story) {
    story.bookings = vec![cancelled(5, &wednesday()), booked(6, &thursday())];
    answer!(story, Call::Move { .. } => view(MoveState::Moved, Some(booked(6, &thursday()))));
}

#[test]
fn another_time_of_a_booking_is_looked_for_among_those_of_its_service() {
    let mut story = with_a_booking();
    story.tap(Event::AnotherAsked(OLD)).tap(Event::AnotherAsked(OLD));
    assert_eq!(calls!(story, Call::ReadMadeOf(OLD)), 1);
    answer!(story, Call::ReadMadeOf(_) => made_of(7));
    assert_eq!(story.address(), "/services/7?instead=5");
    story.studio_answers();
    assert_eq!(
        story.state.instead(),
        Some(Instead::Stands(&booked(5, &wednesday())))
    );
}

#[test]
fn what_is_being_moved_survives_loading_the_page_again_and_the_time_that_is_chosen() {
    let mut story = with_a_booking();
    story.goes("/services/7?instead=5").studio_answers();
    story.picks(&thursday());
    let address = story.address();
    assert!(address.starts_with("/services/7?instead=5&"), "{address}");

    let mut again = Story::opens(&address);
    again.bookings = story.bookings.clone();
    answer!(again, Call::ReadSession => session());
    again.studio_answers();
    answer!(again, Call::Validate(_) => verdict("AVAILABLE"));
    again.tap(Event::Book);
    assert_eq!(calls!(again, Call::Move { booking: OLD, .. }), 1);
}

#[test]
fn signing_in_on_the_way_moves_all_the_same() {
    let mut story = Story::of_visitor("/services/7?instead=5");
    story.bookings = vec![booked(5, &wednesday())];
    story.picks(&thursday());
    story
        .tap(Event::Go(story.state.route.clone().through_sign_in()))
        .tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    story.studio_answers();
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    story.tap(Event::Book);
    assert_eq!(calls!(story, Call::Move { booking: OLD, .. }), 1);
}

#[test]
fn a_moved_booking_is_said_to_be_moved_and_the_old_time_given_up() {
    let mut story = moving();
    move_to_thursday(&mut story);
    assert_eq!(story.address(), "/booked/6?instead=5");
    let old = cancelled(5, &wednesday());
    assert_eq!(story.state.moved(), Some(Moved::Done(&old)), "at once");
    story.studio_answers();
    assert_eq!(story.state.moved(), Some(Moved::Done(&old)), "and read back");
    let standing = Standing::Upcoming;
    assert!(story.heard.contains(&News::Moved { standing }));
    assert!(!story.heard.contains(&it_is_booked(6)));
    story.goes("/bookings").studio_answers();
    assert_eq!(
        story.state.bookings.value.as_deref(),
        Some(story.bookings.as_slice())
    );
}

#[test]
fn where_both_stand_it_is_told_and_not_called_moved() {
    let mut story = moving();
    story.bookings = vec![booked(5, &wednesday()), booked(6, &thursday())];
    answer!(story, Call::Move { .. } => view(MoveState::BothStand, Some(booked(6, &thursday()))));
    story.studio_answers();
    assert_eq!(story.heard.last(), Some(&News::BothStand));
    let old = booked(5, &wednesday());
    assert_eq!(story.state.moved(), Some(Moved::BothStand(&old)));

    // Whoever loads the page again is told the same.
    let mut again = Story::opens(&story.address());
    again.bookings = story.bookings.clone();
    answer!(again, Call::ReadSession => session());
    again.studio_answers();
    assert_eq!(again.state.moved(), Some(Moved::BothStand(&old)));
}

#[test]
fn of_two_that_stand_either_can_be_cancelled() {
    for (which, slot) in [(5, wednesday()), (6, thursday())] {
        let mut story = moving();
        story.bookings = vec![booked(5, &wednesday()), booked(6, &thursday())];
        answer!(story, Call::Move { .. } => view(MoveState::BothStand, Some(booked(6, &thursday()))));
        story
            .studio_answers()
            .tap(Event::CancelAsked(BookingId(which)))
            .tap(Event::CancelConfirmed);
        answer!(story, Call::Cancel(_) => Ok(Answer::Cancelled));
        let at = story
            .bookings
            .iter()
            .position(|b| b.booking_id.0 == which)
            .unwrap();
        story.bookings[at] = cancelled(which, &slot);
        story.studio_answers();
        assert_eq!(story.focus(), Some(Target::Booking));
        let old = story.bookings[0].clone();
        let moved = story.state.moved();
        if which == 5 {
            assert_eq!(moved, Some(Moved::Done(&old)));
        } else {
            assert_eq!(moved, Some(Moved::Undone(&old)));
        }
    }
}

#[test]
fn a_refused_move_is_a_refusal_and_the_old_time_stands() {
    let refusal = || {
        Err(Failure {
            refusal: Some(ValidationStatus::ResourceNotAvailable),
            ..Failure::of(FailureKind::Refused)
        })
    };
    let by_failure: [Given; 2] = [
        refusal(),
        failed_view(MoveState::NotMoved, None, Some(FailureKind::Conflict)),
    ];
    for given in by_failure {
        let mut story = moving();
        answer!(story, Call::Move { .. } => given.clone());
        let status = ValidationStatus::ResourceNotAvailable;
        assert!(matches!(&story.state.choice, Choice::Refused { status: s, .. } if *s == status));
        assert!(matches!(story.state.instead(), Some(Instead::Stands(_))));
        assert_eq!(story.focus(), Some(Target::Choice));
    }
    let mut story = moving();
    answer!(story, Call::Move { .. } => view(MoveState::NotMoved, None));
    assert!(matches!(story.state.choice, Choice::NotBooked { .. }));
}

#[test]
fn a_move_that_cannot_be_found_out_ends_in_asking_the_studio() {
    let mut story = moving();
    answer!(story, Call::Move { .. } => fails(FailureKind::Timeout));
    story.tap(Event::TryAgain);
    answer!(story, Call::SettleMove { .. } => view(MoveState::Unsettleable, None));
    assert!(matches!(
        story.state.choice,
        Choice::Uncertain { given_up: true, .. }
    ));
    assert_eq!(calls!(story, Call::Move { .. }), 1);
}

#[test]
fn what_was_moved_elsewhere_meanwhile_is_not_said_to_stay() {
    let mut story = moving();
    story.bookings = vec![cancelled(5, &wednesday())];
    answer!(story, Call::Move { .. } => fails(FailureKind::Refused));
    assert_eq!(story.state.old_stays(), None, "nobody has looked yet");
    story.studio_answers();
    assert_eq!(story.state.instead(), Some(Instead::Over));
    assert_eq!(story.state.old_stays(), None);

    let mut story = moving();
    answer!(story, Call::Move { .. } => fails(FailureKind::Refused));
    story.studio_answers();
    assert_eq!(story.state.old_stays(), Some(&booked(5, &wednesday())));
}

#[test]
fn a_lost_answer_to_a_move_is_looked_for_as_a_move_and_never_sent_again() {
    let lost: [Given; 5] = [
        fails(FailureKind::Timeout),
        fails(FailureKind::Uncertain),
        view(MoveState::Uncertain, None),
        // No booking with it: nothing to show, and nothing that could be said.
        view(MoveState::Moved, None),
        books(6, &thursday()),
    ];
    for given in lost {
        let mut story = moving();
        answer!(story, Call::Move { .. } => given.clone());
        assert_eq!(story.heard.last(), Some(&News::Checking));
        story.tap(Event::TryAgain);
        assert_eq!(calls!(story, Call::Settle { .. }), 0);
        story.bookings = vec![cancelled(5, &wednesday()), booked(6, &thursday())];
        answer!(story, Call::SettleMove { .. } => view(MoveState::Moved, Some(booked(6, &thursday()))));
        assert_eq!(story.address(), "/booked/6?instead=5");
        assert_eq!(calls!(story, Call::Move { .. }), 1);
    }
}

/// It may never have arrived, and another tab may have made it: whoever is asked has to know what it was.
#[test]
fn whoever_asks_after_a_move_says_what_it_was() {
    let mut story = moving();
    answer!(story, Call::Move { .. } => fails(FailureKind::Timeout));
    story.tap(Event::TryAgain);
    let sent = story.made.iter().find_map(|(ticket, call)| match call {
        Call::Move { booking, wish } => Some((*ticket, *booking, wish.clone())),
        _ => None,
    });
    let asked = story.made.iter().find_map(|(_, call)| match call {
        Call::SettleMove { attempt, of } => Some((*attempt, of.booking_id, of.wish.clone())),
        _ => None,
    });
    assert!(sent.is_some() && asked == sent);
}

#[test]
fn what_became_of_a_move_is_told_to_whoever_went_on() {
    for both_stand in [false, true] {
        let mut story = moving();
        story.goes("/").studio_answers();
        let state = if both_stand {
            MoveState::BothStand
        } else {
            MoveState::Moved
        };
        answer!(story, Call::Move { .. } => view(state, Some(booked(6, &thursday()))));
        let outcome = story.state.outcome.clone().unwrap();
        assert!(matches!(outcome, Outcome::Moved { both_stand: b, .. } if b == both_stand));
        let address = outcome.route().format();
        assert_eq!(address, "/booked/6?instead=5");
        story.goes(&address);
        assert_eq!(story.state.outcome, None);
    }
}

#[test]
fn what_does_not_stand_any_more_is_not_moved() {
    for gone in [vec![cancelled(5, &wednesday())], Vec::new()] {
        let mut story = Story::of_member("/");
        story.bookings = gone;
        story.goes("/services/7?instead=5").studio_answers();
        assert_eq!(story.state.instead(), Some(Instead::Over));
        story.picks(&thursday());
        answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
        story.tap(Event::Book);
        assert_eq!(
            calls!(story, Call::Move { .. }) + calls!(story, Call::Book { .. }),
            0
        );
    }
}

#[test]
fn nothing_is_moved_before_it_is_known_what() {
    let mut story = Story::of_member("/");
    story.bookings = vec![booked(5, &wednesday())];
    story.goes("/services/7?instead=5");
    let (reading, _) = story.holds(|call| matches!(call, Call::ReadBooking(OLD)));
    story.studio_answers().picks(&thursday());
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    story.tap(Event::Book);
    assert_eq!(calls!(story, Call::Move { .. }), 0);
    story.tap(Event::Answered {
        ticket: reading,
        result: books(5, &wednesday()),
    });
    story.tap(Event::Book);
    assert_eq!(calls!(story, Call::Move { .. }), 1);
}

#[test]
fn a_time_chosen_to_be_booked_is_not_taken_for_one_to_move_to() {
    let mut story = about_to_move();
    story.goes(&address_of(&thursday()));
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    story.tap(Event::Book);
    assert_eq!(
        (calls!(story, Call::Move { .. }), calls!(story, Call::Book { .. })),
        (0, 1)
    );
}

#[test]
fn what_is_over_is_booked_once_more() {
    let past = slot("2026-11-30", 10, &[1]);
    for over in [booked(5, &past), cancelled(5, &wednesday())] {
        let mut story = Story::of_member("/");
        story.bookings = vec![over];
        story.goes("/bookings").studio_answers();
        story.tap(Event::AnotherAsked(OLD));
        answer!(story, Call::ReadMadeOf(_) => made_of(7));
        assert_eq!(story.address(), "/services/7");
    }
}

#[test]
fn where_nobody_knows_the_service_it_is_said_and_where_it_failed_it_can_be_tried_again() {
    let mut story = with_a_booking();
    story.tap(Event::AnotherAsked(OLD));
    answer!(story, Call::ReadMadeOf(_) => fails(FailureKind::NotFound));
    assert_eq!(story.state.another, Another::OfUnknown(OLD));
    assert_eq!(story.heard.last(), Some(&News::OfUnknown));
    assert_eq!(story.focus(), Some(Target::Booking));

    story.tap(Event::AnotherAsked(OLD));
    answer!(story, Call::ReadMadeOf(_) => fails(FailureKind::Timeout));
    assert!(matches!(story.state.another, Another::Failed(OLD, _)));
    story.tap(Event::TryAgain);
    answer!(story, Call::ReadMadeOf(_) => made_of(7));
    assert_eq!(story.address(), "/services/7?instead=5");
}

#[test]
fn whoever_went_on_is_not_dragged_to_other_times() {
    let mut story = with_a_booking();
    story.tap(Event::AnotherAsked(OLD));
    let (ticket, _) = story.holds(|call| matches!(call, Call::ReadMadeOf(_)));
    story.goes("/").studio_answers().tap(Event::Answered {
        ticket,
        result: made_of(7),
    });
    assert_eq!(story.address(), "/");
    assert_eq!(story.state.another, Another::None);
}
