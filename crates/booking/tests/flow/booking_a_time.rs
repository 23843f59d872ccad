//! Choosing a time and booking it: three taps, one request, whatever the fingers do.

use booking::flow::{Call, Choice, Effect, Event, News};
use booking::{FailureKind, Route};

use crate::story::*;

#[test]
fn a_member_books_in_three_taps() {
    let mut story = Story::of_member("/");
    story.goes("/services/7").studio_answers(); // 1
    story.picks(&wednesday()); // 2
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    assert_eq!(story.heard.last(), Some(&News::CanBeBooked));
    story.tap(Event::Book); // 3
    answer!(story, Call::Book { .. } => books(5, &wednesday()));

    assert_eq!(story.address(), "/booked/5");
    assert_eq!(story.heard.last(), Some(&it_is_booked(5)));
    let shown = story.state.booking.as_ref().and_then(|(_, b)| b.value.as_ref());
    assert_eq!(shown, Some(&booked(5, &wednesday())));
    assert_eq!(
        story.wishes_sent(),
        [perfectgym::BookingWish::new(MASSAGE, &wednesday())]
    );
}

#[test]
fn the_page_of_times_opens_at_the_first_day_that_has_some_and_chooses_none() {
    let mut story = Story::of_member("/services/8");
    story.free = vec![thursday()];
    story.goes("/services/7").studio_answers();
    let (state, times) = (&story.state, story.state.times.as_ref().unwrap());
    let day = times.shown_day(state.pick().unwrap(), &state.zone);
    assert_eq!(day.to_string(), "2026-12-03");
    assert_eq!(state.choice, Choice::None);
}

#[test]
fn back_from_booked_does_not_lead_to_booking_it_again() {
    let mut story = Story::booking();
    answer!(story, Call::Book { .. } => books(5, &wednesday()));
    let steps: Vec<_> = story
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Push(route) => Some(("push", route.format())),
            Effect::Replace(route) => Some(("replace", route.format())),
            _ => None,
        })
        .collect();
    assert_eq!(steps.last(), Some(&("replace", "/booked/5".to_owned())));
    assert_eq!(steps[0].0, "push", "choosing is a step that Back takes back");
}

#[test]
fn two_taps_on_book_send_one_request() {
    let mut story = Story::about_to_book();
    story.tap(Event::Book).tap(Event::Book).tap(Event::Book);
    assert_eq!(calls!(story, Call::Book { .. }), 1);
    answer!(story, Call::Book { .. } => books(5, &wednesday()));
    story.tap(Event::Book);
    assert_eq!(calls!(story, Call::Book { .. }), 1);
}

#[test]
fn book_before_the_verdict_does_nothing() {
    let mut story = Story::of_member("/services/7");
    story.tap(Event::Book).picks(&wednesday()).tap(Event::Book);
    assert_eq!(calls!(story, Call::Book { .. }), 0);
    assert!(matches!(story.state.choice, Choice::Checking { .. }));
}

#[test]
fn a_late_verdict_on_an_earlier_choice_says_nothing_of_the_present_one() {
    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday());
    let (ticket, _) = story.holds(|call| matches!(call, Call::Validate(_)));
    story.picks(&thursday());
    story.tap(Event::Answered {
        ticket,
        result: verdict("AVAILABLE"),
    });
    assert!(matches!(&story.state.choice, Choice::Checking { slot } if slot.slot == thursday()));
    answer!(story, Call::Validate(_) => verdict("STUDIO_CLOSED"));
    assert!(matches!(&story.state.choice, Choice::Refused { slot, .. } if slot.slot == thursday()));
}

#[test]
fn book_offline_does_nothing_and_works_again_with_the_network() {
    let mut story = Story::about_to_book();
    story.tap(Event::Online(false)).tap(Event::Book);
    assert_eq!(calls!(story, Call::Book { .. }), 0);
    assert!(story.heard.contains(&News::Offline));
    story.tap(Event::Online(true)).tap(Event::Book);
    assert_eq!(calls!(story, Call::Book { .. }), 1);
}

#[test]
fn while_booking_is_under_way_no_other_time_can_be_chosen_or_dropped() {
    let mut story = Story::booking();
    story.picks(&thursday()).tap(Event::TimeDropped);
    assert!(matches!(&story.state.choice, Choice::Booking { slot, .. } if slot.slot == wednesday()));
    assert_eq!(
        story.state.pick().unwrap().slot.as_ref().unwrap().start,
        wednesday().start_date_time.text()
    );
}

#[test]
fn a_tap_on_book_that_comes_after_leaving_the_screen_books_nothing() {
    let mut story = Story::about_to_book();
    story.went("/").tap(Event::Book);
    assert_eq!(calls!(story, Call::Book { .. }), 0);
}

#[test]
fn back_while_booking_is_under_way_loses_no_booking() {
    let mut story = Story::booking();
    story.went("/").studio_answers();
    answer!(story, Call::Book { .. } => books(5, &wednesday()));
    assert_eq!(story.address(), "/", "the member is not dragged away");
    assert_eq!(story.heard.last(), Some(&it_is_booked(5)));
    assert_eq!(story.state.choice, Choice::None);
    story.bookings = vec![booked(5, &wednesday())];
    story.goes("/bookings").studio_answers();
    assert_eq!(story.state.bookings.value.as_ref().unwrap().len(), 1);
    assert_eq!(calls!(story, Call::Book { .. }), 1);
}

#[test]
fn back_to_the_times_while_booking_is_under_way_hides_no_refusal() {
    for (answer, word) in [
        (FailureKind::Refused, "refused"),
        (FailureKind::UpstreamDown, "not booked"),
        (FailureKind::SignedOut, "picked"),
        (FailureKind::Timeout, "uncertain"),
    ] {
        let mut story = Story::booking();
        story.went("/services/7").studio_answers();
        answer!(story, Call::Book { .. } => fails(answer));
        story
            .studio_answers()
            .after(61)
            .tap(Event::Returned)
            .studio_answers();
        let shown = match &story.state.choice {
            Choice::Refused { .. } => "refused",
            Choice::NotBooked { .. } => "not booked",
            Choice::Picked { .. } => "picked",
            Choice::Uncertain { .. } => "uncertain",
            _ => "nothing",
        };
        assert_eq!(shown, word);
        // It is on the screen until the member lets go of it.
        if word != "uncertain" {
            story.tap(Event::TimeDropped);
            assert_eq!(story.state.choice, Choice::None);
        }
    }
}

#[test]
fn my_bookings_read_before_the_booking_was_made_are_read_again() {
    let mut story = Story::booking();
    story.went("/bookings");
    let (early, _) = story.holds(|call| matches!(call, Call::ReadBookings));
    answer!(story, Call::Book { .. } => books(5, &wednesday()));
    story.bookings = vec![booked(5, &wednesday())];
    story.studio_answers();
    story.tap(Event::Answered {
        ticket: early,
        result: Ok(booking::flow::Answer::Bookings(Vec::new().into())),
    });
    let listed = story.state.bookings.value.as_deref().unwrap();
    assert_eq!(listed, [booked(5, &wednesday())]);
}

#[test]
fn another_service_can_be_looked_at_while_a_booking_is_under_way() {
    let mut story = Story::booking();
    story.goes("/services/8").studio_answers();
    story.picks(&thursday());
    assert_eq!(
        calls!(story, Call::Validate(_)),
        1,
        "nothing else is chosen meanwhile"
    );
    answer!(story, Call::Book { .. } => books(5, &wednesday()));
    assert!(story.address().starts_with("/services/8"));
    story.studio_answers().picks(&thursday());
    assert!(matches!(&story.state.choice, Choice::Checking { slot } if slot.service.0 == 8));
    story.goes("/services/7").studio_answers();
    assert_eq!(story.state.choice, Choice::None);
}

#[test]
fn a_failed_check_keeps_the_time_and_can_be_tried_again() {
    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday());
    answer!(story, Call::Validate(_) => fails(FailureKind::Timeout));
    assert!(matches!(&story.state.choice, Choice::Unchecked { failure, .. } if failure.retry));
    story.tap(Event::TryAgain);
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    assert!(matches!(story.state.choice, Choice::Ready { .. }));
}

#[test]
fn an_address_with_a_time_is_checked_when_the_page_is_loaded_again() {
    let mut story = Story::of_member(&address_of(&wednesday()));
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    assert!(matches!(&story.state.choice, Choice::Ready { slot } if slot.slot == wednesday()));
    assert_eq!(story.state.route, Route::parse(&address_of(&wednesday())));
}

#[test]
fn a_chosen_time_is_found_again_though_another_page_of_days_was_looked_at_since() {
    let address = format!("{}&day=2026-12-12", address_of(&wednesday()));
    let mut story = Story::of_member(&address);
    assert!(!story.heard.contains(&News::TimeGone));
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    assert!(matches!(story.state.choice, Choice::Ready { .. }));
}
