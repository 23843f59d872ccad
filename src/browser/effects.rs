//! Runs an effect, and answers with an event.

use std::time::Duration;

use crate::leptos::*;
use booking::flow::{self, Call, Effect, Event, Host, State, Ticket};
use booking::{Lang, Place};

use super::api::Api;
use super::{around, bearer, clock, history};
use crate::kiosk;

/// After so long a read is said to take long.
const SLOW_MS: u32 = 8_000;

/// Turns events into a new state, and the effects of that into calls.
#[derive(Clone, Copy)]
pub struct Runner {
    state: RwSignal<State>,
    api: Api,
    /// What the page around was told, where there is one.
    host: Option<StoredValue<Host>>,
    keeps_no_history: bool,
}

impl Runner {
    /// A runner for one start of the app.
    pub fn new(state: RwSignal<State>, lang: Lang, place: Place) -> Self {
        Self {
            state,
            api: Api::new(lang, place),
            host: (place == Place::Embed).then(StoredValue::default),
            keeps_no_history: kiosk::POSSIBLE && place == Place::Kiosk,
        }
    }

    /// Something happened.
    pub fn send(self, event: Event) {
        let mut effects = Vec::new();
        self.state
            .update(|state| effects = flow::update(state, event, clock::now()));
        for effect in effects {
            self.run(effect);
        }
        if let Some(host) = self.host {
            let notes = self
                .state
                .with_untracked(|state| host.try_update_value(|host| host.notes(state)));
            notes.into_iter().flatten().for_each(|note| around::tell(&note));
        }
    }

    fn run(self, effect: Effect) {
        match effect {
            Effect::Call(ticket, call) => self.call(ticket, call),
            Effect::UseBearer => bearer::used(),
            // Back would lead the next member to what the last one saw.
            Effect::Push(route) if self.keeps_no_history => history::replace(&route),
            Effect::Push(route) => history::push(&route),
            Effect::Replace(route) => history::replace(&route),
            Effect::ScrollTop => history::scroll_top(),
            Effect::Focus(target) => history::focus(target),
            Effect::Wait(ticket, millis) => self.after(millis, Event::Due(ticket)),
        }
    }

    fn call(self, ticket: Ticket, call: Call) {
        self.after(SLOW_MS, Event::Slow(ticket));
        wasm_bindgen_futures::spawn_local(async move {
            let result = self.api.make(ticket, &call).await;
            self.send(Event::Answered { ticket, result });
        });
    }

    fn after(self, millis: u32, event: Event) {
        set_timeout(move || self.send(event), Duration::from_millis(millis.into()));
    }
}
