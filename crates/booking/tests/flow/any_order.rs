//! Anything in any order: taps, answers early, late and twice, sessions that end, networks that go.

use std::collections::BTreeSet;

use booking::bookings::Standing;
use booking::flow::{Answer, Call, Choice, Event, Outcome, Session, Ticket};
use booking::slots::SlotKey;
use booking::{AttemptState, AttemptView, FailureKind, MoveState, MoveView, Route};
use perfectgym::{BookingId, BookingWish, InstructorId, Slot, ValidationStatus};
use proptest::prelude::*;

use crate::story::*;

/// One thing that happens; the numbers pick which.
#[derive(Clone, Debug)]
enum Step {
    Tap(usize),
    /// An open call is answered.
    Answer(usize, usize),
    /// A call is answered that may have been answered before.
    Late(usize, usize),
    After(i64),
    /// The studio gains or loses a time.
    Change(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => any::<usize>().prop_map(Step::Tap),
        6 => (any::<usize>(), any::<usize>()).prop_map(|(call, how)| Step::Answer(call, how)),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(call, how)| Step::Late(call, how)),
        1 => prop_oneof![1..90_i64, Just(86_400)].prop_map(Step::After),
        1 => (0..4_usize).prop_map(Step::Change),
    ]
}

fn all_slots() -> [Slot; 4] {
    [today(), wednesday(), thursday(), slot("2026-12-02", 17, &[2])]
}

fn taps() -> Vec<Event> {
    let [a, b, c, d] = all_slots().map(|slot| SlotKey::of(&slot));
    let addresses = [
        "/",
        "/?q=a",
        "/services/7",
        "/services/8",
        "/bookings",
        "/bookings/5",
        "/services/7?instead=5",
        "/booked/6?instead=5",
        "/sign-in",
        "/x",
    ];
    let route = |address: &&str| Route::parse(address);
    let chosen = [
        address_of(&wednesday()),
        address_of(&slot("2026-12-02", 3, &[])),
        format!("{}&instead=5", address_of(&thursday())),
    ];
    let went = addresses
        .iter()
        .map(route)
        .chain(chosen.iter().map(|a| Route::parse(a)));
    let day = |text: &str| Event::DayPicked(text.parse().unwrap());
    let mut taps = vec![
        Event::Book,
        Event::Book,
        Event::Book,
        Event::TryAgain,
        Event::Returned,
        Event::Later,
        Event::Earlier,
        Event::Online(false),
        Event::Online(true),
        Event::TimeDropped,
        Event::NextFreePicked,
        Event::OutcomeSeen,
        Event::MoreServices,
        sign_in(),
        sign_in(),
        Event::SignOut,
        Event::CancelAsked(BookingId(5)),
        Event::CancelConfirmed,
        Event::CancelKept,
        Event::CancelAsked(BookingId(6)),
        Event::AnotherAsked(BookingId(5)),
        Event::Searched("b".into()),
        Event::CategoryPicked(None),
        Event::TrainerPicked(None),
        Event::TrainerPicked(Some(InstructorId(2))),
        day("2026-12-03"),
        day("2027-06-01"),
    ];
    for key in [a, b.clone(), b.clone(), b, c, d] {
        taps.push(Event::AlternativePicked(key.clone()));
        taps.push(Event::ListedPicked(
            [key.start.as_str(), "|", key.end.as_str()].concat(),
        ));
        taps.push(Event::TimePicked(key));
    }
    taps.extend(went.clone().map(Event::Went));
    taps.extend(went.map(Event::Go));
    taps
}

fn failure(how: usize) -> Given {
    fails(FailureKind::KNOWN[how % FailureKind::KNOWN.len()].clone())
}

/// What may come back for a call: mostly what it asks for, sometimes a failure, sometimes another answer altogether.
fn outcome(story: &Story, call: &Call, how: usize) -> Given {
    let booking = booked(5, &wednesday());
    match how % 8 {
        0 => return failure(how / 8),
        1 => return Ok(Answer::Cancelled),
        _ => {}
    }
    let words = ValidationStatus::KNOWN;
    let fates = [
        AttemptState::Booked,
        AttemptState::NotBooked,
        AttemptState::Refused,
        AttemptState::Uncertain,
        AttemptState::Unsettleable,
    ];
    let ends = [
        MoveState::Moved,
        MoveState::BothStand,
        MoveState::NotMoved,
        MoveState::Uncertain,
        MoveState::Unsettleable,
    ];
    match call {
        Call::ReadSession | Call::SignIn(_) if how % 8 == 2 => nobody(),
        Call::ReadSession | Call::SignIn(_) => session(),
        Call::Validate(_) if how % 8 < 4 => Ok(Answer::Verdict(words[how / 8 % words.len()].clone())),
        Call::Validate(_) => verdict("AVAILABLE"),
        Call::Book { .. } => Ok(Answer::Booking(booking)),
        Call::Settle { .. } => Ok(Answer::Attempt(AttemptView {
            state: fates[how / 8 % fates.len()],
            booking: (!how.is_multiple_of(3)).then_some(booking),
            failure: None,
        })),
        Call::Move { .. } | Call::SettleMove { .. } => Ok(Answer::Move(MoveView {
            state: ends[how / 8 % ends.len()],
            booking: (!how.is_multiple_of(3)).then_some(booked(6, &thursday())),
            failure: None,
        })),
        Call::ReadMadeOf(_) => made_of(7),
        Call::ReadBookings if how % 8 == 2 => Ok(Answer::StandIn {
            as_of: story.now,
            answer: Box::new(Answer::Bookings(story.bookings.clone().into())),
        }),
        Call::ReadCatalogue(_) => Ok(Answer::Catalogue(slice(&[7, 8], true, &how.to_string()))),
        Call::SignOut => nobody(),
        Call::Cancel(_) => Ok(Answer::Cancelled),
        reading => story.reads(reading).unwrap_or_else(|| failure(how)),
    }
}

fn kind(choice: &Choice) -> &'static str {
    match choice {
        Choice::None => "none",
        Choice::Picked { .. } => "picked",
        Choice::Checking { .. } => "checking",
        Choice::Ready { .. } => "ready",
        Choice::Refused { .. } => "refused",
        Choice::Unchecked { .. } => "unchecked",
        Choice::Booking { .. } => "booking",
        Choice::Uncertain { .. } => "uncertain",
        Choice::NotBooked { .. } => "not booked",
        Choice::Gone { .. } => "gone",
    }
}

/// The table at the top of `choice.rs`. A free choice may be dropped or give way to another at any time.
fn is_legal(from: &Choice, to: &Choice, set_aside: Option<&Outcome>) -> bool {
    // To move a booking to a time is another thing than to book it.
    let what = |choice: &Choice| choice.chosen().map(|slot| (slot.wish(), slot.instead));
    let same_time = what(from).is_some() && what(from) == what(to);
    let end_of_attempt = matches!(kind(to), "none" | "refused" | "not booked" | "uncertain");
    let afresh = matches!(kind(to), "none" | "picked" | "checking" | "gone");
    let taken_up = end_of_attempt && set_aside.is_some_and(|end| end.chosen() == to.chosen());
    match (kind(from), kind(to)) {
        (a, b) if a == b => same_time || !from.is_committed(),
        // A refusal is of the time that was asked about, or an end of before that was gone back to.
        ("checking", "ready" | "refused" | "unchecked") => same_time || taken_up,
        ("ready", "booking") => same_time,
        // There was no session; or there is another one by now, whose verdict is asked for.
        ("booking", "picked") => true,
        ("booking", "checking") if same_time => true,
        // Over, and the address names another time by now.
        ("booking" | "uncertain", "picked" | "checking" | "gone") => !same_time,
        ("booking" | "uncertain", _) => end_of_attempt || (afresh && !from.is_committed()),
        _ => afresh || (taken_up && !from.is_committed()),
    }
}

/// What must hold whatever happens.
#[derive(Default)]
struct Watch {
    tickets: BTreeSet<Ticket>,
    /// The one wish that may be sent now: its verdict was AVAILABLE, and it was not sent since.
    may_book: Option<BookingWish>,
}

impl Watch {
    fn looks(&mut self, before: &Choice, set_aside: Option<&Outcome>, made_before: usize, story: &Story) {
        let after = &story.state.choice;
        let signed_out = story.state.session == Session::Out && *after == Choice::None;
        assert!(
            is_legal(before, after, set_aside) || signed_out,
            "{} -> {}",
            kind(before),
            kind(after)
        );
        if let (Choice::Ready { slot }, true) = (after, kind(before) == "checking") {
            self.may_book = Some(slot.wish());
        }
        for (ticket, call) in &story.made[made_before..] {
            assert!(self.tickets.insert(*ticket), "{ticket:?} was used before");
            if let Call::Move { booking, .. } = call {
                let known = story.state.looked_at(*booking);
                let old = known.and_then(|known| known.value.as_ref());
                let stands =
                    |b: &perfectgym::AppointmentBooking| Standing::of(b, story.now).can_be_cancelled();
                assert!(old.is_some_and(|old| old.booking_id == *booking && stands(old)));
            }
            if let Call::Book { wish } | Call::Move { wish, .. } = call {
                assert_eq!(
                    self.may_book.take().as_ref(),
                    Some(wish),
                    "booked without a verdict of its own"
                );
                assert!(
                    all_slots()
                        .iter()
                        .any(|slot| BookingWish::new(wish.bookable_appointment_id, slot) == *wish)
                );
            }
        }
        if let Choice::Booking { attempt, slot } = after {
            let sent = story.made.iter().find(|(ticket, _)| ticket == attempt);
            let sent = sent.map(|(_, call)| call.clone());
            let wish = slot.wish();
            assert!(
                sent == Some(match slot.instead {
                    Some(booking) => Call::Move { booking, wish },
                    None => Call::Book { wish },
                })
            );
        }
    }
}

/// A verdict counts only where it answers what was asked about the very time that is then ready.
fn was_available(call: &Call, result: &Given, after: &Choice) -> bool {
    let Choice::Ready { slot } = after else {
        return true;
    };
    let available = matches!(result, Ok(Answer::Verdict(ValidationStatus::Available)));
    available && matches!(call, Call::Validate(wish) if *wish == slot.wish())
}

fn happens(story: &mut Story, taps: &[Event], step: &Step) {
    match step {
        Step::Tap(which) => {
            story.tap(taps[which % taps.len()].clone());
        }
        Step::After(seconds) => {
            story.after(*seconds);
        }
        Step::Change(which) => {
            let slot = all_slots()[*which].clone();
            match story.free.iter().position(|free| *free == slot) {
                Some(at) => drop(story.free.remove(at)),
                None => story.free.push(slot),
            }
        }
        Step::Answer(which, how) if !story.open.is_empty() => {
            let (ticket, call) = story.open.remove(which % story.open.len());
            comes_back(story, ticket, &call, *how);
        }
        Step::Late(which, how) if !story.made.is_empty() => {
            let (ticket, call) = story.made[which % story.made.len()].clone();
            story.tap(Event::Slow(ticket));
            if let Some(booking::flow::Effect::Wait(wait, _)) = story.effects.last().cloned() {
                story.tap(Event::Due(wait));
            }
            comes_back(story, ticket, &call, *how);
        }
        Step::Answer(..) | Step::Late(..) => {}
    }
}

fn comes_back(story: &mut Story, ticket: Ticket, call: &Call, how: usize) {
    let result = outcome(story, call, how);
    let was_ready = matches!(story.state.choice, Choice::Ready { .. });
    story.tap(Event::Answered {
        ticket,
        result: result.clone(),
    });
    assert!(was_ready || was_available(call, &result, &story.state.choice));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_is_booked_twice_or_unasked_whatever_happens(steps in prop::collection::vec(step(), 1..120)) {
        let taps = taps();
        let mut story = Story::of_member("/services/7");
        story.free = all_slots().to_vec();
        story.bookings = vec![booked(5, &wednesday())];
        let mut watch = Watch::default();
        watch.looks(&Choice::None, None, 0, &story);
        for step in &steps {
            let (before, made) = (story.state.choice.clone(), story.made.len());
            let set_aside = story.state.outcome.clone();
            happens(&mut story, &taps, step);
            watch.looks(&before, set_aside.as_ref(), made, &story);
        }
    }

    #[test]
    fn nothing_of_a_member_outlives_signing_out(steps in prop::collection::vec(step(), 1..80), late in prop::collection::vec(any::<(usize, usize)>(), 0..20)) {
        let taps = taps();
        let mut story = Story::of_member("/services/7");
        story.bookings = vec![booked(5, &wednesday())];
        for step in &steps {
            happens(&mut story, &taps, step);
        }
        story.open.retain(|(_, call)| *call != Call::SignOut);
        story.made.retain(|(_, call)| *call != Call::SignOut);
        story.tap(Event::SignOut);
        if !story.open.iter().any(|(_, call)| *call == Call::SignOut) {
            // One was under way before, and is the one that counts.
            return Ok(());
        }
        answer!(story, Call::SignOut => nobody());
        for (which, how) in late {
            happens(&mut story, &taps, &Step::Late(which, how));
        }
        let state = &story.state;
        prop_assert!(state.bookings.value.is_none() && state.booking.is_none() && state.old.is_none());
        prop_assert!(state.choice == Choice::None && state.session == Session::Out);
        prop_assert!(state.busy().is_empty() && state.outcome.is_none());
    }
}
