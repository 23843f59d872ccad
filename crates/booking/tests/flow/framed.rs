//! In a frame of the gym's own page: a session that the browser does not keep, and what that page is told.

use booking::FailureKind;
use booking::flow::{Answer, Call, Effect, Event, Host, News, Session};

use crate::story::*;

fn in_a_frame(address: &str) -> Story {
    let boot = booking::Boot {
        place: booking::Place::Embed,
        ..boot()
    };
    let mut story = Story::opens_with(address, &boot);
    answer!(story, Call::ReadSession => nobody());
    story.studio_answers();
    story
}

fn signing_in() -> Story {
    let mut story = in_a_frame("/services/7");
    story.picks(&wednesday());
    story.tap(Event::Go(story.state.route.clone().through_sign_in()));
    story.tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    story
}

#[test]
fn nobody_is_welcomed_before_the_browser_has_shown_that_it_keeps_the_session() {
    let mut story = signing_in();
    assert!(story.state.sign_in.busy && !story.state.session.is_in());
    answer!(story, Call::ReadSession => session());
    assert!(story.state.session.is_in() && !story.state.sign_in.busy);
    assert!(story.address().starts_with("/services/7?") && story.heard.contains(&News::SignedIn));
}

#[test]
fn a_session_that_is_not_kept_is_said_and_the_choice_stays() {
    let mut story = signing_in();
    answer!(story, Call::ReadSession => nobody());
    answer!(story, Call::ReadSession => nobody());
    assert!(story.state.sign_in.not_kept && !story.state.sign_in.busy);
    assert_eq!(story.state.session, Session::Out);
    assert!(story.address().starts_with("/sign-in?next=%2Fservices%2F7%3F"));
    assert!(!story.heard.contains(&News::SignedIn));
    // Whoever tries again is not told of the last time.
    story.tap(sign_in());
    assert!(!story.state.sign_in.not_kept && story.state.sign_in.busy);
}

#[test]
fn where_no_cookie_is_kept_the_bearer_is_tried_before_anything_is_said() {
    let mut story = signing_in();
    assert!(
        !story.effects.contains(&Effect::UseBearer),
        "a cookie is tried first"
    );
    answer!(story, Call::ReadSession => nobody());
    assert!(
        story.effects.contains(&Effect::UseBearer)
            && story.state.sign_in.busy
            && !story.state.sign_in.not_kept
    );
    answer!(story, Call::ReadSession => session());
    assert!(story.state.session.is_in() && story.heard.contains(&News::SignedIn));
    assert!(story.address().starts_with("/services/7?"));
}

#[test]
fn where_a_cookie_is_kept_no_bearer_is_used() {
    let mut story = signing_in();
    answer!(story, Call::ReadSession => session());
    assert!(story.state.session.is_in() && !story.effects.contains(&Effect::UseBearer));
    assert!(!story.state.keeps_no_cookie);
}

#[test]
fn a_proof_that_nobody_answers_is_a_failure_and_no_verdict_on_the_browser() {
    let mut story = signing_in();
    answer!(story, Call::ReadSession => fails(FailureKind::Offline));
    assert!(story.state.sign_in.failure.is_some() && !story.state.sign_in.not_kept);
}

#[test]
fn who_it_was_before_is_no_proof() {
    let boot = booking::Boot {
        place: booking::Place::Embed,
        ..boot()
    };
    let mut story = Story::opens_with("/sign-in", &boot);
    let (early, _) = story.holds(|call| *call == Call::ReadSession);
    story.tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    story.tap(Event::Answered {
        ticket: early,
        result: nobody(),
    });
    assert!(story.state.sign_in.busy && !story.state.sign_in.not_kept);
    answer!(story, Call::ReadSession => session());
    assert!(story.state.session.is_in());
}

fn handed() -> Event {
    Event::HandedOver(booking::HandOff {
        token: "of-the-gym".into(),
    })
}

#[test]
fn whoever_is_handed_over_is_signed_in_without_a_form_and_the_choice_stays() {
    let mut story = in_a_frame("/services/7");
    story.picks(&wednesday());
    let chosen = story.address();
    story.tap(handed());
    answer!(story, Call::HandOver(_) => session());
    assert!(!story.state.session.is_in(), "read back first");
    answer!(story, Call::ReadSession => session());
    assert!(story.state.session.is_in() && story.heard.contains(&News::SignedIn));
    assert_eq!(story.address(), chosen);
}

#[test]
fn a_hand_off_from_the_start_outdoes_who_it_was_before() {
    let boot = booking::Boot {
        place: booking::Place::Embed,
        ..boot()
    };
    let mut story = Story::opens_with("/bookings", &boot);
    let (early, _) = story.holds(|call| *call == Call::ReadSession);
    story.tap(handed());
    story.tap(Event::Answered {
        ticket: early,
        result: nobody(),
    });
    answer!(story, Call::HandOver(_) => session());
    answer!(story, Call::ReadSession => session());
    assert!(story.state.session.is_in());
    assert_eq!(story.address(), "/bookings");
}

#[test]
fn a_hand_off_that_is_refused_is_told_to_the_page_around_alone() {
    let mut story = in_a_frame("/sign-in");
    let mut around = Around::of(&story);
    story.tap(handed());
    answer!(story, Call::HandOver(_) => fails(FailureKind::NotRecognised));
    around.listens(&story);
    let told = around.last();
    assert_eq!(told.last().unwrap()["reason"], "hand-off");
    let form = &story.state.sign_in;
    assert!(form.failure.is_none() && !form.busy && !form.not_kept);
}

#[test]
fn another_who_is_handed_over_sees_nothing_of_the_one_before() {
    let mut story = in_a_frame("/services/7");
    story.tap(handed());
    answer!(story, Call::HandOver(_) => session());
    answer!(story, Call::ReadSession => session());
    story.bookings = vec![booked(5, &wednesday())];
    story.goes("/bookings").studio_answers();
    assert!(story.state.bookings.value.is_some());
    let ada = || {
        Ok(Answer::Session(booking::SessionView {
            signed_in: true,
            first_name: Some("Ada".into()),
        }))
    };
    story.tap(handed());
    answer!(story, Call::HandOver(_) => ada());
    assert!(!story.state.session.is_in() && story.state.bookings.value.is_none());
    answer!(story, Call::ReadSession => ada());
    assert_eq!(
        story.state.session,
        Session::In {
            first_name: Some("Ada".into())
        }
    );
    assert!(story.state.bookings.value.is_none(), "they are read anew");
    story.holds(|call| *call == Call::ReadBookings);
}

/// What the page around the frame has been told, in order.
struct Around {
    host: Host,
    told: Vec<String>,
}

impl Around {
    fn of(story: &Story) -> Self {
        let mut around = Self {
            host: Host::default(),
            told: Vec::new(),
        };
        around.listens(story);
        around
    }

    fn listens(&mut self, story: &Story) {
        self.told.extend(self.host.notes(&story.state));
    }

    fn last(&self) -> Vec<serde_json::Value> {
        let read = |text: &String| serde_json::from_str(text).expect("it is JSON");
        self.told.iter().rev().take(2).rev().map(read).collect()
    }
}

#[test]
fn the_page_around_hears_each_step_once_and_what_was_booked() {
    let mut story = Story::of_member("/");
    let mut around = Around::of(&story);
    around.listens(&story);
    assert_eq!(around.told, [r#"{"type":"step","step":"services"}"#]);
    story.goes("/services/7").studio_answers();
    around.listens(&story);
    story.picks(&wednesday());
    around.listens(&story);
    answer!(story, Call::Validate(_) => verdict("AVAILABLE"));
    around.listens(&story);
    story.tap(Event::Book);
    around.listens(&story);
    let steps = ["services", "times", "choice"].map(|step| format!(r#"{{"type":"step","step":"{step}"}}"#));
    assert_eq!(around.told, steps);
    answer!(story, Call::Book { .. } => books(55, &wednesday()));
    around.listens(&story);
    let [step, booked] = &around.last()[..] else {
        panic!("two more: {:?}", around.told)
    };
    assert_eq!(step["step"], "booked");
    assert_eq!(booked["type"], "booked");
    assert_eq!(booked["bookingId"], "55");
    assert_eq!(booked["start"], "2026-12-02T17:00:00.000+01:00");
    assert_eq!(booked["end"], "2026-12-02T18:00:00.000+01:00");
}

#[test]
fn the_page_around_hears_what_was_cancelled_and_nothing_of_the_member() {
    let mut story = Story::of_visitor("/sign-in");
    let mut around = Around::of(&story);
    story.tap(sign_in());
    answer!(story, Call::SignIn(_) => session());
    around.listens(&story);
    story.bookings = vec![booked(5, &wednesday())];
    story
        .goes("/bookings")
        .studio_answers()
        .tap(Event::CancelAsked(perfectgym::BookingId(5)))
        .tap(Event::CancelConfirmed);
    answer!(story, Call::Cancel(_) => Ok(Answer::Cancelled));
    story.bookings = vec![cancelled(5, &wednesday())];
    story.studio_answers();
    around.listens(&story);
    let said = around.told.join("\n");
    assert!(said.contains(r#"{"type":"signed-in"}"#));
    assert!(
        said.ends_with(r#"{"type":"cancelled","bookingId":"5"}"#),
        "{said}"
    );
    assert!(!said.contains("Mia") && !said.contains("M-1"));
}
