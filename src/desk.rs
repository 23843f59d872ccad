//! What every page is handed: the state to read, the words to say, and where to send events.

use std::sync::Arc;

use crate::leptos::*;
use booking::flow::{Event, State};
use booking::{Boot, Route, StudioContact};
use words::Words;

use crate::kiosk::{self, Kiosk};
use crate::ui::html::{Html, live};
use crate::ui::{Pick, Press};

/// The state of the app and the way to change it. Given through context, as every page needs it.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Only `booking::flow::update` changes it.
    pub state: RwSignal<State>,
    /// The sentences of the page's language.
    pub words: &'static Words,
    /// What the page was started from.
    pub boot: StoredValue<Boot>,
    /// The device's own zone; not known before the app has started.
    pub device_zone: RwSignal<Option<String>>,
    kiosk: Option<Kiosk>,
    send: Callback<Event>,
}

impl Desk {
    /// A desk for a page at an address. `send` gets every event.
    pub fn new(boot: Boot, route: Route, send: impl FnOnce(RwSignal<State>) -> Callback<Event>) -> Self {
        let state = RwSignal::new(State::new(&boot, route));
        let words = words::words(boot.lang);
        let kiosk = kiosk::POSSIBLE.then(|| Kiosk::of(&boot)).flatten();
        let boot = StoredValue::new(boot);
        Self {
            state,
            words,
            kiosk,
            boot,
            device_zone: RwSignal::new(None),
            send: send(state),
        }
    }

    /// The kiosk around the app, where it is on one.
    #[inline]
    pub fn kiosk(self) -> Option<Kiosk> {
        self.kiosk.filter(|_| kiosk::POSSIBLE)
    }

    /// The desk that the page was given.
    pub fn here() -> Self {
        expect_context()
    }

    /// Part of a screen, drawn again whenever the state has changed.
    pub fn show(self, draw: fn(Self, &State) -> Html) -> Html {
        live(move || self.state.with(|state| draw(self, state)))
    }

    /// Something happened.
    pub fn send(self, event: Event) {
        self.send.run(event);
    }

    /// A press that sends the same event every time.
    pub fn sends(self, event: Event) -> Press {
        Arc::new(move || self.send(event.clone()))
    }

    /// A pick that sends what is made of the value that was picked, if anything.
    pub fn picks(self, event: fn(String) -> Option<Event>) -> Pick {
        Arc::new(move |value| {
            if let Some(event) = event(value) {
                self.send(event);
            }
        })
    }

    /// How to reach the studio.
    pub fn studio(self) -> StudioContact {
        self.boot.with_value(|boot| boot.studio.clone())
    }
}
