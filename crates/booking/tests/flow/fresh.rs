//! Times grow old: after a minute, at midnight, on return. What vanished is said and never swapped.

use booking::flow::{Answer, Call, Choice, Event, News};

use crate::story::*;

#[test]
fn times_are_read_again_after_a_minute_and_not_before() {
    let mut story = Story::of_member("/services/7");
    let reads = calls!(story, Call::ReadSlots { .. });
    story.after(60).tap(Event::Returned);
    assert_eq!(calls!(story, Call::ReadSlots { .. }), reads);
    story.after(1).tap(Event::Returned);
    assert!(calls!(story, Call::ReadSlots { .. }) > reads);
    let times = story.state.times.as_ref().unwrap();
    assert!(!times.slots().is_empty(), "what was read stays in view meanwhile");
}

#[test]
fn a_chosen_time_that_vanishes_is_said_to_be_gone_and_never_swapped() {
    let mut story = Story::about_to_book();
    story.free.retain(|slot| *slot != wednesday());
    story.after(61).tap(Event::Returned).studio_answers();
    assert!(
        matches!(&story.state.choice, Choice::Gone { key } if key.start == wednesday().start_date_time.text())
    );
    assert_eq!(
        story.heard.iter().filter(|news| **news == News::TimeGone).count(),
        1
    );
    story
        .tap(Event::Book)
        .tap(Event::Returned)
        .after(61)
        .tap(Event::Returned)
        .studio_answers();
    assert_eq!(calls!(story, Call::Book { .. }), 0);
    assert_eq!(
        story.heard.iter().filter(|news| **news == News::TimeGone).count(),
        1,
        "said once"
    );
    assert_eq!(
        story.state.alternatives()[0],
        thursday(),
        "17 hours after is nearer than 23 before"
    );
}

#[test]
fn a_vanished_time_that_is_free_again_is_checked_again_and_not_struck_out() {
    let mut story = Story::about_to_book();
    story.free.retain(|slot| *slot != wednesday());
    story.after(61).tap(Event::Returned).studio_answers();
    story.free.push(wednesday());
    story.after(61).tap(Event::Returned).studio_answers();
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    assert!(matches!(story.state.choice, Choice::Ready { .. }));
    assert_eq!(story.state.times.as_ref().unwrap().lost, None);
}

#[test]
fn an_older_answer_does_not_bring_a_lost_time_back() {
    let mut story = Story::of_member("/services/7");
    story.after(61).tap(Event::Returned);
    let (early, _) = story.holds(|call| matches!(call, Call::ReadSlots { page: 0, .. }));
    story.picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("NOT_AVAILABLE"));
    let all = story.free.clone();
    story.free.retain(|slot| *slot != wednesday());
    story.studio_answers();
    story.tap(Event::Answered {
        ticket: early,
        result: Ok(Answer::Slots(all.into())),
    });
    assert!(
        !story
            .state
            .times
            .as_ref()
            .unwrap()
            .slots()
            .contains(&&wednesday())
    );
}

#[test]
fn after_midnight_the_strip_begins_with_the_new_day() {
    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    story.after(15 * 3600).tap(Event::Returned).studio_answers();
    let times = story.state.times.as_ref().unwrap();
    let first = &times.days(None, &story.state.zone)[0];
    assert_eq!(
        (first.date.to_string().as_str(), first.is_today),
        ("2026-12-02", true)
    );
    assert!(!times.slots().contains(&&today()));
    assert!(matches!(&story.state.choice, Choice::Ready { slot } if slot.slot == wednesday()));
}

#[test]
fn what_was_asked_before_midnight_is_not_shown_on_the_wrong_days() {
    let mut story = Story::of_member("/services/7");
    story.after(61).tap(Event::Returned);
    let (late, _) = story.holds(|call| matches!(call, Call::ReadSlots { page: 0, .. }));
    story.after(15 * 3600).tap(Event::Returned).studio_answers();
    story.tap(Event::Answered {
        ticket: late,
        result: Ok(Answer::Slots(vec![today()].into())),
    });
    let times = story.state.times.as_ref().unwrap();
    assert_eq!(times.slots(), [&wednesday(), &thursday()]);
}

#[test]
fn offline_nothing_is_read_and_the_network_brings_it_up_to_date() {
    let mut story = Story::of_member("/services/7");
    let reads = calls!(story, Call::ReadSlots { .. });
    story.tap(Event::Online(false)).after(300).tap(Event::Returned);
    assert_eq!(calls!(story, Call::ReadSlots { .. }), reads);
    story.tap(Event::Online(true));
    assert!(calls!(story, Call::ReadSlots { .. }) > reads);
}

#[test]
fn a_service_left_and_come_back_to_shows_its_own_times() {
    let mut story = Story::opens("/services/7");
    answer!(story, Call::ReadSession => session());
    let (late, _) = story.holds(|call| matches!(call, Call::ReadSlots { .. }));
    story.goes("/services/8").studio_answers();
    story.tap(Event::Answered {
        ticket: late,
        result: Ok(Answer::Slots(vec![slot("2026-12-01", 7, &[9])].into())),
    });
    let times = story.state.times.as_ref().unwrap();
    assert_eq!((times.service.0, times.slots().len()), (8, 3));
    story.goes("/services/7").studio_answers();
    assert_eq!(story.state.times.as_ref().unwrap().service, MASSAGE);
}
