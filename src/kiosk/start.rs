//! What whoever walks in sees first: what is free today, above all that there is.

use booking::Route;
use booking::flow::State as App;
use booking::kiosk::{Media, Offer, State, Today};
use booking::route::Pick;
use booking::slots::SlotKey;

use super::Kiosk;
use super::visit::unreachable;
use crate::desk::Desk;
use crate::leptos::*;
use crate::pages::show;
use crate::ui::html::{Element, Html, el, list};
use crate::ui::{Icon, OfferCard, empty_state, hero, line_skeletons, offers};

/// What is free later today is a look ahead, not a list: all of it is with the services below.
const LATER: usize = 8;

/// The beginning of the catalogue's screen.
pub(crate) fn head(desk: Desk, kiosk: Kiosk) -> Html {
    let w = kiosk.words;
    let scan = kiosk.state.with_untracked(|state| scan(kiosk, state.setup.media));
    let scan = scan.map(|text| el("p").class("kiosk-scan").child(text));
    let today = el("div").class("kiosk-today").child(kiosk.show(desk, today));
    list([hero(w.heading, scan).into(), today.into()])
}

/// What to hold to the reader.
pub(super) fn scan(kiosk: Kiosk, media: Media) -> Option<&'static str> {
    let w = kiosk.words;
    match (media.card, media.barcode) {
        (true, true) => Some(w.scan_either),
        (true, false) => Some(w.scan_card),
        (false, true) => Some(w.scan_barcode),
        (false, false) => None,
    }
}

fn today(desk: Desk, kiosk: Kiosk, app: &App, state: &State) -> Html {
    let w = kiosk.words;
    match state.free.today(state.now()) {
        // Then nobody says what is free for everybody.
        Today::Known(_) if app.times_need_sign_in => Html::Nothing,
        Today::Unknown => line_skeletons(2).into(),
        Today::Unreachable => unreachable(kiosk).into(),
        Today::Known(all) if all.is_empty() => {
            let none = empty_state(Icon::Clock, w.nothing, w.nothing_text, None);
            let partly = partly(kiosk, state);
            el("div").class("stack").child(none).child(partly).into()
        }
        Today::Known(all) => {
            let (soon, later): (Vec<_>, Vec<_>) = all.iter().partition(|offer| offer.soon);
            let group = |title, offers: Vec<&Offer<'_>>| group(desk, app, title, offers);
            el("div")
                .class("stack")
                .child(group(w.soon, soon))
                .child(group(w.later, later.into_iter().take(LATER).collect()))
                .child(partly(kiosk, state))
                .into()
        }
    }
}

/// Some of it could not be read: nobody is told that there is no more.
fn partly(kiosk: Kiosk, state: &State) -> Option<Element> {
    let known = state.free.is_partly_known();
    known.then(|| el("p").class("quiet").child(kiosk.words.partly))
}

fn group(desk: Desk, app: &App, title: &'static str, all: Vec<&Offer<'_>>) -> Option<Element> {
    let cards: Vec<_> = all.into_iter().map(|offer| card(desk, app, offer)).collect();
    (!cards.is_empty()).then(|| offers(title, cards))
}

fn card(desk: Desk, app: &App, offer: &Offer<'_>) -> OfferCard {
    let starts = app.zone.local_of(&offer.slot.start_date_time);
    let pick = Pick {
        day: Some(starts.date()),
        slot: Some(SlotKey::of(offer.slot)),
        ..Pick::of(offer.service)
    };
    let minutes = offer
        .duration
        .map(|minutes| desk.words.dates.duration(minutes.into()));
    let names = show::names(desk.words, &offer.slot.instructors);
    OfferCard {
        href: Route::Times(pick).format(),
        time: words::time(starts),
        title: show::title(desk.words, offer.title),
        detail: [minutes, names]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
    }
}
