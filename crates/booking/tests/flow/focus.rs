//! Focus is never lost to the body: where what had it is not there any more, it goes where one would look next.

use booking::flow::{Answer, Call, Choice, Event, Listed, Mark, Target};
use booking::slots::SlotKey;
use booking::{Boot, FailureKind};
use perfectgym::Slot;

use crate::story::*;

/// Where focus was sent by what the story does, if anywhere.
fn moved(story: &mut Story, does: impl FnOnce(&mut Story)) -> Option<Target> {
    story.effects.clear();
    does(story);
    story.focus()
}

#[test]
fn a_chosen_time_that_is_refused_leads_to_what_is_said_of_it() {
    for (word, target) in [
        ("RESOURCE_NOT_AVAILABLE", Some(Target::Choice)),
        ("NOT_AVAILABLE", Some(Target::Choice)),
        ("NO_CONTINGENT", Some(Target::Choice)),
        ("AVAILABLE", None),
    ] {
        let mut story = Story::of_member("/services/7");
        story.picks(&wednesday());
        let went = moved(&mut story, |story| {
            answer!(story, Call::Validate(_) => verdict(word));
        });
        assert_eq!(went, target, "{word}");
    }
}

#[test]
fn a_verdict_that_comes_when_its_screen_was_left_moves_nothing() {
    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday());
    story.goes("/bookings").studio_answers();
    let went = moved(&mut story, |story| {
        answer!(story, Call::Validate(_) => verdict("NOT_AVAILABLE"));
    });
    assert_eq!(went, None);
}

#[test]
fn a_chosen_time_that_vanishes_leads_to_what_is_said_of_it() {
    let mut story = Story::about_to_book();
    story.free.retain(|slot| *slot != wednesday());
    let went = moved(&mut story, |story| {
        story.after(61).tap(Event::Returned).studio_answers();
    });
    assert_eq!(went, Some(Target::Choice));
    // One that was never there was not pressed either.
    let story = Story::of_member(&address_of(&slot("2026-12-02", 20, &[1])));
    assert!(matches!(story.state.choice, Choice::Gone { .. }));
    assert_eq!(story.focus(), None);
}

#[test]
fn buttons_that_take_themselves_away_lead_on() {
    let mut story = Story::booking();
    story.goes("/").studio_answers();
    answer!(story, Call::Book { .. } => books(5, &wednesday()));
    let went = moved(&mut story, |story| {
        story.tap(Event::OutcomeSeen);
    });
    assert_eq!(went, Some(Target::Heading));

    let mut story = Story::about_to_book();
    let went = moved(&mut story, |story| {
        story.tap(Event::TimeDropped);
    });
    assert_eq!(went, Some(Target::Times));
    let mut story = Story::booking();
    let went = moved(&mut story, |story| {
        story.tap(Event::TimeDropped);
    });
    assert_eq!(went, None, "nothing is dropped while it is being booked");
}

fn catalogue(address: &str) -> Story {
    let boot = Boot {
        catalogue: Some(slice(&[1, 2], true, "2")),
        ..boot()
    };
    Story::opens_with(address, &boot)
}

fn slice_comes(story: &mut Story, result: Given) -> Option<Target> {
    moved(story, |story| {
        answer!(story, Call::ReadCatalogue(_) => result);
    })
}

#[test]
fn more_leads_to_the_heading_when_it_goes_and_keeps_focus_while_there_is_more() {
    let next = |more| Ok(Answer::Catalogue(slice(&[3], more, "3")));
    for (result, target) in [
        (next(true), None),
        (next(false), Some(Target::Heading)),
        (fails(FailureKind::Busy), Some(Target::Heading)),
    ] {
        let mut story = catalogue("/");
        story.tap(Event::MoreServices);
        assert_eq!(slice_comes(&mut story, result), target);
    }
    // Read for a search, or when whoever asked types by now, it moves nobody.
    let mut story = catalogue("/?q=service");
    assert_eq!(slice_comes(&mut story, next(false)), None);
    let mut story = catalogue("/");
    story.tap(Event::MoreServices).tap(Event::Searched("a".into()));
    assert_eq!(slice_comes(&mut story, next(false)), None);
    let mut story = catalogue("/");
    story.tap(Event::MoreServices).goes("/services/1");
    assert_eq!(slice_comes(&mut story, next(false)), None);
}

#[test]
fn clearing_the_search_leads_to_the_heading_and_categories_keep_focus() {
    for (from, to, target) in [
        ("/?q=nobody", "/", Some(Target::Heading)),
        ("/?q=service", "/", Some(Target::Heading)),
        ("/?category=Nothing", "/", Some(Target::Heading)),
        ("/?category=Even", "/", None),
        ("/?q=service", "/?q=service&category=Even", None),
    ] {
        let mut story = Story::of_member(from);
        let went = moved(&mut story, |story| {
            story.goes(to);
        });
        assert_eq!(went, target, "{from} to {to}");
    }
}

fn only_time(story: &Story) -> (Listed, bool) {
    let (state, times) = (&story.state, story.state.times.as_ref().unwrap());
    let all = times.listed("2026-12-02".parse().unwrap(), None, &state.zone);
    let is_chosen = times.chosen_in(&all[0], state.pick().unwrap());
    (all[0].clone(), is_chosen)
}

fn of_two_trainers() -> (Story, Slot) {
    let mut story = Story::of_member("/services/8");
    let other = slot("2026-12-02", 17, &[2]);
    story.free.push(other.clone());
    story
        .goes("/services/7?day=2026-12-02")
        .studio_answers()
        .picks(&wednesday());
    (story, other)
}

#[test]
fn a_time_that_one_of_two_trainers_lost_keeps_its_row_and_can_be_chosen_with_the_other() {
    let (mut story, other) = of_two_trainers();
    let (before, is_chosen) = only_time(&story);
    assert!(is_chosen);
    let went = moved(&mut story, |story| {
        answer!(story, Call::Validate(_) => verdict("RESOURCE_NOT_AVAILABLE"));
    });
    assert_eq!(went, Some(Target::Choice), "the other trainer is offered there");
    let (after, is_chosen) = only_time(&story);
    assert_eq!(after.id(), before.id(), "the row under the focus stays");
    assert_eq!(after.mark, Mark::Free);
    assert!(!is_chosen, "the other trainer is not chosen");
    story.tap(Event::ListedPicked(after.id()));
    assert!(matches!(&story.state.choice, Choice::Checking { slot } if slot.slot == other));
    assert!(only_time(&story).1);
}

#[test]
fn a_listed_time_picks_whoever_comes_first_and_a_struck_out_one_picks_nobody() {
    let (mut story, _) = of_two_trainers();
    story.tap(Event::TimeDropped);
    let (time, _) = only_time(&story);
    story.tap(Event::ListedPicked(time.id()));
    assert!(matches!(&story.state.choice, Choice::Checking { slot } if slot.slot == wednesday()));

    let mut story = Story::of_member("/services/7");
    story.picks(&wednesday());
    answer!(story, Call::Validate(_) => verdict("NOT_AVAILABLE"));
    let (lost, is_chosen) = only_time(&story);
    assert!(is_chosen && lost.first_free().is_none());
    story.tap(Event::ListedPicked(lost.id()));
    assert!(matches!(story.state.choice, Choice::Refused { .. }));
    assert_eq!(story.state.pick().unwrap().slot, Some(SlotKey::of(&wednesday())));
}
