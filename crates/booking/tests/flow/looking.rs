//! Looking for a time: pages of days, empty windows, trainers, and times that are not there.

use booking::flow::{Call, Choice, Event, News};
use booking::slots::SlotKey;
use chrono::NaiveDate;
use perfectgym::InstructorId;

use crate::story::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn strip(story: &Story) -> Vec<(String, Option<usize>)> {
    let (state, times) = (&story.state, story.state.times.as_ref().unwrap());
    let days = times.days(state.pick().unwrap().trainer, &state.zone);
    days.into_iter()
        .map(|day| (day.date.to_string(), day.count))
        .collect()
}

fn shown_day(story: &Story) -> NaiveDate {
    let (state, times) = (&story.state, story.state.times.as_ref().unwrap());
    times.shown_day(state.pick().unwrap(), &state.zone)
}

fn next_free(story: &Story) -> Option<SlotKey> {
    let (state, times) = (&story.state, story.state.times.as_ref().unwrap());
    let found = times.next_free(shown_day(story), state.pick().unwrap().trainer, &state.zone);
    found.map(SlotKey::of)
}

#[test]
fn the_shown_days_and_the_next_ones_are_read() {
    let mut story = Story::of_member("/services/7");
    assert_eq!(calls!(story, Call::ReadSlots { .. }), 2);
    let counts: Vec<_> = strip(&story)
        .into_iter()
        .map(|(_, count)| count.unwrap())
        .collect();
    assert_eq!(counts, [1, 1, 1, 0, 0]);
    assert!(story.heard.contains(&News::Times {
        day: date("2026-12-01"),
        count: 1
    }));
    story.free.push(slot("2026-12-09", 9, &[1]));
    story.tap(Event::Later).studio_answers();
    assert_eq!(strip(&story)[0].0, "2026-12-06");
}

#[test]
fn the_strip_pages_on_for_a_year_and_back_to_today_and_no_further() {
    let mut story = Story::of_member("/services/7");
    for page in 0..100_u32 {
        let day = slot(
            &(date("2026-12-01") + chrono::Days::new(u64::from(page) * 5)).to_string(),
            9,
            &[1],
        );
        story.free.push(day);
    }
    for _ in 0..100 {
        story.tap(Event::Later).studio_answers();
    }
    assert_eq!(strip(&story)[0].0, "2027-11-26");
    assert!(!story.state.times.as_ref().unwrap().has_later());
    for _ in 0..100 {
        story.tap(Event::Earlier);
    }
    assert_eq!(strip(&story)[0].0, "2026-12-01");
}

#[test]
fn every_time_is_shown_on_its_day_once_though_windows_overlap() {
    let mut story = Story::of_member("/services/8");
    story.free = (1..=15)
        .map(|day| slot(&format!("2026-12-{day:02}"), 9, &[1]))
        .collect();
    story.goes("/services/7").studio_answers();
    for _ in 0..3 {
        assert!(
            strip(&story).iter().all(|(_, count)| *count == Some(1)),
            "{:?}",
            strip(&story)
        );
        story.tap(Event::Later).studio_answers();
    }
}

#[test]
fn an_empty_window_looks_ahead_and_offers_the_next_free_time_in_one_tap() {
    let mut story = Story::of_member("/services/8");
    let far = slot("2026-12-13", 9, &[1]);
    story.free = vec![far.clone()];
    story.goes("/services/7").studio_answers();
    assert_eq!(next_free(&story), Some(SlotKey::of(&far)));
    story.picks(&far);
    assert_eq!(strip(&story)[0].0, "2026-12-11");
    assert!(matches!(&story.state.choice, Choice::Checking { slot } if slot.slot == far));
}

#[test]
fn nothing_anywhere_is_looked_for_in_four_further_windows_and_no_more() {
    let mut story = Story::of_member("/");
    story.free.clear();
    story
        .goes("/services/7")
        .studio_answers()
        .tap(Event::Returned)
        .studio_answers();
    assert_eq!(calls!(story, Call::ReadSlots { .. }), 5);
    let times = story.state.times.as_ref().unwrap();
    assert_eq!(times.searched_until(), Some(date("2026-12-25")));
    assert!(!times.is_looking_ahead());
    assert_eq!(next_free(&story), None);
}

#[test]
fn where_the_shown_day_has_times_nobody_looks_far_ahead() {
    let mut story = Story::of_member("/");
    story.free = vec![today()];
    story.goes("/services/7").studio_answers();
    assert_eq!(calls!(story, Call::ReadSlots { .. }), 2);
}

#[test]
fn a_trainer_can_be_asked_for_and_let_go() {
    let mut story = Story::of_member("/services/7");
    story
        .tap(Event::TrainerPicked(Some(InstructorId(2))))
        .studio_answers();
    assert_eq!(shown_day(&story), date("2026-12-03"));
    assert_eq!(strip(&story)[1].1, Some(0), "Wednesday is with another");
    assert!(story.address().contains("trainer=2"));
    story.tap(Event::TrainerPicked(None));
    assert_eq!(strip(&story)[1].1, Some(1));
}

#[test]
fn a_chosen_time_stays_with_its_trainer_and_goes_with_another() {
    let mut story = Story::about_to_book();
    story.tap(Event::TrainerPicked(Some(InstructorId(1))));
    assert!(matches!(story.state.choice, Choice::Ready { .. }));
    story.tap(Event::TrainerPicked(Some(InstructorId(2))));
    assert_eq!(story.state.choice, Choice::None);
    story.tap(Event::Book);
    assert_eq!(calls!(story, Call::Book { .. }), 0);
}

#[test]
fn a_time_that_is_not_there_is_gone_and_the_nearest_are_offered() {
    let story = Story::of_member(&address_of(&slot("2026-12-02", 20, &[1])));
    assert!(matches!(story.state.choice, Choice::Gone { .. }));
    assert!(story.heard.contains(&News::TimeGone));
    assert_eq!(story.state.alternatives()[0], wednesday());
    assert_eq!(calls!(story, Call::Validate(_)), 0);
}

#[test]
fn an_address_of_nonsense_is_gone_and_harms_nothing() {
    let mut story = Story::of_member("/services/7?start=soon&end=later&with=1");
    assert!(matches!(story.state.choice, Choice::Gone { .. }));
    story.tap(Event::Book).tap(Event::Returned).studio_answers();
    assert_eq!(calls!(story, Call::Validate(_) | Call::Book { .. }), 0);
}

#[test]
fn a_failed_window_can_be_tried_again_and_nothing_else_is_lost() {
    let mut story = Story::opens("/services/7");
    answer!(story, Call::ReadSession => session());
    answer!(story, Call::ReadSlots { .. } => fails(booking::FailureKind::UpstreamDown));
    let page = |story: &Story| story.state.times.as_ref().unwrap().current().cloned().unwrap();
    assert!(page(&story).failure().is_some_and(|failure| failure.retry));
    story.tap(Event::TryAgain);
    assert!(page(&story).is_loading());
    story.studio_answers();
    assert_eq!(strip(&story)[1].1, Some(1));
}

#[test]
fn a_window_that_takes_long_says_so() {
    let mut story = Story::opens("/services/7");
    let (ticket, call) = story.holds(|call| matches!(call, Call::ReadSlots { .. }));
    story.tap(Event::Slow(ticket));
    assert_eq!(story.heard.last(), Some(&News::StillTrying));
    assert!(story.state.times.as_ref().unwrap().current().unwrap().is_slow());
    story.open.push((ticket, call));
    story.studio_answers();
    let heard = story.heard.len();
    story.tap(Event::Slow(ticket));
    assert_eq!(story.heard.len(), heard, "it has been answered");
}

#[test]
fn what_nobody_waits_for_may_take_long_in_silence() {
    let mut story = Story::of_member("/services/7");
    let heard = story.heard.len();
    story.after(61).tap(Event::Returned);
    for (ticket, _) in story.open.clone() {
        story.tap(Event::Slow(ticket));
    }
    assert!(!story.open.is_empty());
    assert_eq!(story.heard.len(), heard);
}

#[test]
fn a_service_begins_at_its_first_days_whatever_was_shown_of_it_before() {
    let mut story = Story::of_member("/services/7");
    story
        .tap(Event::Later)
        .studio_answers()
        .goes("/")
        .goes("/services/7")
        .studio_answers();
    assert_eq!(strip(&story)[0].0, "2026-12-01");
}

#[test]
fn looking_around_does_not_fill_the_history() {
    let mut story = Story::of_member("/services/7");
    let before = story.effects.len();
    story
        .tap(Event::DayPicked(date("2026-12-03")))
        .tap(Event::Later)
        .tap(Event::Earlier);
    story.tap(Event::TrainerPicked(Some(InstructorId(2))));
    let pushed = |e: &booking::flow::Effect| matches!(e, booking::flow::Effect::Push(_));
    assert!(!story.effects[before..].iter().any(pushed));
}

#[test]
fn a_next_free_time_that_is_found_later_is_said() {
    let mut story = Story::of_member("/services/8");
    let far = slot("2026-12-13", 9, &[1]);
    story.free = vec![far.clone()];
    story.goes("/services/7").studio_answers();
    let found = News::NextFree(far.start_date_time.local().unwrap());
    let empty = News::Times {
        day: date("2026-12-01"),
        count: 0,
    };
    let said: Vec<_> = story
        .heard
        .iter()
        .filter(|news| [&found, &empty].contains(news))
        .collect();
    assert_eq!(said, [&empty, &found], "each once, in this order");
    story.after(61).tap(Event::Returned).studio_answers();
    assert_eq!(story.heard.last(), Some(&found));
    assert_eq!(story.heard.iter().filter(|news| **news == found).count(), 1);
}

#[test]
fn times_that_could_not_be_read_are_counted_on_their_page() {
    let mut story = Story::opens("/services/7");
    answer!(story, Call::ReadSession => session());
    let slots = perfectgym::Readable {
        items: vec![today()],
        unreadable: 3,
    };
    answer!(story, Call::ReadSlots { page: 0, .. } => Ok(booking::flow::Answer::Slots(slots)));
    assert_eq!(story.state.times.as_ref().unwrap().unreadable(), 3);
    story.studio_answers().tap(Event::Later);
    assert_eq!(story.state.times.as_ref().unwrap().unreadable(), 0);
    story
        .tap(Event::Earlier)
        .after(61)
        .tap(Event::Returned)
        .studio_answers();
    assert_eq!(
        story.state.times.as_ref().unwrap().unreadable(),
        0,
        "all can be read by now"
    );
}

#[test]
fn no_next_free_time_is_claimed_before_the_shown_days_are_known() {
    let mut story = Story::of_member("/");
    story.free.clear();
    story
        .goes("/services/7?day=2026-12-21")
        .studio_answers()
        .after(61)
        .tap(Event::Returned);
    let (later, _) = story.holds(|call| matches!(call, Call::ReadSlots { page: 5, .. }));
    story.tap(Event::DayPicked(date("2026-12-15")));
    let heard = story.heard.len();
    story.tap(Event::Answered {
        ticket: later,
        result: Ok(booking::flow::Answer::Slots(
            vec![slot("2026-12-28", 9, &[1])].into(),
        )),
    });
    assert_eq!(story.heard.len(), heard);
}
