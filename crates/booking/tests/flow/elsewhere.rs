//! The end of an attempt whose member looks at something else: told, kept until it is seen, and never told twice.

use booking::bookings::Standing;
use booking::flow::{Answer, Call, Choice, Effect, Event, News, Outcome};
use booking::{AttemptState, AttemptView, Failure, FailureKind};
use perfectgym::{AppointmentBooking, AppointmentStatus, BookingId, BookingStatus, ValidationStatus};

use crate::story::*;

/// Book was tapped, and the member went on to another screen.
fn away(address: &str) -> Story {
    let mut story = Story::booking();
    story.goes(address).studio_answers();
    story
}

fn refused() -> Given {
    Err(Failure {
        refusal: Some(ValidationStatus::NoContingent),
        trace_id: Some("4711".into()),
        ..Failure::of(FailureKind::Refused)
    })
}

fn settled(state: AttemptState, booking: Option<AppointmentBooking>) -> Given {
    Ok(Answer::Attempt(AttemptView {
        state,
        booking,
        failure: None,
    }))
}

/// The answer was lost, the member went elsewhere, and nobody can find out what became of it.
fn given_up_away(address: &str) -> Story {
    let mut story = away(address);
    answer!(story, Call::Book { .. } => fails(FailureKind::Timeout));
    story.tap(Event::TryAgain);
    answer!(story, Call::Settle { .. } => settled(AttemptState::Unsettleable, None));
    assert!(matches!(story.state.outcome, Some(Outcome::GivenUp { .. })));
    story
}

#[test]
fn a_booking_made_while_its_member_is_elsewhere_is_told_until_it_is_seen() {
    for seen in ["/bookings", "/bookings/5", "/booked/5"] {
        let mut story = away("/");
        answer!(story, Call::Book { .. } => books(5, &wednesday()));
        story.bookings = vec![booked(5, &wednesday()), booked(6, &thursday())];
        let it = Outcome::Booked {
            id: BookingId(5),
            standing: Standing::Upcoming,
        };
        assert_eq!(story.state.outcome.as_ref(), Some(&it));
        story.goes("/services/8").studio_answers();
        assert_eq!(story.state.outcome, Some(it), "not seen yet");
        story.goes(seen).studio_answers();
        assert_eq!(story.state.outcome, None, "{seen}");
        story.goes("/bookings/6").studio_answers();
        assert_eq!(story.state.outcome, None, "nothing is said of another booking");
    }
}

#[test]
fn another_booking_of_the_member_is_not_the_one_that_was_made() {
    let mut story = away("/");
    answer!(story, Call::Book { .. } => books(5, &wednesday()));
    story.bookings = vec![booked(6, &thursday())];
    story.goes("/bookings/6").studio_answers();
    assert!(matches!(&story.state.outcome, Some(Outcome::Booked { id, .. }) if id.0 == 5));
}

#[test]
fn whoever_waits_for_the_booking_is_not_told_of_it_again_elsewhere() {
    let mut story = Story::booking();
    answer!(story, Call::Book { .. } => books(5, &wednesday()));
    story.bookings = vec![booked(6, &thursday())];
    story.goes("/bookings/6").studio_answers().goes("/");
    assert_eq!(story.state.outcome, None);
}

#[test]
fn what_was_told_can_be_put_away() {
    let mut story = away("/");
    answer!(story, Call::Book { .. } => fails(FailureKind::UpstreamDown));
    assert!(matches!(story.state.outcome, Some(Outcome::NotBooked { .. })));
    story.tap(Event::OutcomeSeen).goes("/services/8").studio_answers();
    assert_eq!(story.state.outcome, None);
}

#[test]
fn a_refusal_is_not_lost_with_another_service_on_the_screen() {
    let mut story = away("/services/8");
    answer!(story, Call::Book { .. } => refused());
    story.studio_answers().picks(&thursday()).studio_answers();
    let Some(Outcome::Refused {
        slot,
        status,
        failure,
    }) = &story.state.outcome
    else {
        panic!("it is told of");
    };
    assert_eq!((slot.service, &slot.slot), (MASSAGE, &wednesday()));
    assert_eq!(slot.title.as_deref(), Some("Service 7"));
    assert_eq!(*status, ValidationStatus::NoContingent);
    assert_eq!(failure.as_ref().and_then(|f| f.trace_id.as_deref()), Some("4711"));
    assert!(
        matches!(&story.state.choice, Choice::Checking { slot } if slot.service.0 == 8),
        "and is in nobody's way"
    );
}

#[test]
fn the_way_from_what_is_told_leads_to_the_time_and_why() {
    let mut story = away("/services/8");
    answer!(story, Call::Book { .. } => refused());
    let there = story.state.outcome.as_ref().unwrap().route();
    story.tap(Event::Go(there)).studio_answers();
    assert!(
        matches!(&story.state.choice, Choice::Refused { slot, status, failure: Some(_) }
            if slot.slot == wednesday() && *status == ValidationStatus::NoContingent)
    );
    assert_eq!(story.state.outcome, None);
    assert_eq!(calls!(story, Call::Validate(_)), 1, "nobody asks what is known");
    story.goes("/services/8").studio_answers();
    assert_eq!(story.state.outcome, None, "it has been seen");
}

#[test]
fn what_was_not_booked_can_be_tried_again_from_where_it_is_told() {
    let mut story = away("/bookings");
    answer!(story, Call::Book { .. } => fails(FailureKind::Busy));
    let there = story.state.outcome.as_ref().unwrap().route();
    story.tap(Event::Go(there)).studio_answers();
    assert!(
        matches!(&story.state.choice, Choice::NotBooked { failure: Some(why), .. } if why.kind == FailureKind::Busy)
    );
    story.tap(Event::TryAgain);
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    assert!(matches!(story.state.choice, Choice::Ready { .. }));
}

#[test]
fn a_session_that_ended_at_book_elsewhere_says_that_nothing_was_booked() {
    let mut story = away("/services/8");
    answer!(story, Call::Book { .. } => fails(FailureKind::SignedOut));
    assert!(
        matches!(&story.state.outcome, Some(Outcome::NotBooked { slot, .. }) if slot.slot == wednesday())
    );
    assert_eq!(story.heard.last(), Some(&News::SessionEnded { at_book: true }));
}

#[test]
fn an_attempt_nobody_knows_of_is_not_forgotten_on_other_screens() {
    let mut story = given_up_away("/services/8");
    assert_eq!(story.heard.last(), Some(&News::GivenUp));
    story.picks(&thursday()).goes("/").studio_answers();
    assert!(matches!(story.state.outcome, Some(Outcome::GivenUp { .. })));
    // The network is back: somebody looks again, and whatever is chosen meanwhile stays chosen.
    story
        .tap(Event::Online(false))
        .goes("/services/8")
        .studio_answers()
        .picks(&thursday());
    story.tap(Event::Online(true));
    answer!(story, Call::Settle { .. } => settled(AttemptState::Booked, Some(booked(5, &wednesday()))));
    assert!(matches!(&story.state.outcome, Some(Outcome::Booked { id, .. }) if id.0 == 5));
    assert!(matches!(&story.state.choice, Choice::Checking { slot } if slot.service.0 == 8));
    assert_eq!(calls!(story, Call::Book { .. }), 1);
}

#[test]
fn leaving_the_screen_of_an_attempt_nobody_knows_of_keeps_it_in_view() {
    for address in ["/", "/services/8", "/services/7"] {
        let mut story = Story::booking();
        answer!(story, Call::Book { .. } => fails(FailureKind::Timeout));
        story.tap(Event::TryAgain);
        answer!(story, Call::Settle { .. } => settled(AttemptState::Unsettleable, None));
        assert_eq!(story.state.outcome, None, "it is on its screen");
        story.went(address).studio_answers();
        assert!(
            matches!(&story.state.outcome, Some(Outcome::GivenUp { slot, .. }) if slot.slot == wednesday()),
            "{address}"
        );
        // Back at its time it is looked at anew.
        let looks = calls!(story, Call::Settle { .. });
        story.goes(&address_of(&wednesday())).studio_answers();
        assert!(
            matches!(story.state.choice, Choice::Uncertain { .. }),
            "{address}"
        );
        assert_eq!(story.state.outcome, None);
        assert_eq!(calls!(story, Call::Settle { .. }), looks + 1, "{address}");
    }
}

#[test]
fn an_answer_that_says_cancelled_or_an_unknown_word_is_not_told_as_booked() {
    let odd = |booking_status, appointment_status| AppointmentBooking {
        booking_status,
        appointment_status,
        ..booked(5, &wednesday())
    };
    for (booking, standing) in [
        (
            odd(BookingStatus::Canceled, AppointmentStatus::Planned),
            Standing::Cancelled,
        ),
        (
            odd(BookingStatus::from("WAITING_LIST"), AppointmentStatus::Planned),
            Standing::Unclear,
        ),
        (
            odd(BookingStatus::Booked, AppointmentStatus::from("MOVED")),
            Standing::Unclear,
        ),
        (
            odd(
                BookingStatus::BookedWithConfirmationRequired,
                AppointmentStatus::Planned,
            ),
            Standing::ToBeConfirmed,
        ),
    ] {
        let news = News::Booked {
            id: BookingId(5),
            standing,
        };
        let mut story = Story::booking();
        answer!(story, Call::Book { .. } => Ok(Answer::Booking(booking.clone())));
        assert_eq!(story.heard.last(), Some(&news));
        assert_eq!(story.address(), "/booked/5");
        let mut story = away("/");
        answer!(story, Call::Book { .. } => Ok(Answer::Booking(booking)));
        assert!(
            matches!(&story.state.outcome, Some(Outcome::Booked { standing: told, .. }) if *told == standing)
        );
    }
}

#[test]
fn signing_out_forgets_what_was_to_be_told() {
    let mut story = away("/");
    answer!(story, Call::Book { .. } => books(5, &wednesday()));
    story.tap(Event::SignOut);
    answer!(story, Call::SignOut => nobody());
    assert_eq!(story.state.outcome, None);
}

#[test]
fn nobody_is_dragged_away_or_scrolled_about_by_what_is_told() {
    let mut story = away("/");
    let before = story.effects.len();
    answer!(story, Call::Book { .. } => refused());
    let moved = |effect: &Effect| !matches!(effect, Effect::Wait(..));
    assert!(!story.effects[before..].iter().any(moved));
}
