//! Refusals: every one has a way on, and what the screen showed wrongly is read afresh.

use booking::flow::{Call, Choice, Event, News};
use booking::refusal::{Refusal, Way};
use booking::{Failure, FailureKind};
use perfectgym::ValidationStatus;

use crate::story::*;

fn refused_with(word: &str) -> Story {
    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict(word));
    story
}

fn words() -> Vec<String> {
    let known = ValidationStatus::KNOWN.iter().map(ToString::to_string);
    known
        .filter(|word| word != "AVAILABLE")
        .chain(["FULL_MOON".to_owned()])
        .collect()
}

#[test]
fn every_refusal_is_said_keeps_the_time_in_view_and_has_a_way_on() {
    for word in words() {
        let story = refused_with(&word);
        let Choice::Refused { slot, status } = &story.state.choice else {
            panic!("{word} is a refusal");
        };
        assert_eq!((status.as_str(), &slot.slot), (word.as_str(), &wednesday()));
        assert_eq!(story.heard.last(), Some(&News::Refused(status.clone())));
        assert!(!Refusal::of(status).unwrap().ways().is_empty(), "{word}");
    }
}

#[test]
fn a_refused_time_cannot_be_booked() {
    for word in words() {
        let mut story = refused_with(&word);
        story.tap(Event::Book);
        assert_eq!(calls!(story, Call::Book { .. }), 0, "{word}");
    }
}

#[test]
fn other_times_are_offered_where_they_may_help_and_nowhere_else() {
    for word in words() {
        let mut story = refused_with(&word);
        story.studio_answers();
        let refusal = Refusal::of(&ValidationStatus::from(word.as_str())).unwrap();
        let offered = story.state.alternatives();
        assert_eq!(
            !offered.is_empty(),
            refusal.ways().contains(&Way::OtherTimes),
            "{word}"
        );
        assert!(!offered.contains(&wednesday()), "{word}");
    }
}

#[test]
fn where_the_screen_was_wrong_its_times_are_read_again_and_the_lost_one_is_struck_out() {
    for word in words() {
        let story = refused_with(&word);
        let wrong = Refusal::of(&ValidationStatus::from(word.as_str()))
            .unwrap()
            .outdates_times();
        let reads = story
            .open
            .iter()
            .any(|(_, call)| matches!(call, Call::ReadSlots { .. }));
        assert_eq!(reads, wrong, "{word}");
        assert_eq!(
            story.state.times.as_ref().unwrap().lost.is_some(),
            wrong,
            "{word}"
        );
    }
}

#[test]
fn a_time_that_takes_longer_now_has_its_service_read_again() {
    let story = refused_with("PERIOD_DOES_NOT_MATCH");
    assert!(
        story
            .open
            .iter()
            .any(|(_, call)| matches!(call, Call::ReadService(_)))
    );
}

#[test]
fn a_refused_time_that_is_gone_when_read_again_still_says_why() {
    let mut story = refused_with("RESOURCE_NOT_AVAILABLE");
    story.free.retain(|slot| *slot != wednesday());
    story.studio_answers();
    assert!(matches!(story.state.choice, Choice::Refused { .. }));
    assert!(!story.heard.contains(&News::TimeGone));
}

#[test]
fn the_same_time_with_another_trainer_is_offered() {
    let mut story = Story::of_member("/services/8");
    let with_another = slot("2026-12-02", 17, &[2]);
    story.free.push(with_another.clone());
    story.goes("/services/7").studio_answers().picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("RESOURCE_NOT_AVAILABLE"));
    assert_eq!(story.state.other_trainers(), [with_another]);
}

#[test]
fn a_clash_is_named_and_what_clashes_is_not_offered() {
    let mut story = Story::of_member("/services/7");
    let half_past = slot("2026-12-02", 18, &[1]);
    story.free.push(half_past.clone());
    story
        .tap(Event::Returned)
        .after(61)
        .tap(Event::Returned)
        .studio_answers();
    story.bookings = vec![booked(3, &half_past), booked(4, &wednesday())];
    story.picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("CUSTOMER_IN_OTHER_BOOKING"));
    story.studio_answers();
    assert_eq!(story.state.clash().unwrap().booking_id.0, 4);
    assert!(!story.state.alternatives().contains(&half_past));
    assert!(story.state.alternatives().contains(&thursday()));
}

#[test]
fn a_refusal_at_book_is_one_like_any_other() {
    for (failure, says) in [
        (Some(ValidationStatus::NoContingent), "NO_CONTINGENT"),
        (Some(ValidationStatus::Available), "NOT_AVAILABLE"),
        (None, "NOT_AVAILABLE"),
    ] {
        let mut story = Story::booking();
        let failure = Failure {
            refusal: failure,
            ..Failure::of(FailureKind::Refused)
        };
        answer!(story, Call::Book { .. } => Err(failure));
        assert!(matches!(&story.state.choice, Choice::Refused { status, .. } if status.as_str() == says));
    }
}

#[test]
fn one_tap_on_an_alternative_checks_it() {
    let mut story = refused_with("STUDIO_CLOSED");
    story.studio_answers();
    let other = story.state.alternatives().first().cloned().unwrap();
    story.picks(&other);
    assert!(matches!(&story.state.choice, Choice::Checking { slot } if slot.slot == other));
}
