//! What moves by itself: focus where what had it is gone, and the page to its top on a new screen only.

use booking::FailureKind;
use booking::flow::{Answer, Call, Effect, Event, Target};
use booking::slots::SlotKey;
use perfectgym::BookingId;

use crate::story::*;

fn scrolls(story: &Story) -> usize {
    let to_top = |effect: &&Effect| matches!(effect, Effect::ScrollTop);
    story.effects.iter().filter(to_top).count()
}

fn moves(story: &Story) -> usize {
    let focus = |effect: &&Effect| matches!(effect, Effect::Focus(_));
    story.effects.iter().filter(focus).count()
}

#[test]
fn choosing_a_time_leaves_the_list_where_it_is() {
    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday()).picks(&thursday());
    assert!(
        story
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Push(_)))
    );
    assert_eq!((scrolls(&story), moves(&story)), (0, 0));
}

#[test]
fn a_link_leads_to_the_top_of_a_screen_and_back_to_where_one_was() {
    let mut story = Story::of_member("/");
    story.goes("/services/7").studio_answers();
    assert_eq!((scrolls(&story), story.focus()), (1, Some(Target::Heading)));
    let before = moves(&story);
    story.went("/");
    assert_eq!((scrolls(&story), moves(&story)), (1, before + 1));
    story.tap(Event::CategoryPicked(Some("Even".into())));
    assert_eq!(
        (scrolls(&story), moves(&story)),
        (1, before + 1),
        "the same screen"
    );
}

#[test]
fn an_alternative_takes_focus_to_the_bar_and_a_time_of_the_list_does_not() {
    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    story.picks(&today());
    assert_eq!(
        story.focus(),
        None,
        "whoever goes through the list by arrows stays in it"
    );
    // Not struck out, and refused all the same: what is said of it is where the ways on are.
    answer!(story, Call::Validate(_) => verdict("DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME"));
    story.studio_answers();
    assert_eq!(story.focus(), Some(Target::Choice));
    story.effects.clear();
    story.tap(Event::AlternativePicked(SlotKey::of(&thursday())));
    assert_eq!(story.focus(), Some(Target::Choice));
}

#[test]
fn book_that_does_not_book_keeps_focus_at_the_bar() {
    for kind in [
        FailureKind::Refused,
        FailureKind::UpstreamDown,
        FailureKind::Timeout,
        FailureKind::SignedOut,
    ] {
        let mut story = Story::booking();
        answer!(story, Call::Book { .. } => fails(kind.clone()));
        assert_eq!(story.focus(), Some(Target::Choice), "{kind}");
    }
    let mut story = Story::booking();
    answer!(story, Call::Book { .. } => books(5, &wednesday()));
    assert_eq!(story.focus(), Some(Target::Heading));
}

#[test]
fn trying_again_keeps_focus_near_what_is_tried() {
    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday());
    answer!(story, Call::Validate(_) => fails(FailureKind::Timeout));
    story.tap(Event::TryAgain);
    assert_eq!(story.focus(), Some(Target::Choice));

    let mut story = Story::of_member("/");
    story.goes("/bookings");
    answer!(story, Call::ReadBookings => fails(FailureKind::Timeout));
    let before = moves(&story);
    story.tap(Event::TryAgain);
    assert_eq!(
        (moves(&story), story.focus()),
        (before + 1, Some(Target::Heading))
    );
    story.tap(Event::Online(false)).tap(Event::Online(true));
    assert_eq!(moves(&story), before + 1, "the network moves no focus");
}

#[test]
fn a_cancellation_moves_focus_to_what_became_of_the_booking() {
    let mut story = Story::of_member("/");
    story.bookings = vec![booked(5, &wednesday())];
    story.goes("/bookings/5").studio_answers();
    story
        .tap(Event::CancelAsked(BookingId(5)))
        .tap(Event::CancelConfirmed);
    answer!(story, Call::Cancel(_) => Ok(Answer::Cancelled));
    story.bookings = vec![cancelled(5, &wednesday())];
    story.studio_answers();
    assert_eq!(story.focus(), Some(Target::Booking));
}

#[test]
fn signing_out_at_home_does_not_lose_the_focus() {
    let mut story = Story::of_member("/");
    assert_eq!(story.focus(), None);
    story.tap(Event::SignOut);
    answer!(story, Call::SignOut => nobody());
    assert_eq!(story.focus(), Some(Target::Heading));
}

#[test]
fn the_next_free_day_is_shown_and_focus_goes_to_its_times() {
    let mut story = Story::of_member("/services/8");
    let far = slot("2026-12-13", 9, &[1]);
    story.free = vec![far.clone()];
    story
        .goes("/services/7")
        .studio_answers()
        .tap(Event::NextFreePicked);
    assert!(story.address().contains("day=2026-12-13"));
    assert_eq!(story.focus(), Some(Target::Times));
}
