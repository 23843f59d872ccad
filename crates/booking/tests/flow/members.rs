//! Signing in, out, and sessions that end: the choice survives, what is the member's does not.

use booking::FailureKind;
use booking::flow::{Call, Choice, Event, News, Session};

use crate::story::*;

#[test]
fn a_call_from_before_signing_in_does_not_end_the_session() {
    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday());
    let (late, _) = story.holds(|call| matches!(call, Call::Validate(_)));
    story.goes("/bookings");
    answer!(story, Call::ReadBookings => fails(FailureKind::SignedOut));
    story.tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    story.studio_answers();
    story.tap(Event::Answered {
        ticket: late,
        result: fails(FailureKind::SignedOut),
    });
    assert!(story.state.session.is_in());
    assert_eq!(story.address(), "/bookings");
    // One of the new session ends it.
    story.after(61).tap(Event::Returned);
    answer!(story, Call::ReadBookings => fails(FailureKind::SignedOut));
    assert!(!story.state.session.is_in());
}

#[test]
fn the_choice_survives_signing_in() {
    let mut story = Story::of_visitor("/services/7");
    story.picks(&wednesday());
    assert!(matches!(story.state.choice, Choice::Picked { .. }));
    assert_eq!(calls!(story, Call::Validate(_)), 0, "nobody to ask for");
    let address = story.address();
    story.tap(Event::Go(story.state.route.clone().through_sign_in()));
    story.tap(sign_in()).tap(sign_in());
    assert_eq!(calls!(story, Call::SignIn(_)), 1);
    answer!(story, Call::SignIn(_) => session());
    assert_eq!(story.address(), address);
    story.studio_answers();
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    assert!(matches!(&story.state.choice, Choice::Ready { slot } if slot.slot == wednesday()));
}

#[test]
fn the_choice_survives_signing_in_on_a_page_that_was_loaded_afresh() {
    let next = booking::Route::parse(&address_of(&wednesday())).through_sign_in();
    let mut story = Story::of_visitor(&next.format());
    story.tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    story.studio_answers();
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    assert!(matches!(&story.state.choice, Choice::Ready { slot } if slot.slot == wednesday()));
}

#[test]
fn wrong_answers_are_said_and_can_be_given_again() {
    let mut story = Story::of_visitor("/sign-in");
    story.tap(sign_in());
    answer!(story, Call::SignIn(_) => fails(FailureKind::WrongCredentials));
    assert!(!story.state.sign_in.busy);
    assert_eq!(
        story.state.sign_in.failure.as_ref().unwrap().kind,
        FailureKind::WrongCredentials
    );
    story.tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    assert_eq!(
        (story.address().as_str(), story.state.sign_in.failure.is_none()),
        ("/", true)
    );
}

#[test]
fn screens_for_members_lead_through_signing_in_and_back() {
    for address in ["/bookings", "/bookings/5", "/booked/5"] {
        let mut story = Story::of_visitor(address);
        assert!(story.address().starts_with("/sign-in?next="), "{address}");
        story.tap(sign_in());
        answer!(story, Call::SignIn(_) => session());
        assert_eq!(story.address(), address);
        assert_eq!(
            calls!(story, Call::ReadBookings | Call::ReadBooking(_)),
            1,
            "{address}"
        );
    }
}

#[test]
fn a_member_is_not_asked_to_sign_in() {
    let mut story = Story::opens("/bookings");
    assert_eq!(story.address(), "/bookings", "not known yet who it is");
    answer!(story, Call::ReadSession => session());
    assert_eq!(calls!(story, Call::ReadBookings), 1);
    story.goes("/sign-in");
    assert_eq!(story.address(), "/");
}

#[test]
fn a_session_that_could_not_be_read_is_asked_for_again() {
    let mut story = Story::opens("/bookings");
    answer!(story, Call::ReadSession => fails(FailureKind::Timeout));
    story.tap(Event::TryAgain);
    answer!(story, Call::ReadSession => session());
    assert_eq!(story.address(), "/bookings");
    story.studio_answers();
    assert!(story.state.bookings.value.is_some());
    story.tap(Event::TryAgain).tap(Event::Returned);
    assert_eq!(calls!(story, Call::ReadSession), 2, "known by now");
}

#[test]
fn a_session_that_ends_in_mid_way_keeps_the_choice() {
    for lost_at_book in [false, true] {
        let mut story = Story::about_to_book();
        if lost_at_book {
            story.tap(Event::Book);
            answer!(story, Call::Book { .. } => fails(FailureKind::SignedOut));
        } else {
            story.tap(Event::TimeDropped).picks(&wednesday());
            answer!(story, Call::Validate(_) => fails(FailureKind::SignedOut));
        }
        assert_eq!(story.state.session, Session::Out);
        assert!(matches!(&story.state.choice, Choice::Picked { slot } if slot.slot == wednesday()));
        story
            .tap(Event::Go(story.state.route.clone().through_sign_in()))
            .tap(sign_in());
        answer!(story, Call::SignIn(_) => session());
        assert!(
            matches!(story.state.choice, Choice::Checking { .. }),
            "{lost_at_book}"
        );
    }
}

#[test]
fn a_verdict_given_for_one_member_is_not_used_by_the_next() {
    let mut story = Story::about_to_book();
    story.after(61).tap(Event::Returned);
    answer!(story, Call::ReadSlots { .. } => fails(FailureKind::SignedOut));
    assert!(matches!(story.state.choice, Choice::Picked { .. }));
    story.tap(Event::Book);
    assert_eq!(calls!(story, Call::Book { .. }), 0);
}

#[test]
fn a_session_that_ends_on_my_bookings_leads_through_signing_in_and_back() {
    let mut story = Story::of_member("/bookings");
    story.after(61).tap(Event::Returned);
    answer!(story, Call::ReadBookings => fails(FailureKind::SignedOut));
    assert_eq!(story.address(), "/sign-in?next=%2Fbookings");
    assert!(story.state.bookings.value.is_none());
    story.tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    story.studio_answers();
    assert_eq!(story.address(), "/bookings");
    assert!(story.state.bookings.value.is_some());
}

#[test]
fn signing_out_forgets_everything_of_the_member() {
    let mut story = Story::about_to_book();
    story.bookings = vec![booked(5, &thursday())];
    story
        .goes("/bookings")
        .studio_answers()
        .goes("/bookings/5")
        .studio_answers();
    story.tap(Event::SignOut).tap(Event::SignOut);
    assert_eq!(calls!(story, Call::SignOut), 1);
    answer!(story, Call::SignOut => fails(FailureKind::Offline));
    let state = &story.state;
    assert_eq!((story.address().as_str(), &state.session), ("/", &Session::Out));
    assert!(state.bookings.value.is_none() && state.booking.is_none() && state.times.is_none());
    assert_eq!(state.choice, Choice::None);
    assert_eq!(story.heard.last(), Some(&News::SignOutOwed { offline: true }));
}

#[test]
fn signing_out_without_a_network_reaches_the_proxy_once_there_is_one() {
    let mut story = Story::of_member("/");
    story.tap(Event::Online(false)).tap(Event::SignOut);
    answer!(story, Call::SignOut => fails(FailureKind::Offline));
    assert!(!story.heard.contains(&News::SignedOut), "it is not done yet");
    assert!(story.state.owes_sign_out());
    story.tap(Event::Online(true));
    assert_eq!(calls!(story, Call::SignOut), 2);
    answer!(story, Call::SignOut => nobody());
    assert_eq!(story.heard.last(), Some(&News::SignedOut), "now it is");
    story.tap(Event::Returned);
    assert_eq!(calls!(story, Call::SignOut), 2);
    assert_eq!(story.state.session, Session::Out);
    assert!(!story.state.owes_sign_out());
}

#[test]
fn signing_out_of_a_session_that_had_ended_is_done() {
    let mut story = Story::of_member("/");
    story.tap(Event::SignOut);
    answer!(story, Call::SignOut => fails(FailureKind::SignedOut));
    assert_eq!(story.heard, [News::SignedOut]);
    assert!(!story.state.owes_sign_out());
}

#[test]
fn signing_out_again_takes_what_was_chosen_since_the_proxy_could_not_be_told() {
    let mut story = Story::of_member("/");
    story.tap(Event::SignOut);
    answer!(story, Call::SignOut => fails(FailureKind::Offline));
    story.goes("/services/7").studio_answers().picks(&wednesday());
    assert_ne!(story.state.choice, Choice::None);
    story.tap(Event::SignOut);
    answer!(story, Call::SignOut => nobody());
    assert_eq!(story.state.choice, Choice::None);
}

#[test]
fn the_end_of_an_earlier_session_does_not_end_the_one_signed_in_to_since() {
    let mut story = Story::of_member("/");
    story.tap(Event::SignOut);
    answer!(story, Call::SignOut => fails(FailureKind::Offline));
    story.tap(Event::Returned);
    let (told_again, _) = story.holds(|call| matches!(call, Call::SignOut));
    story.goes("/sign-in").tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    story.tap(Event::Answered {
        ticket: told_again,
        result: nobody(),
    });
    assert!(story.state.session.is_in());
}

#[test]
fn answers_from_before_signing_out_bring_nobody_back() {
    let mut story = Story::opens("/bookings");
    let (session_read, _) = story.holds(|call| matches!(call, Call::ReadSession));
    story.tap(Event::SignOut);
    answer!(story, Call::SignOut => nobody());
    story.tap(Event::Answered {
        ticket: session_read,
        result: session(),
    });
    assert_eq!(story.state.session, Session::Out);

    let mut story = Story::of_member("/");
    story.goes("/bookings");
    let (list, _) = story.holds(|call| matches!(call, Call::ReadBookings));
    story.tap(Event::SignOut);
    answer!(story, Call::SignOut => nobody());
    story.tap(Event::Answered {
        ticket: list,
        result: Ok(booking::flow::Answer::Bookings(
            vec![booked(5, &thursday())].into(),
        )),
    });
    assert!(story.state.bookings.value.is_none());
}

#[test]
fn where_times_are_for_members_a_visitor_reads_none() {
    let boot = booking::Boot {
        times_need_sign_in: true,
        ..boot()
    };
    let mut story = Story::opens_with("/services/7", &boot);
    answer!(story, Call::ReadSession => nobody());
    story.studio_answers();
    assert_eq!(calls!(story, Call::ReadSlots { .. }), 0);
    assert!(!story.state.may_see_times());
    story
        .tap(Event::Go(story.state.route.clone().through_sign_in()))
        .tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    story.studio_answers();
    assert!(!story.state.times.as_ref().unwrap().slots().is_empty());
}

#[test]
fn a_session_that_ends_while_times_are_looked_at_shows_them_again_after_signing_in() {
    let boot = booking::Boot {
        times_need_sign_in: true,
        ..boot()
    };
    let mut story = Story::opens_with("/services/7", &boot);
    answer!(story, Call::ReadSession => session());
    story.studio_answers().after(61).tap(Event::Returned);
    answer!(story, Call::ReadSlots { .. } => fails(FailureKind::SignedOut));
    story
        .tap(Event::Go(story.state.route.clone().through_sign_in()))
        .tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    story.studio_answers();
    let page = story.state.times.as_ref().unwrap().current().unwrap();
    assert!(page.failure().is_none() && !page.value.as_ref().unwrap().is_empty());
}

#[test]
fn who_it_was_before_signing_in_is_no_news_afterwards() {
    let mut story = Story::opens("/sign-in");
    let (early, _) = story.holds(|call| *call == Call::ReadSession);
    story.tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    story.tap(Event::Answered {
        ticket: early,
        result: nobody(),
    });
    assert!(story.state.session.is_in());
}

#[test]
fn a_time_is_checked_though_its_member_went_back_while_being_signed_in() {
    let mut story = Story::of_visitor("/services/7");
    story.picks(&wednesday());
    let address = story.address();
    story
        .tap(Event::Go(story.state.route.clone().through_sign_in()))
        .tap(sign_in());
    story.went(&address);
    answer!(story, Call::SignIn(_) => session());
    story.studio_answers();
    assert!(matches!(&story.state.choice, Choice::Checking { slot } if slot.slot == wednesday()));
}

#[test]
fn a_session_that_ends_by_itself_is_said_to_and_that_nothing_was_booked() {
    let mut story = Story::booking();
    answer!(story, Call::Book { .. } => fails(FailureKind::SignedOut));
    assert_eq!(story.heard.last(), Some(&News::SessionEnded { at_book: true }));

    let mut story = Story::of_member("/bookings");
    story.after(61).tap(Event::Returned);
    answer!(story, Call::ReadBookings => fails(FailureKind::SignedOut));
    assert_eq!(story.heard.last(), Some(&News::SessionEnded { at_book: false }));

    let mut story = Story::of_visitor("/services/7");
    let heard = story.heard.len();
    story.after(61).tap(Event::Returned);
    answer!(story, Call::ReadSlots { .. } => fails(FailureKind::SignedOut));
    assert_eq!(
        story.heard.len(),
        heard,
        "a visitor has no session that could end"
    );
}

#[test]
fn a_screen_for_members_says_that_it_takes_long_to_find_out_who_it_is() {
    let mut story = Story::opens("/bookings");
    let (ticket, call) = story.holds(|call| *call == Call::ReadSession);
    story.tap(Event::Slow(ticket));
    assert_eq!(story.heard.last(), Some(&News::StillTrying));
    assert!(story.state.session_slow);
    story.open.push((ticket, call));
    answer!(story, Call::ReadSession => session());
    assert!(!story.state.session_slow);

    let mut story = Story::opens("/");
    let (ticket, _) = story.holds(|call| *call == Call::ReadSession);
    story.tap(Event::Slow(ticket));
    assert!(story.heard.is_empty(), "nobody waits for it in the catalogue");
}

#[test]
fn my_bookings_say_how_many_could_not_be_read() {
    let mut story = Story::of_member("/");
    story.goes("/bookings");
    let list = perfectgym::Readable {
        items: vec![booked(5, &thursday())],
        unreadable: 2,
    };
    answer!(story, Call::ReadBookings => Ok(booking::flow::Answer::Bookings(list)));
    assert_eq!(story.state.unreadable_bookings, 2);
}
