//! What a kiosk does around the app: one pure state machine, as `flow` is, which looks at the app's state and sends it events.
//!
//! A visit ends in three steps: nothing of the member is shown any more ([`State::is_leaving`]), the session is ended at the
//! proxy, and the page is loaded anew, so that its memory is nobody's ([`Effect::Leave`]). Where the proxy is out of reach the
//! second waits, and so do the next: the page says so.

use chrono::{DateTime, TimeDelta, Utc};

use super::pad::{Pad, PadKey, Proof, Typed};
use super::visit::{Doing, Visit, Watch};
use super::{Free, FreeToday, KioskSetup, KioskSignIn};
use crate::flow::{self, Cancel, Choice, Moved};
use crate::{Lang, Route, SignInMethods};

/// Something that happened.
#[derive(Clone, PartialEq, Eq)]
pub enum Event {
    /// A moment has passed, about a second; or the app has done something.
    Tick,
    /// Somebody touched it, or pressed a key.
    Touched,
    /// What is free came, or did not.
    FreeRead(Option<FreeToday>),
    /// A reader has read this.
    Scanned(String),
    /// A key of the pad.
    Pressed(PadKey),
    /// "I'm done."
    Done,
    /// What was booked is to stay on the screen.
    Stay,
    /// Larger text and more time, or no longer.
    Assisted(bool),
}

/// Something to do.
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Read what is free; answer [`Event::FreeRead`].
    ReadFree,
    /// This happens in the app.
    App(Box<flow::Event>),
    /// Show the screen from its top.
    Top,
    /// Load the start screen anew, in place of this page: nothing of it is left.
    Leave,
}

/// All that the kiosk knows beside the app.
#[derive(Clone, PartialEq, Eq)]
pub struct State {
    /// What it was set up as.
    pub setup: KioskSetup,
    /// What is free today.
    pub free: Free,
    /// Whoever is there.
    pub visit: Visit,
    /// What is typed at the pad.
    pub pad: Pad,
    /// What is typed with a number; `None` where there is no pad.
    pub proof: Option<Proof>,
    /// What to do about whoever is there.
    pub watch: Watch,
    /// The language that whoever comes next should find.
    lang: (Lang, Lang),
    leaving: bool,
    /// Another's session is ended first.
    next: Option<String>,
    now: DateTime<Utc>,
    /// When this page began, by the device's clock.
    began: Option<DateTime<Utc>>,
}

/// Between two new versions. Proxies of two versions, of which one replaces the other, would each have their own taken.
const VERSIONS_APART: TimeDelta = TimeDelta::seconds(60);

impl State {
    /// A kiosk that was just started, for nobody. `lang` is the page's language, and then the studio's own.
    pub fn new(setup: KioskSetup, methods: SignInMethods, lang: (Lang, Lang), now: DateTime<Utc>) -> Self {
        Self {
            proof: Proof::of(setup.media, methods),
            setup,
            free: Free::default(),
            visit: Visit::new(now),
            pad: Pad::default(),
            watch: Watch::Quiet,
            lang,
            leaving: false,
            next: None,
            now,
            began: None,
        }
    }

    /// Which language whoever comes next should find: the device's own.
    pub fn is_of_language(&mut self, own: Lang) {
        self.lang.1 = own;
    }

    /// The visit is over: nothing of the member is shown.
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// When it was looked last.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }
}

/// What happens next. `now` is the device's clock at the event.
pub fn update(kiosk: &mut State, event: Event, app: &flow::State, now: DateTime<Utc>) -> Vec<Effect> {
    kiosk.now = now;
    kiosk.began = Some(kiosk.began.unwrap_or(now).min(now));
    let mut effects = Vec::new();
    kiosk.on(event, app, &mut effects);
    kiosk.look(app, &mut effects);
    effects
}

type Effects = Vec<Effect>;

fn app_hears(event: flow::Event) -> Effect {
    Effect::App(Box::new(event))
}

impl State {
    fn on(&mut self, event: Event, app: &flow::State, fx: &mut Effects) {
        match event {
            Event::Tick => {}
            Event::Touched => self.visit.touched(self.now),
            Event::FreeRead(answer) => self.free_read(answer, app, fx),
            Event::Scanned(text) => self.scanned(text, app, fx),
            Event::Pressed(key) => self.pressed(key, app, fx),
            Event::Done => self.end(fx),
            Event::Stay => self.visit.stay(self.now),
            Event::Assisted(assisted) => {
                self.visit.assisted = assisted;
                self.visit.touched(self.now);
            }
        }
    }

    /// The proxy answers: what it was not told yet it is told now.
    fn free_read(&mut self, answer: Option<FreeToday>, app: &flow::State, fx: &mut Effects) {
        self.free.answered(answer, self.now);
        if self.free.is_reached() && app.owes_sign_out() {
            fx.push(app_hears(flow::Event::Returned));
        }
    }

    /// A card ends the session of whoever forgot to.
    fn scanned(&mut self, text: String, app: &flow::State, fx: &mut Effects) {
        let media = self.setup.media;
        self.visit.touched(self.now);
        if self.leaving || app.sign_in.busy || !(media.card || media.barcode) {
            return;
        }
        self.pad = Pad::default();
        if app.session.is_in() {
            self.next = Some(text);
            fx.push(app_hears(flow::Event::SignOut));
        } else {
            fx.push(app_hears(flow::Event::SignInAtKiosk(KioskSignIn::Scan(text))));
        }
    }

    fn pressed(&mut self, key: PadKey, app: &flow::State, fx: &mut Effects) {
        let Some(proof) = self.proof.filter(|_| !app.sign_in.busy) else {
            return;
        };
        match self.pad.press(key, proof) {
            Some(Typed::AtKiosk(given)) => fx.push(app_hears(flow::Event::SignInAtKiosk(given))),
            Some(Typed::Answers(answers)) => fx.push(app_hears(flow::Event::SignIn(answers))),
            None => {}
        }
    }

    /// Signing out forgets all that the app knows of the member, whether there was a session or not.
    fn end(&mut self, fx: &mut Effects) {
        if !self.leaving {
            self.leaving = true;
            self.pad = Pad::default();
            self.next = None;
            fx.push(app_hears(flow::Event::SignOut));
        }
    }

    /// After everything: what is due by now.
    fn look(&mut self, app: &flow::State, fx: &mut Effects) {
        if self.free.is_due(self.now) {
            self.free.asked(self.now);
            fx.push(Effect::ReadFree);
        }
        if app.session.is_in() || !matches!(app.route, Route::SignIn(_)) {
            self.pad = Pad::default();
        }
        let doing = self.doing(app);
        self.visit.goes_on(doing, self.now);
        self.watch = match self.leaving {
            true => Watch::Quiet,
            false => self.visit.watch(doing, self.setup.idle_seconds, self.now),
        };
        let idle = self.setup.idle_seconds;
        if self.visit.is_to_begin_anew(doing, idle, self.now) {
            fx.push(Effect::Top);
        }
        let signs_out = app.is_signing_out() || fx.contains(&app_hears(flow::Event::SignOut));
        match self.next.take() {
            Some(text) if signs_out || app.session.is_in() => self.next = Some(text),
            Some(text) => fx.push(app_hears(flow::Event::SignInAtKiosk(KioskSignIn::Scan(text)))),
            None => {}
        }
        if self.leaving {
            if !signs_out && !app.owes_sign_out() {
                fx.push(Effect::Leave);
            }
        } else if self.watch == Watch::Over {
            self.end(fx);
        } else if doing == Doing::Nothing && self.is_outdated() {
            fx.push(Effect::Leave);
        }
    }

    /// A new version is taken when nobody is there, and the proxy is.
    fn is_outdated(&self) -> bool {
        let young = self.began.is_none_or(|began| self.now - began < VERSIONS_APART);
        let served = self.free.build().filter(|_| self.free.is_reached());
        !young && served.is_some_and(|build| build != self.setup.build)
    }

    fn doing(&self, app: &flow::State) -> Doing {
        if is_done(app) {
            return Doing::Booked;
        }
        let untouched = app.route == Route::home() && app.choice == Choice::None && self.pad.is_empty();
        let usual = !self.visit.assisted && self.lang.0 == self.lang.1;
        let waits = app.sign_in.busy || self.next.is_some();
        if app.session.is_in() || waits || !(untouched && usual) {
            return Doing::Something;
        }
        match app.sign_in.failure {
            Some(_) => Doing::Refused,
            None => Doing::Nothing,
        }
    }
}

/// What was booked is on the screen, and nothing is asked or left open about it.
fn is_done(app: &flow::State) -> bool {
    let known = app
        .booking
        .as_ref()
        .is_some_and(|(_, booking)| booking.value.is_some());
    let here = matches!(app.route, Route::Booked { .. });
    let open = app.cancel != Cancel::None || matches!(app.moved(), Some(Moved::BothStand(_)));
    here && known && !open && app.session.is_in()
}
