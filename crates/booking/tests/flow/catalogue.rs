//! The catalogue: read slice by slice, whole where it has to be, and never for ever.

use booking::flow::{Answer, Call, Event, News};
use booking::{Boot, FailureKind};

use crate::story::*;

fn ids(story: &Story) -> Vec<i64> {
    story.state.catalogue.services.iter().map(|s| s.id.0).collect()
}

fn next_slice(story: &mut Story, ids: &[i64], has_next: bool, offset: &str) {
    answer!(story, Call::ReadCatalogue(_) => Ok(Answer::Catalogue(slice(ids, has_next, offset))));
}

#[test]
fn a_drawn_page_is_not_read_again() {
    let boot = Boot {
        catalogue: Some(slice(&[1, 2], false, "2")),
        ..boot()
    };
    let story = Story::opens_with("/", &boot);
    assert_eq!(ids(&story), [1, 2]);
    assert_eq!(calls!(story, Call::ReadCatalogue(_)), 0);
}

#[test]
fn more_is_read_when_it_is_asked_for_from_where_the_page_ended() {
    let boot = Boot {
        catalogue: Some(slice(&[1, 2], true, "2")),
        ..boot()
    };
    let mut story = Story::opens_with("/", &boot);
    assert_eq!(calls!(story, Call::ReadCatalogue(_)), 0);
    story.tap(Event::MoreServices).tap(Event::MoreServices);
    let (_, call) = story.made.last().cloned().unwrap();
    assert!(matches!(call, Call::ReadCatalogue(next) if next.offset.as_deref() == Some("2")));
    assert_eq!(calls!(story, Call::ReadCatalogue(_)), 1);
    next_slice(&mut story, &[2, 3], false, "3");
    assert_eq!(ids(&story), [1, 2, 3], "each once");
    assert!(!story.state.catalogue.has_more());
}

#[test]
fn that_there_is_nothing_is_said_at_the_end_alone() {
    let mut story = Story::opens("/");
    next_slice(&mut story, &[], true, "1");
    next_slice(&mut story, &[], true, "2");
    next_slice(&mut story, &[3], true, "3");
    assert_eq!(ids(&story), [3]);
    assert_eq!(calls!(story, Call::ReadCatalogue(_)), 3);
}

#[test]
fn a_search_reads_all_of_it() {
    let mut story = Story::opens("/?q=service");
    next_slice(&mut story, &[1], true, "1");
    next_slice(&mut story, &[2], true, "2");
    next_slice(&mut story, &[3], false, "3");
    assert_eq!(ids(&story), [1, 2, 3]);
    story.tap(Event::Searched("SERVICE 2".into()));
    assert_eq!(story.address(), "/?q=SERVICE+2");
    let booking::Route::Catalogue(shelf) = &story.state.route else {
        panic!("still the catalogue");
    };
    let found: Vec<_> = story
        .state
        .catalogue
        .on(shelf)
        .into_iter()
        .flat_map(|(_, s)| s)
        .collect();
    assert_eq!(found, [&service(2)]);
}

#[test]
fn a_category_reads_all_of_it_and_all_categories_are_named() {
    let mut story = Story::opens("/");
    next_slice(&mut story, &[1], true, "1");
    assert_eq!(calls!(story, Call::ReadCatalogue(_)), 1);
    story.tap(Event::CategoryPicked(Some("Even".into())));
    next_slice(&mut story, &[2, 4], false, "4");
    assert_eq!(story.state.catalogue.categories(), ["Odd", "Even"]);
    assert_eq!(story.address(), "/?category=Even");
}

#[test]
fn an_upstream_that_always_has_more_at_the_same_place_is_not_asked_for_ever() {
    let mut story = Story::opens("/?q=x");
    next_slice(&mut story, &[1], true, "1");
    next_slice(&mut story, &[1], true, "1");
    assert!(
        story
            .open
            .iter()
            .all(|(_, call)| !matches!(call, Call::ReadCatalogue(_)))
    );
    assert!(!story.state.catalogue.has_more());
}

#[test]
fn an_upstream_that_always_has_more_at_another_place_is_not_asked_for_ever() {
    let mut story = Story::opens("/?q=x");
    for offset in 0..10_000 {
        if !story
            .open
            .iter()
            .any(|(_, call)| matches!(call, Call::ReadCatalogue(_)))
        {
            return;
        }
        next_slice(&mut story, &[1], true, &offset.to_string());
    }
    panic!("asked ten thousand times");
}

#[test]
fn a_catalogue_that_cannot_be_read_can_be_tried_again() {
    let mut story = Story::opens("/");
    answer!(story, Call::ReadCatalogue(_) => fails(FailureKind::Busy));
    assert!(story.state.catalogue.load.failure().is_some());
    story.tap(Event::TryAgain);
    next_slice(&mut story, &[1], false, "1");
    assert_eq!(ids(&story), [1]);
    assert!(story.state.catalogue.load.failure().is_none());
}

#[test]
fn a_service_known_from_the_catalogue_is_shown_at_once() {
    let mut story = Story::of_member("/");
    story.goes("/services/7");
    let about = &story.state.times.as_ref().unwrap().about;
    assert_eq!(about.value, Some(service(7)));
    assert_eq!(calls!(story, Call::ReadService(_)), 0);
}

#[test]
fn what_a_search_found_is_said_also_where_it_is_nothing() {
    let mut story = Story::opens("/");
    next_slice(&mut story, &[1], true, "1");
    story.tap(Event::Searched("service 2".into()));
    assert!(story.heard.is_empty(), "not all is read yet");
    next_slice(&mut story, &[2, 22], false, "22");
    assert_eq!(story.heard, [News::Found(2)]);
    story.tap(Event::Searched("x".into()));
    assert_eq!(story.heard.last(), Some(&News::Found(0)));
    story.goes("/services/1").studio_answers();
    let heard = story.heard.len();
    story.went("/?q=x");
    assert_eq!(story.heard.len(), heard, "said once");
    story.tap(Event::Searched(String::new()));
    assert_eq!(story.heard.len(), heard, "all of it is no finding");
}

#[test]
fn a_catalogue_that_just_failed_is_not_asked_for_at_every_letter() {
    let boot = Boot {
        catalogue: Some(slice(&[1], true, "1")),
        ..boot()
    };
    let mut story = Story::opens_with("/", &boot);
    story.tap(Event::Searched("a".into()));
    answer!(story, Call::ReadCatalogue(_) => fails(FailureKind::Busy));
    story
        .tap(Event::Searched("ab".into()))
        .tap(Event::Searched("abc".into()));
    assert_eq!(calls!(story, Call::ReadCatalogue(_)), 1);
    story.tap(Event::TryAgain);
    assert_eq!(calls!(story, Call::ReadCatalogue(_)), 2);
}
