//! At a kiosk: whoever comes next finds nothing of whoever was there.

use booking::flow::{Answer, Call, Choice, Event, Session};
use booking::kiosk::pad::PadKey;
use booking::kiosk::{self, Effect, FreeToday, KioskSetup, Media, Watch};
use booking::{FailureKind, KioskSignIn, Lang, SignInMethods};

use crate::story::*;

/// The app, and the kiosk around it.
struct Tablet {
    story: Story,
    kiosk: kiosk::State,
    /// How often the page was loaded anew.
    left: usize,
    /// How often it was asked what is free.
    asked: usize,
}

fn setup() -> KioskSetup {
    KioskSetup {
        idle_seconds: 60,
        media: Media {
            card: true,
            barcode: true,
            pin: true,
        },
        build: "a".into(),
    }
}

impl Tablet {
    fn of(story: Story, lang: (Lang, Lang)) -> Self {
        let kiosk = kiosk::State::new(setup(), SignInMethods::default(), lang, story.now);
        let (left, asked) = (0, 0);
        let mut tablet = Self {
            story,
            kiosk,
            left,
            asked,
        };
        tablet.on(kiosk::Event::Tick);
        tablet
    }

    fn nobody_there() -> Self {
        Self::of(Story::of_visitor("/"), (Lang::En, Lang::En))
    }

    fn with_mia(address: &str) -> Self {
        Self::of(Story::of_member(address), (Lang::En, Lang::En))
    }

    fn on(&mut self, event: kiosk::Event) -> &mut Self {
        let now = self.story.now;
        for effect in kiosk::update(&mut self.kiosk, event, &self.story.state, now) {
            match effect {
                Effect::App(event) => drop(self.story.tap(*event)),
                Effect::Top => {}
                Effect::Leave => self.left += 1,
                Effect::ReadFree => self.asked += 1,
            }
        }
        self
    }

    /// A second passes, and another.
    fn after(&mut self, seconds: i64) -> &mut Self {
        for _ in 0..seconds {
            self.story.after(1);
            self.on(kiosk::Event::Tick);
        }
        self
    }

    fn hears(&mut self, build: &str) -> &mut Self {
        let (now, read_at) = (self.story.now, self.story.now);
        self.on(kiosk::Event::FreeRead(Some(FreeToday {
            now,
            read_at,
            build: build.into(),
            partly: false,
            free: Vec::new(),
        })))
    }

    fn signed_out(&mut self) -> &mut Self {
        answer!(self.story, Call::SignOut => nobody());
        self.on(kiosk::Event::Tick)
    }
}

#[test]
fn im_done_shows_nothing_at_once_ends_the_session_and_loads_the_page_anew() {
    let mut tablet = Tablet::with_mia("/bookings");
    tablet.on(kiosk::Event::Done);
    assert!(tablet.kiosk.is_leaving() && tablet.left == 0);
    assert_eq!(calls!(tablet.story, Call::SignOut), 1);
    // A second press, and whatever else is pressed meanwhile.
    tablet.on(kiosk::Event::Done).on(kiosk::Event::Touched);
    assert_eq!(calls!(tablet.story, Call::SignOut), 1);
    tablet.signed_out();
    assert_eq!(tablet.left, 1);
}

#[test]
fn where_the_proxy_is_out_of_reach_the_session_is_ended_as_soon_as_it_answers() {
    let mut tablet = Tablet::with_mia("/bookings");
    tablet.on(kiosk::Event::Done);
    answer!(tablet.story, Call::SignOut => fails(FailureKind::Offline));
    tablet.after(300);
    assert!(tablet.left == 0 && tablet.kiosk.is_leaving());
    assert!(tablet.story.state.bookings.value.is_none() && tablet.story.state.session == Session::Out);
    tablet.on(kiosk::Event::FreeRead(None));
    assert_eq!(calls!(tablet.story, Call::SignOut), 1);
    tablet.hears("a");
    assert_eq!(calls!(tablet.story, Call::SignOut), 2);
    tablet.signed_out();
    assert!(tablet.left > 0);
}

#[test]
fn whoever_goes_away_is_asked_and_then_forgotten() {
    let mut tablet = Tablet::with_mia("/bookings");
    tablet.after(59);
    assert_eq!(tablet.kiosk.watch, Watch::Quiet);
    tablet.after(1);
    assert_eq!(tablet.kiosk.watch, Watch::Asks(20));
    tablet.after(19).on(kiosk::Event::Touched);
    assert_eq!(tablet.kiosk.watch, Watch::Quiet);
    tablet.after(80);
    assert!(tablet.kiosk.is_leaving());
    tablet.signed_out();
    assert_eq!(tablet.left, 1);
}

#[test]
fn what_a_visitor_chose_is_put_away_too() {
    let mut tablet = Tablet::nobody_there();
    tablet.after(86_400);
    assert!(!tablet.kiosk.is_leaving() && tablet.left == 0);
    tablet.story.goes("/services/7").studio_answers();
    tablet.story.picks(&wednesday());
    tablet.on(kiosk::Event::Tick).after(79);
    assert_eq!(tablet.kiosk.watch, Watch::Asks(1));
    tablet.after(1);
    assert!(tablet.kiosk.is_leaving());
    answer!(tablet.story, Call::SignOut => fails(FailureKind::SignedOut));
    tablet.on(kiosk::Event::Tick);
    assert!(tablet.left == 1 && tablet.story.state.choice == Choice::None && tablet.story.address() == "/");
}

#[test]
fn a_card_signs_in_and_the_choice_stays() {
    let mut tablet = Tablet::of(Story::of_visitor(&address_of(&wednesday())), (Lang::En, Lang::En));
    tablet.on(kiosk::Event::Scanned("5200".into()));
    let (_, call) = tablet.story.holds(|call| call.signs_in());
    assert!(call == Call::SignInAtKiosk(KioskSignIn::Scan("5200".into())));
    // Read twice, as readers do.
    tablet
        .story
        .open
        .push((tablet.story.made.last().unwrap().0, call));
    tablet.on(kiosk::Event::Scanned("5200".into()));
    assert_eq!(calls!(tablet.story, Call::SignInAtKiosk(_)), 1);
    answer!(tablet.story, Call::SignInAtKiosk(_) => session());
    answer!(tablet.story, Call::Validate(_) => verdict("AVAILABLE"));
    assert!(matches!(tablet.story.state.choice, Choice::Ready { .. }));
}

#[test]
fn a_card_ends_the_session_of_whoever_forgot_to() {
    let mut tablet = Tablet::with_mia("/bookings");
    tablet.on(kiosk::Event::Scanned("5200".into()));
    assert_eq!(calls!(tablet.story, Call::SignInAtKiosk(_)), 0);
    tablet.after(3);
    assert_eq!(calls!(tablet.story, Call::SignInAtKiosk(_)), 0);
    tablet.signed_out();
    assert_eq!(tablet.story.state.session, Session::Out);
    assert_eq!(calls!(tablet.story, Call::SignInAtKiosk(_)), 1);
    answer!(tablet.story, Call::SignInAtKiosk(_) => session());
    tablet.on(kiosk::Event::Tick);
    assert!(tablet.story.state.session.is_in() && tablet.left == 0);
    assert!(tablet.story.state.bookings.value.is_none());
}

#[test]
fn a_card_that_nobody_has_is_said_and_asked_again() {
    let mut tablet = Tablet::nobody_there();
    tablet.on(kiosk::Event::Scanned("9999".into()));
    answer!(tablet.story, Call::SignInAtKiosk(_) => fails(FailureKind::NotRecognised));
    tablet.on(kiosk::Event::Tick);
    assert!(tablet.story.state.sign_in.failure.is_some());
    tablet.on(kiosk::Event::Scanned("5200".into()));
    assert!(tablet.story.state.sign_in.failure.is_none() && tablet.story.state.sign_in.busy);
}

#[test]
fn a_card_that_nobody_has_is_no_news_to_the_next() {
    let mut tablet = Tablet::nobody_there();
    tablet.on(kiosk::Event::Scanned("9999".into()));
    answer!(tablet.story, Call::SignInAtKiosk(_) => fails(FailureKind::NotRecognised));
    tablet.on(kiosk::Event::Tick).after(14);
    assert!(!tablet.kiosk.is_leaving() && tablet.kiosk.watch == Watch::Quiet);
    tablet.after(1);
    assert!(tablet.kiosk.is_leaving());
}

#[test]
fn what_was_typed_is_gone_with_whoever_typed_it() {
    let mut tablet = Tablet::nobody_there();
    tablet.story.goes("/sign-in");
    for key in "M-1".chars().map(PadKey::Sign) {
        tablet.on(kiosk::Event::Pressed(key));
    }
    assert_eq!(tablet.kiosk.pad.number(), "M-1");
    tablet.on(kiosk::Event::Pressed(PadKey::Next));
    for key in "0815".chars().map(PadKey::Sign) {
        tablet.on(kiosk::Event::Pressed(key));
    }
    tablet.on(kiosk::Event::Pressed(PadKey::Next));
    answer!(tablet.story, Call::SignInAtKiosk(_) => fails(FailureKind::NotRecognised));
    tablet.on(kiosk::Event::Tick);
    assert!(tablet.kiosk.pad.number() == "M-1" && tablet.kiosk.pad.proof_length() == 0);
    tablet.story.goes("/");
    tablet.on(kiosk::Event::Tick);
    assert!(tablet.kiosk.pad.is_empty());
}

#[test]
fn what_was_booked_goes_by_itself_and_nothing_else_does() {
    let mut tablet = Tablet::of(Story::booking(), (Lang::En, Lang::En));
    let made = booked(6, &wednesday());
    tablet.story.bookings.push(made.clone());
    answer!(tablet.story, Call::Book { .. } => Ok(Answer::Booking(made)));
    tablet.story.studio_answers();
    tablet.on(kiosk::Event::Tick);
    assert_eq!(tablet.kiosk.watch, Watch::Leaves(15));
    let mut stays = Tablet::of(Story::of_member("/"), (Lang::En, Lang::En));
    std::mem::swap(&mut stays.story, &mut tablet.story);
    stays.on(kiosk::Event::Tick).on(kiosk::Event::Stay).after(59);
    assert_eq!(stays.kiosk.watch, Watch::Quiet);
    std::mem::swap(&mut stays.story, &mut tablet.story);
    tablet.after(15);
    assert!(tablet.kiosk.is_leaving());
}

#[test]
fn a_question_about_what_was_booked_is_not_cut_off() {
    let mut tablet = Tablet::with_mia("/");
    tablet.story.bookings = vec![booked(6, &wednesday())];
    tablet.story.goes("/booked/6").studio_answers();
    tablet
        .story
        .tap(Event::CancelAsked(booked(6, &wednesday()).booking_id));
    tablet.on(kiosk::Event::Tick).on(kiosk::Event::Touched).after(30);
    assert_eq!(tablet.kiosk.watch, Watch::Quiet);
}

#[test]
fn a_new_version_is_taken_when_nobody_is_there() {
    let mut tablet = Tablet::with_mia("/bookings");
    tablet.hears("b");
    assert_eq!(tablet.left, 0);
    let mut tablet = Tablet::nobody_there();
    tablet.after(60).hears("a");
    assert_eq!(tablet.left, 0);
    tablet.hears("b");
    assert_eq!(tablet.left, 1);
    tablet.on(kiosk::Event::FreeRead(None));
    assert_eq!(tablet.left, 1, "not while nobody answers");
}

#[test]
fn two_proxies_of_two_versions_make_no_kiosk_load_without_end() {
    let mut tablet = Tablet::nobody_there();
    for _ in 0..3 {
        tablet.hears("b").after(15);
    }
    assert_eq!(tablet.left, 0);
}

#[test]
fn whoever_comes_next_finds_the_studios_language_and_usual_text() {
    let mut tablet = Tablet::of(Story::of_visitor("/"), (Lang::De, Lang::En));
    tablet.after(81);
    assert!(tablet.kiosk.is_leaving());
    let mut tablet = Tablet::nobody_there();
    tablet.on(kiosk::Event::Assisted(true)).after(241);
    assert!(tablet.kiosk.is_leaving());
}

#[test]
fn what_is_free_is_asked_for_without_end() {
    let mut tablet = Tablet::nobody_there();
    for _ in 0..20 {
        tablet.hears("a").after(15);
    }
    assert_eq!(tablet.asked, 21);
}
