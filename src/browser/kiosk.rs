//! The glue of a kiosk: hears readers, touches and the clock, keeps the screen awake, and lets nothing lead away from it.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use booking::kiosk::{Burst, Effect as Kiosks, Event, Struck, update};
use booking::{Lang, Route, lang};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{KeyboardEvent, MouseEvent};

use super::api::Api;
use super::listen::{closest, listen, listen_first};
use super::{clock, history, intl};
use crate::desk::Desk;
use crate::kiosk::Kiosk;
use crate::leptos::*;

/// How often it is looked whether anything is due.
const TICK: Duration = Duration::from_secs(1);

/// Begins to hear. Before the app's own listeners, as some of what they would hear is not for them.
pub(super) fn start(desk: Desk, kiosk: Kiosk, api: Api) {
    let page = desk.words.lang;
    let own = intl::lang().unwrap_or(page);
    let runner = Runner {
        desk,
        kiosk,
        api,
        own,
    };
    std::panic::set_hook(Box::new(|_| load_anew()));
    kiosk.hears(own, Callback::new(move |event| runner.send(event)));
    readers(kiosk);
    touches(kiosk);
    nothing_leads_away();
    // What the app has done may be what the kiosk waits for.
    Effect::new(move |_| {
        desk.state.track();
        kiosk.send(Event::Tick);
    });
    let _ = set_interval_with_handle(move || kiosk.send(Event::Tick), TICK);
    listen("visibilitychange", Box::new(move |_| kiosk.send(Event::Tick)));
}

/// So long after the app broke off, in milliseconds: one that breaks off at once is not loaded without end.
const BROKE_OFF: i32 = 5_000;

/// A kiosk has nobody who would load it anew. A function of the browser's own does, as nothing of ours can be relied on then.
fn load_anew() {
    let location = window().location();
    let reload = js_sys::Reflect::get(&location, &"reload".into());
    if let Ok(reload) = reload.and_then(|reload| reload.dyn_into::<js_sys::Function>()) {
        let reload = reload.bind0(&location);
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&reload, BROKE_OFF);
    }
}

thread_local! {
    static LEAVING: Cell<bool> = const { Cell::new(false) };
}

/// Runs what is to be done.
#[derive(Clone, Copy)]
struct Runner {
    desk: Desk,
    kiosk: Kiosk,
    api: Api,
    own: Lang,
}

impl Runner {
    fn send(self, event: Event) {
        let now = clock::now();
        let mut effects = Vec::new();
        self.desk.state.with_untracked(|app| {
            self.kiosk
                .state
                .update(|kiosk| effects = update(kiosk, event, app, now));
        });
        for effect in effects {
            match effect {
                Kiosks::ReadFree => self.read_free(),
                Kiosks::App(event) => self.desk.send(*event),
                Kiosks::Top => history::scroll_top(),
                Kiosks::Leave => self.leave(),
            }
        }
    }

    fn read_free(self) {
        wasm_bindgen_futures::spawn_local(async move {
            let free = self.api.free().await;
            self.kiosk.send(Event::FreeRead(free));
        });
    }

    /// The page in place of this one, so that there is no way back. Only where the proxy answers: a browser's own page of
    /// errors would stay for ever.
    fn leave(self) {
        if LEAVING.replace(true) {
            return;
        }
        let home = Route::home().format();
        let home = match self.own == self.desk.words.lang {
            true => home,
            false => lang::switch_address(self.own, &home),
        };
        wasm_bindgen_futures::spawn_local(async move {
            if self.api.is_there().await {
                // Refused by no browser: it is an address of ours.
                let _ = window().location().replace(&home);
            } else {
                LEAVING.set(false);
            }
        });
    }
}

/// A card's number is nobody's to see, and means nothing to what has the focus.
fn readers(kiosk: Kiosk) {
    let burst = RefCell::new(Burst::default());
    let key = move |event: web_sys::Event| {
        let event: KeyboardEvent = event.unchecked_into();
        if let Ok(mut burst) = burst.try_borrow_mut() {
            match burst.key(&event.key(), event.time_stamp()) {
                Struck::Alone => return away(&event),
                Struck::Within => {}
                Struck::Whole(text) => kiosk.send(Event::Scanned(text)),
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    listen_first("keydown", Box::new(key));
}

/// Printing, saving, another window, back: keys that lead away. Those of a zoom are left.
fn away(event: &KeyboardEvent) {
    let key = event.key();
    let zooms = matches!(key.as_str(), "+" | "-" | "=" | "0");
    let combined = (event.ctrl_key() || event.meta_key()) && !zooms;
    let of_function = key.len() > 1 && key.starts_with('F') && key != "Fn";
    if combined || event.alt_key() || of_function || key.starts_with("Browser") {
        event.prevent_default();
    }
}

fn touches(kiosk: Kiosk) {
    for touch in ["pointerdown", "pointercancel", "click", "keydown", "wheel"] {
        let touched = move |event: web_sys::Event| {
            if counts(&event) {
                kiosk.send(Event::Touched);
            }
            stay_awake();
        };
        listen_first(touch, Box::new(touched));
    }
    // A browser takes it back whenever the page is out of sight.
    let back = move |_| {
        AWAKE.set(false);
        if ASKED.get() && !document().hidden() {
            stay_awake();
        }
    };
    listen("visibilitychange", Box::new(back));
}

/// A dialog that closed when the finger comes down would let what is below it have the click. So the click is what counts there;
/// one on its own buttons is theirs to answer, and so are the keys that press them.
fn counts(event: &web_sys::Event) -> bool {
    let answers = || closest(event, "dialog[open] button").is_some();
    match event.type_().as_str() {
        "pointerdown" => document()
            .query_selector("dialog[open]")
            .is_ok_and(|open| open.is_none()),
        "click" => !answers(),
        "keydown" => !presses(event) || !answers(),
        _ => true,
    }
}

fn presses(event: &web_sys::Event) -> bool {
    let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
    matches!(key.as_deref(), Some("Enter" | " "))
}

thread_local! {
    /// Somebody's touch has asked for it once.
    static ASKED: Cell<bool> = const { Cell::new(false) };
    /// The screen is kept awake, or that is being asked for.
    static AWAKE: Cell<bool> = const { Cell::new(false) };
}

/// Only somebody's touch may ask for it first.
fn stay_awake() {
    ASKED.set(true);
    if AWAKE.replace(true) {
        return;
    }
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into());
    let asked = get(&window().navigator(), "wakeLock").and_then(|lock| {
        let request = get(&lock, "request")?.dyn_into::<js_sys::Function>()?;
        request.call1(&lock, &"screen".into())
    });
    // Not every browser has it.
    let Some(promise) = asked
        .ok()
        .and_then(|asked| asked.dyn_into::<js_sys::Promise>().ok())
    else {
        return;
    };
    wasm_bindgen_futures::spawn_local(async move {
        // One that is low on power refuses; the next touch asks again.
        if wasm_bindgen_futures::JsFuture::from(promise).await.is_err() {
            AWAKE.set(false);
        }
    });
}

fn nothing_leads_away() {
    for opens in ["contextmenu", "dragstart"] {
        listen_first(opens, Box::new(|event| event.prevent_default()));
    }
    for press in ["click", "auxclick"] {
        listen_first(press, Box::new(|event| stays(&event.unchecked_into())));
    }
}

/// A link is followed here or not at all; one that loads the page anew takes this one's place in the history.
fn stays(event: &MouseEvent) {
    let Some(link) = closest(event, "a[href]") else {
        return;
    };
    let elsewhere = !link.get_attribute("href").is_some_and(|href| is_ours(&href))
        || link.has_attribute("target")
        || link.has_attribute("download");
    if elsewhere || !history::is_unmodified(event) {
        event.prevent_default();
    } else if link.get_attribute("rel").as_deref() == Some("external") {
        event.prevent_default();
        let href = link.get_attribute("href").unwrap_or_default();
        let _ = window().location().replace(&href);
    }
}

fn is_ours(href: &str) -> bool {
    href.starts_with('#') || (href.starts_with('/') && !href.starts_with("//"))
}
