//! Times grow old: after a minute, at midnight, on return. What vanished is said and never swapped.

use booking::FailureKind;
use booking::flow::{Answer, Call, Choice, Event, Mark, News};

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

#[test]
fn what_failed_is_read_again_after_a_minute_and_on_coming_to_the_screen() {
    let mut story = Story::of_member("/");
    story.goes("/bookings");
    answer!(story, Call::ReadBookings => fails(FailureKind::UpstreamDown));
    story.after(60).tap(Event::Returned);
    assert_eq!(calls!(story, Call::ReadBookings), 1, "it has failed just now");
    story.after(1).tap(Event::Returned);
    answer!(story, Call::ReadBookings => fails(FailureKind::UpstreamDown));
    story.goes("/").goes("/bookings").studio_answers();
    assert_eq!(story.state.bookings.value.as_deref(), Some([].as_slice()));
    assert!(story.state.bookings.failure().is_none());
}

#[test]
fn a_list_that_could_not_be_refreshed_shows_what_was_booked_since() {
    let mut story = Story::of_member("/bookings");
    story.after(61).tap(Event::Returned);
    answer!(story, Call::ReadBookings => fails(FailureKind::Timeout));
    story.goes("/services/7").studio_answers().picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    story.tap(Event::Book);
    answer!(story, Call::Book { .. } => books(5, &wednesday()));
    story.bookings = vec![booked(5, &wednesday())];
    story.goes("/bookings").studio_answers();
    assert_eq!(
        story.state.bookings.value.as_deref(),
        Some([booked(5, &wednesday())].as_slice())
    );
}

#[test]
fn a_service_whose_times_failed_is_read_again_when_it_is_opened_again() {
    let mut story = Story::of_member("/");
    story.goes("/services/7");
    while story
        .open
        .iter()
        .any(|(_, call)| matches!(call, Call::ReadSlots { .. }))
    {
        answer!(story, Call::ReadSlots { .. } => fails(FailureKind::Busy));
    }
    story
        .studio_answers()
        .goes("/")
        .goes("/services/7")
        .studio_answers();
    assert!(!story.state.times.as_ref().unwrap().slots().is_empty());
}

#[test]
fn a_page_drawn_yesterday_begins_with_today() {
    let mut story = Story::opens("/");
    story.state = booking::flow::State::new(&boot(), booking::Route::parse("/services/7"));
    story.open.clear();
    story.after(16 * 3600).tap(Event::Started);
    let times = story.state.times.as_ref().unwrap();
    assert_eq!(times.today.to_string(), "2026-12-02");
    let asked = story.open.iter().find_map(|(_, call)| match call {
        Call::ReadSlots { start, .. } => Some(start.to_string()),
        _ => None,
    });
    assert_eq!(asked.as_deref(), Some("2026-12-02"));
}

#[test]
fn a_time_that_vanished_stays_in_its_place_struck_out() {
    let mut story = Story::about_to_book();
    story.free.retain(|slot| *slot != wednesday());
    story.free.push(slot("2026-12-02", 9, &[2]));
    story.free.push(slot("2026-12-02", 20, &[2]));
    story.after(61).tap(Event::Returned).studio_answers();
    assert_eq!(
        listed(&story, "2026-12-02", None),
        [
            ("09:00", Mark::Free),
            ("17:00", Mark::Taken),
            ("20:00", Mark::Free)
        ]
    );
    // It was with somebody else than the one asked for now.
    assert_eq!(listed(&story, "2026-12-02", Some(2)).len(), 2);
    assert_eq!(
        strip_count(&story, "2026-12-02"),
        Some(2),
        "what cannot be had is not counted"
    );
}

#[test]
fn a_time_that_began_meanwhile_was_taken_by_nobody() {
    let mut story = Story::of_member("/services/7");
    story.picks(&today());
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    story.free.retain(|slot| *slot != today());
    story.after(9 * 3600).tap(Event::Returned).studio_answers();
    assert!(matches!(story.state.choice, Choice::Gone { .. }));
    assert_eq!(listed(&story, "2026-12-01", None), [("18:00", Mark::Lost)]);
}
