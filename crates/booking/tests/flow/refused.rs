//! Refusals: every one has a way on, and what the screen showed wrongly is read afresh.

use booking::flow::{Call, Choice, Event, Mark, News, Target};
use booking::refusal::{Refusal, Way};
use booking::slots::SlotKey;
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
        let Choice::Refused { slot, status, .. } = &story.state.choice else {
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

#[test]
fn what_was_refused_once_is_not_offered_again() {
    let mut story = refused_with("DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME");
    story.tap(Event::AlternativePicked(SlotKey::of(&thursday())));
    answer!(story, Call::Validate(_) => verdict("DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME"));
    assert_eq!(story.state.alternatives(), [today()]);
    // Another look at the screen begins anew.
    story
        .goes("/")
        .goes("/services/7")
        .studio_answers()
        .picks(&thursday());
    answer!(story, Call::Validate(_) => verdict("DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME"));
    assert!(story.state.alternatives().contains(&wednesday()));
}

#[test]
fn a_time_that_can_be_booked_after_all_is_offered_again() {
    let mut story = refused_with("NOT_AVAILABLE");
    story.picks(&thursday()).picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    story.picks(&thursday());
    answer!(story, Call::Validate(_) => verdict("NOT_AVAILABLE"));
    story.studio_answers();
    assert!(story.state.alternatives().contains(&wednesday()));
    assert_eq!(listed(&story, "2026-12-02", None), [("17:00", Mark::Free)]);
}

#[test]
fn where_a_time_was_taken_the_nearest_are_offered_however_far_they_are() {
    let mut story = Story::of_member("/services/8");
    let (near, far) = (slot("2026-12-02", 18, &[1]), slot("2026-12-09", 9, &[1]));
    story.free = vec![
        wednesday(),
        slot("2026-12-02", 17, &[2]),
        far.clone(),
        near.clone(),
    ];
    story.goes("/services/7").studio_answers().picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("RESOURCE_NOT_AVAILABLE"));
    story.studio_answers();
    assert_eq!(story.state.other_trainers(), [slot("2026-12-02", 17, &[2])]);
    assert_eq!(
        story.state.alternatives(),
        [near, far],
        "the same time with another is offered once"
    );
}

#[test]
fn where_the_studio_is_closed_the_nearest_before_and_after_are_offered() {
    let mut story = Story::of_member("/services/8");
    let before: Vec<_> = [10, 12, 14, 15]
        .map(|hour| slot("2026-12-02", hour, &[1]))
        .to_vec();
    story.free = before.clone();
    story.free.extend([wednesday(), thursday()]);
    story.goes("/services/7").studio_answers().picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("STUDIO_CLOSED"));
    story.studio_answers();
    assert_eq!(
        story.state.alternatives(),
        [before[3].clone(), before[2].clone(), thursday()]
    );
}

#[test]
fn instead_of_a_time_that_is_over_only_times_to_come_are_offered() {
    let mut story = Story::of_member("/services/7");
    let begun = slot("2026-12-01", 19, &[1]);
    story.free.push(begun.clone());
    story.after(61).tap(Event::Returned).studio_answers();
    // Twenty past seven: the list still shows both times of this evening.
    story.after(10 * 3600 + 1200).picks(&today());
    answer!(story, Call::Validate(_) => verdict("PAST_START_DATE_TIME"));
    story.studio_answers();
    assert_eq!(story.state.alternatives(), [wednesday(), thursday()]);
    assert_eq!(
        listed(&story, "2026-12-01", None),
        [("18:00", Mark::Lost), ("19:00", Mark::Free)],
        "nobody took it"
    );
}

#[test]
fn a_refused_time_is_struck_out_in_its_place_also_when_it_is_off_the_list() {
    for (word, mark) in [
        ("RESOURCE_NOT_AVAILABLE", Mark::Taken),
        ("STUDIO_CLOSED", Mark::Lost),
        ("NOT_AVAILABLE", Mark::Lost),
    ] {
        let mut story = refused_with(word);
        assert_eq!(listed(&story, "2026-12-02", None), [("17:00", mark)], "{word}");
        story.free.retain(|slot| *slot != wednesday());
        story.studio_answers();
        assert_eq!(listed(&story, "2026-12-02", None), [("17:00", mark)], "{word}");
        assert_eq!(strip_count(&story, "2026-12-02"), Some(0), "{word}");
    }
    let story = refused_with("NO_CONTINGENT");
    assert_eq!(listed(&story, "2026-12-02", None), [("17:00", Mark::Free)]);
}

#[test]
fn a_time_that_another_trainer_still_has_is_not_struck_out_and_leads_to_that_one() {
    let mut story = Story::of_member("/services/8");
    let other = slot("2026-12-02", 17, &[2]);
    story.free.push(other.clone());
    story.goes("/services/7").studio_answers().picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("RESOURCE_NOT_AVAILABLE"));
    story.studio_answers();
    assert_eq!(listed(&story, "2026-12-02", None), [("17:00", Mark::Free)]);
    let times = story.state.times.as_ref().unwrap();
    let list = times.listed("2026-12-02".parse().unwrap(), None, &story.state.zone);
    assert_eq!(list[0].offer.slots, [other, wednesday()]);
}

#[test]
fn a_clash_with_what_is_under_way_now_is_named() {
    let mut story = Story::of_member("/services/7");
    let (now, next) = (slot("2026-12-01", 9, &[1]), slot("2026-12-01", 10, &[1]));
    let mut long = booked(4, &now);
    long.end_date_time = next.end_date_time.clone();
    story.bookings = vec![long];
    story.free.push(next.clone());
    // Nine in the morning: it has just begun.
    story.after(61).tap(Event::Returned).studio_answers().picks(&next);
    answer!(story, Call::Validate(_) => verdict("CUSTOMER_IN_OTHER_BOOKING"));
    story.studio_answers();
    assert_eq!(story.state.clash().map(|b| b.booking_id.0), Some(4));
    let over = booked(6, &slot("2026-12-01", 8, &[1]));
    story.bookings.push(over);
    story
        .after(61)
        .tap(Event::Returned)
        .goes("/bookings")
        .studio_answers();
    assert_eq!(story.state.busy().len(), 1, "what is over is in nobody's way");
}

#[test]
fn a_refusal_at_book_keeps_what_the_upstream_said() {
    let failure = Failure {
        upstream_message: Some("Kein Guthaben".into()),
        trace_id: Some("4711".into()),
        refusal: Some(ValidationStatus::NoContingent),
        ..Failure::of(FailureKind::Refused)
    };
    let mut story = Story::booking();
    answer!(story, Call::Book { .. } => Err(failure.clone()));
    assert!(
        matches!(&story.state.choice, Choice::Refused { failure: kept, .. } if kept.as_ref() == Some(&failure))
    );
    assert_eq!(
        story.focus(),
        Some(Target::Choice),
        "the button that booked is gone"
    );
    let verdict = refused_with("NO_CONTINGENT");
    assert!(matches!(
        verdict.state.choice,
        Choice::Refused { failure: None, .. }
    ));
}

#[test]
fn what_is_not_there_or_was_taken_at_book_is_a_refusal_and_the_times_are_read_again() {
    for (kind, says) in [
        (FailureKind::NotFound, "NOT_AVAILABLE"),
        (FailureKind::Conflict, "RESOURCE_NOT_AVAILABLE"),
    ] {
        let mut story = Story::booking();
        let reads = calls!(story, Call::ReadSlots { .. });
        answer!(story, Call::Book { .. } => fails(kind));
        assert!(matches!(&story.state.choice, Choice::Refused { status, .. } if status.as_str() == says));
        assert!(calls!(story, Call::ReadSlots { .. }) > reads, "{says}");
    }
    let named = Failure {
        refusal: Some(ValidationStatus::StudioClosed),
        ..Failure::of(FailureKind::Conflict)
    };
    let mut story = Story::booking();
    answer!(story, Call::Book { .. } => Err(named));
    assert!(
        matches!(&story.state.choice, Choice::Refused { status, .. } if *status == ValidationStatus::StudioClosed)
    );
}
