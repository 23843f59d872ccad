//! The shell around every screen of a kiosk. When a visit ends nothing of it stays, before anything else is done.

use crate::leptos::*;
use booking::Route;
use booking::flow::{Session, State as App};
use booking::kiosk::{self, State};

use super::{Kiosk, visit};
use crate::app::{demo_banner, document_title, footer, languages, offline_banner};
use crate::desk::Desk;
use crate::news::news;
use crate::pages;
use crate::pages::failure::told;
use crate::ui::html::{Html, el, list, live};
use crate::ui::{
    Button, ButtonKind, NavLink, Notice, NoticeKind, SiteHeader, account_link, account_name, skip_link,
};

/// The app on a kiosk.
pub(crate) fn app(desk: Desk, kiosk: Kiosk) -> Html {
    Effect::new(move |_| document().set_title(&document_title(desk)));
    let leaving = Memo::new(move |_| kiosk.state.with(State::is_leaving));
    let main = el("main").attr("id", "main").child(live(move || {
        if leaving.get() {
            kiosk.show(desk, visit::bye)
        } else {
            list([desk.show(pages::elsewhere), desk.show(scanned), pages::screen()])
        }
    }));
    list([
        skip_link("#main", desk.words.shell.skip).into(),
        demo_banner(desk),
        kiosk.show(desk, header),
        desk.show(offline_banner),
        main.into(),
        kiosk.show(desk, visit::leaves),
        footer(desk),
        kiosk.show(desk, visit::asks),
        news(desk),
    ])
}

/// What is wide is "I'm done": on every screen of somebody who is signed in, in the same place.
fn header(desk: Desk, kiosk: Kiosk, app: &App, state: &State) -> Html {
    let w = &desk.words.shell;
    let member = app.session.is_in() && !state.is_leaving();
    let booked = matches!(
        app.route,
        Route::Bookings | Route::Booking(_) | Route::Booked { .. }
    );
    let mut links = vec![NavLink::new(Route::home().format(), w.nav_catalogue, !booked)];
    if member {
        links.push(NavLink::new(Route::Bookings.format(), w.nav_bookings, booked));
    }
    SiteHeader {
        home: Route::home().format(),
        name: desk.studio().name.map_or(w.studio.into(), Into::into),
        nav_label: w.nav_label,
        links,
        language_label: w.language,
        languages: languages(desk, app),
        account: account(desk, kiosk, app, state),
    }
    .into()
}

fn account(desk: Desk, kiosk: Kiosk, app: &App, state: &State) -> Html {
    let w = kiosk.words;
    let assisted = state.visit.assisted;
    let help = Button::new(
        if assisted { w.usual } else { w.more },
        kiosk.sends(kiosk::Event::Assisted(!assisted)),
    )
    .kind(ButtonKind::Plain);
    let who: Html = match &app.session {
        _ if state.is_leaving() => Html::Nothing,
        Session::In { first_name } => list([
            account_name(first_name.clone().unwrap_or_default()).into(),
            Button::new(w.done, kiosk.sends(kiosk::Event::Done))
                .kind(ButtonKind::Primary)
                .into(),
        ]),
        Session::Out | Session::Unknown => {
            let here = matches!(app.route, Route::SignIn(_));
            let href = app.route.clone().through_sign_in().format();
            account_link(href, desk.words.shell.sign_in, here).into()
        }
    };
    let marked = assisted.then(|| el("span").class("kiosk-assisted"));
    list([help.into(), who, marked.into()])
}

/// A card was read: on the screen for signing in that is said beside the keys, and anywhere else on top.
fn scanned(desk: Desk, app: &App) -> Html {
    let elsewhere = !matches!(app.route, Route::SignIn(_));
    match (&app.sign_in.failure, desk.kiosk()) {
        (Some(failure), _) if elsewhere => told(desk, failure).into(),
        (None, Some(kiosk)) if elsewhere && app.sign_in.busy => {
            Notice::new(NoticeKind::Info, kiosk.words.reading).into()
        }
        _ => Html::Nothing,
    }
}
