//! The end of a visit: asked about, announced, and said.

use booking::flow::State as App;
use booking::kiosk::{Event, State, Today, Watch};

use super::Kiosk;
use crate::desk::Desk;
use crate::ui::html::{Html, el, list};
use crate::ui::{Button, ButtonKind, Dialog, Notice, NoticeKind, page_heading};

/// "Are you still there?" Any touch and any key answer it; Escape too.
pub(super) fn asks(_: Desk, kiosk: Kiosk, _: &App, state: &State) -> Html {
    let w = kiosk.words;
    let left = match state.watch {
        Watch::Asks(left) => Some(left),
        _ => None,
    };
    let go_on = kiosk.sends(Event::Touched);
    Dialog {
        id: "still-there",
        open: left.is_some(),
        title: w.asks.into(),
        text: (w.asks_text)(whole(left.unwrap_or_default())).into(),
        answers: list([
            Button::new(w.done, kiosk.sends(Event::Done)).into(),
            Button::new(w.go_on, go_on.clone())
                .kind(ButtonKind::Primary)
                .autofocus()
                .into(),
        ]),
        on_dismiss: go_on,
    }
    .into()
}

/// After a booking, at the foot of the screen.
pub(super) fn leaves(_: Desk, kiosk: Kiosk, _: &App, state: &State) -> Html {
    let w = kiosk.words;
    let left = match state.watch {
        Watch::Leaves(left) => left,
        _ => return Html::Nothing,
    };
    let stay = Button::new(w.stay, kiosk.sends(Event::Stay));
    el("div")
        .class("kiosk-leaves")
        .attr("role", "timer")
        .child(el("p").child((w.leaves)(whole(left))))
        .child(stay)
        .into()
}

/// Nothing of the visit is shown any more. Where the session cannot be ended yet the next member has to know.
pub(super) fn bye(_: Desk, kiosk: Kiosk, app: &App, state: &State) -> Html {
    let w = kiosk.words;
    let unreached = app.owes_sign_out() || matches!(state.free.today(state.now()), Today::Unreachable);
    let panel = el("div").class("panel");
    let panel = match unreached {
        true => panel.child(unreachable(kiosk)),
        false => panel.child(page_heading(w.bye, w.bye_text)),
    };
    el("div").class("narrow").child(panel).into()
}

/// Nobody knows what is free, and nobody can be signed out just now.
pub(super) fn unreachable(kiosk: Kiosk) -> Notice {
    let w = kiosk.words;
    Notice::new(NoticeKind::Warning, w.unreachable).text(w.unreachable_text)
}

fn whole(seconds: i64) -> usize {
    usize::try_from(seconds).unwrap_or_default()
}
