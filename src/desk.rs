//! What every page is handed: the state to read, the words to say, and where to send events.

use booking::flow::{Event, State};
use booking::{Boot, Route, StudioContact};
use leptos::prelude::*;
use words::Words;

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
    send: Callback<Event>,
}

impl Desk {
    /// A desk for a page at an address. `send` gets every event.
    pub fn new(boot: Boot, route: Route, send: impl FnOnce(RwSignal<State>) -> Callback<Event>) -> Self {
        let state = RwSignal::new(State::new(&boot, route));
        let words = words::words(boot.lang);
        let boot = StoredValue::new(boot);
        Self {
            state,
            words,
            boot,
            device_zone: RwSignal::new(None),
            send: send(state),
        }
    }

    /// The desk that the page was given.
    pub fn here() -> Self {
        expect_context()
    }

    /// Something happened.
    pub fn send(self, event: Event) {
        self.send.run(event);
    }

    /// Part of the state, watched: what reads it is drawn anew when that part changes, and not before.
    pub fn watch<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&State) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.state.with(&read))
    }

    /// A part of the state that is a text.
    pub fn text(self, read: impl Fn(&State) -> String + Send + Sync + 'static) -> Signal<String> {
        self.watch(read).into()
    }

    /// How to reach the studio.
    pub fn studio(self) -> StudioContact {
        self.boot.with_value(|boot| boot.studio.clone())
    }

    /// A callback that sends the same event every time.
    pub fn sends(self, event: Event) -> Callback<()> {
        Callback::new(move |()| self.send(event.clone()))
    }
}
