//! News for who listens rather than looks.

use crate::leptos::*;
use booking::Route;
use booking::flow::{News, State};

use crate::desk::Desk;
use crate::pages;
use crate::ui::announcer;
use crate::ui::html::{Html, live};

/// In words once, when it happens: what the state names later is not what the news was about.
pub(crate) fn news(desk: Desk) -> Html {
    let mut told = (0, String::new(), false);
    let mut tell = move |state: &State| {
        if let Some(said) = state.said.as_ref().filter(|said| said.number != told.0) {
            let text = match says_itself(state, &said.news) {
                true => String::new(),
                false => once(said.number, text_of(desk, state, &said.news)),
            };
            told = (said.number, text, said.news.is_urgent());
        }
        match &told {
            (_, text, true) => announcer("", text.clone()),
            (_, text, false) => announcer(text.clone(), ""),
        }
    };
    live(move || desk.state.with(&mut tell))
}

fn text_of(desk: Desk, state: &State, news: &News) -> String {
    let context = pages::refusal_context(desk, state);
    words::news(desk.words, news, state.today(), &context)
}

/// The same words twice would be read once; an unread space makes them new.
fn once(number: u32, text: String) -> String {
    if number.is_multiple_of(2) {
        text
    } else {
        text + "\u{a0}"
    }
}

/// Whether the screen has a notice or a banner for it that is read out by itself (`role=alert`, `role=status`): said here
/// too, it would be heard twice.
fn says_itself(state: &State, news: &News) -> bool {
    let at_times = state.pick().is_some() && state.outcome.is_none();
    match news {
        News::Refused(_) | News::NotBooked | News::GivenUp | News::Checking | News::TimeGone => at_times,
        News::BothStand => matches!(state.route, Route::Booked { .. }) && state.outcome.is_none(),
        News::NotCancelled => state.cancel.booking().is_some_and(|id| state.route.is_about(id)),
        // What nobody here asked for is nobody's news.
        News::NotHandedOver => true,
        News::Failed | News::OfUnknown | News::Offline | News::SignOutOwed { .. } => true,
        _ => false,
    }
}
