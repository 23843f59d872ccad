//! What a kiosk has around the app and in some places of it: a start screen for whoever walks in, our own keys, and the end of
//! each visit. The rules are `booking::kiosk`'s. A bundle of its own (feature `kiosk`): no phone loads it.

mod shell;
pub(crate) mod sign_in;
pub(crate) mod start;
mod visit;

use std::sync::Arc;

use crate::leptos::*;
use booking::flow;
use booking::kiosk::{Event, State, calendar_qr_address};
use booking::{Boot, Lang};
use perfectgym::AppointmentBooking;
use words::kiosk::KioskWords;

use crate::desk::Desk;
use crate::ui::html::{Html, live};
use crate::ui::{Press, for_phone};
pub(crate) use shell::app;

/// Whether this build can run on a kiosk: where it cannot, the compiler leaves all of this room out.
pub const POSSIBLE: bool = cfg!(feature = "kiosk");

/// What a kiosk's parts are handed beside the desk.
#[derive(Clone, Copy)]
pub struct Kiosk {
    /// Only `booking::kiosk::update` changes it.
    pub state: RwSignal<State>,
    /// What is said on kiosks alone.
    pub words: &'static KioskWords,
    send: StoredValue<Callback<Event>>,
}

impl Kiosk {
    /// Where the page was drawn for one. Nothing is done about its events before [`Kiosk::hears`].
    pub(crate) fn of(boot: &Boot) -> Option<Self> {
        let setup = boot.kiosk.clone()?;
        let state = State::new(setup, boot.sign_in, (boot.lang, boot.lang), boot.now);
        Some(Self {
            state: RwSignal::new(state),
            words: words::kiosk_words(boot.lang),
            send: StoredValue::new(Callback::new(|_| ())),
        })
    }

    /// From now on `send` gets every event. `own` is the language that the device itself asks for.
    pub fn hears(self, own: Lang, send: Callback<Event>) {
        self.send.set_value(send);
        self.state.update(|state| state.is_of_language(own));
    }

    /// Something happened.
    pub fn send(self, event: Event) {
        self.send.get_value().run(event);
    }

    /// A press that sends the same event every time.
    fn sends(self, event: Event) -> Press {
        Arc::new(move || self.send(event.clone()))
    }

    /// Drawn again whenever the app's state or the kiosk's has changed.
    fn show(self, desk: Desk, draw: fn(Desk, Kiosk, &flow::State, &State) -> Html) -> Html {
        live(move || {
            let (app, kiosk) = (desk.state, self.state);
            app.with(|app| kiosk.with(|kiosk| draw(desk, self, app, kiosk)))
        })
    }
}

/// Into the member's calendar, by their own phone: nothing can be opened here.
pub(crate) fn calendar(kiosk: Kiosk, booking: &AppointmentBooking) -> Html {
    let w = kiosk.words;
    let picture = calendar_qr_address(booking.booking_id);
    for_phone(w.calendar, w.calendar_text, picture, w.calendar_picture).into()
}
