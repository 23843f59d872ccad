//! Who are you? A card, our own keys, or the member's own phone. Nothing is typed on the device's keyboard, and nothing that
//! is secret is shown.

use booking::Route;
use booking::flow::State as App;
use booking::kiosk::pad::{Pad, PadKey, Proof, Step};
use booking::kiosk::{Event, State, qr_address};

use super::Kiosk;
use super::start::scan;
use crate::desk::Desk;
use crate::pages::failure::{slow_line, told};
use crate::pages::sign_in::{demo_members, why};
use crate::ui::html::{Html, el};
use crate::ui::{Button, ButtonKind, Icon, Key, KeyPad, Notice, NoticeKind, for_phone, icon, page_heading};

/// The screen.
pub(crate) fn screen(desk: Desk, kiosk: Kiosk) -> Html {
    el("div")
        .class("kiosk-sign-in")
        .child(
            el("div")
                .class("stack")
                .child(kiosk.show(desk, ways))
                .child(desk.show(phone)),
        )
        .child(kiosk.show(desk, keys_of))
        .child(demo_members(desk))
        .into()
}

fn ways(desk: Desk, kiosk: Kiosk, app: &App, state: &State) -> Html {
    let w = kiosk.words;
    let scan = scan(kiosk, state.setup.media).map(|text| {
        el("p")
            .class("kiosk-scan")
            .child(icon(Icon::Tag))
            .child(el("span").child(text))
    });
    let failure = app.sign_in.failure.as_ref();
    let reading = app.sign_in.busy && state.pad.is_empty();
    el("div")
        .class("panel stack")
        .child(page_heading(w.sign_in, why(desk, app)))
        .child(failure.map(|failure| told(desk, failure)))
        .child(scan)
        .child(reading.then(|| Notice::new(NoticeKind::Info, w.reading)))
        .child(slow_line(desk, app.sign_in.busy && app.is_slow_to_answer()))
        .into()
}

fn keys_of(_: Desk, kiosk: Kiosk, app: &App, state: &State) -> Html {
    let pad = |proof| {
        el("div")
            .class("panel")
            .child(pad(kiosk, proof, &state.pad, app.sign_in.busy))
    };
    state.proof.map(pad).into()
}

/// The keys, and what was typed on them.
fn pad(kiosk: Kiosk, proof: Proof, pad: &Pad, busy: bool) -> KeyPad {
    let w = kiosk.words;
    let at_number = pad.step == Step::Number;
    let (label, hint, odd) = match (pad.step, proof) {
        (Step::Number, _) => (w.number, w.number_hint, w.odd_number),
        (Step::Proof, Proof::Pin) => (w.pin, w.pin_hint, w.odd_pin),
        (Step::Proof, Proof::Born) => (w.born, w.born_hint, w.odd_born),
    };
    let next = Button::new(
        if at_number { w.next } else { w.submit },
        kiosk.sends(Event::Pressed(PadKey::Next)),
    )
    .kind(ButtonKind::Primary)
    .busy(busy);
    let change = || {
        let press = kiosk.sends(Event::Pressed(PadKey::Number));
        Button::new(w.other_number, press).kind(ButtonKind::Plain)
    };
    KeyPad {
        label,
        hint: if pad.odd { odd } else { hint },
        odd: pad.odd,
        shown: shown(proof, pad),
        read: read(kiosk, proof, pad),
        before: (!at_number).then(|| [w.number, " ", pad.number()].concat()),
        change: (!at_number).then(change),
        keys_label: w.pad_label,
        keys: keys(kiosk, pad),
        letters: pad.letters,
        next,
    }
}

/// What stands above the keys; of a PIN only how much.
fn shown(proof: Proof, pad: &Pad) -> String {
    match (pad.step, proof) {
        (Step::Number, _) => pad.number().to_owned(),
        (Step::Proof, Proof::Pin) => "•".repeat(pad.proof_length()),
        (Step::Proof, Proof::Born) => pad.born(),
    }
}

/// What a screen reader is told of it.
fn read(kiosk: Kiosk, proof: Proof, pad: &Pad) -> String {
    match (pad.step, proof) {
        (Step::Proof, Proof::Pin) => (kiosk.words.typed_so_far)(pad.proof_length()),
        _ => String::new(),
    }
}

const DIGITS: [char; 9] = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// Letters are for numbers that have some ("M-1001"); a PIN and a date have none.
fn keys(kiosk: Kiosk, pad: &Pad) -> Vec<Key> {
    let w = kiosk.words;
    let pressed = |key| kiosk.sends(Event::Pressed(key));
    let sign = |sign: char| Key::new(sign.to_string(), "", pressed(PadKey::Sign(sign)));
    let back = Key::new("", w.take_back, pressed(PadKey::Back));
    let other = if pad.letters { w.digits } else { w.letters };
    let switch = Key::new(other, "", pressed(PadKey::Letters));
    if pad.letters {
        let letters = ('A'..='Z').chain(['-']).map(sign);
        return letters.chain([switch, back]).collect();
    }
    let left = match pad.step {
        Step::Number => switch,
        Step::Proof => Key::space(),
    };
    DIGITS
        .map(sign)
        .into_iter()
        .chain([left, sign('0'), back])
        .collect()
}

/// The same choice, on the member's own phone.
fn phone(desk: Desk, app: &App) -> Html {
    let (Route::SignIn(next), Some(kiosk)) = (&app.route, desk.kiosk()) else {
        return Html::Nothing;
    };
    let w = kiosk.words;
    // What is a member's own is behind a sign-in there, too.
    for_phone(w.phone, w.phone_text, qr_address(&next.format()), w.phone_picture).into()
}
