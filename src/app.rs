//! The shell around every screen: header, news for screen readers, the screen of the address, how to reach the studio.

use crate::leptos::*;
use booking::bookings::Standing;
use booking::flow::{Event, Session, State};
use booking::{Boot, Lang, Route};
use words::Words;

use crate::desk::Desk;
use crate::kiosk;
use crate::news::news;
use crate::pages;
use crate::ui::html::{Html, el, list};
use crate::ui::{
    Button, ButtonKind, Icon, NavLink, SiteHeader, Tone, account_link, account_name, banner, footer_way,
    live_banner, site_footer, skip_link,
};

/// The whole app. The same on the server and in the browser. `desk` is what every page is handed.
pub fn app(desk: Desk) -> Html {
    provide_context(desk);
    if let Some(kiosk) = desk.kiosk() {
        return kiosk::app(desk, kiosk);
    }
    Effect::new(move |_| document().set_title(&document_title(desk)));
    let main = el("main")
        .attr("id", "main")
        .child(desk.show(pages::elsewhere))
        .child(pages::screen());
    list([
        skip_link("#main", desk.words.shell.skip).into(),
        demo_banner(desk),
        desk.show(header),
        desk.show(offline_banner),
        main.into(),
        footer(desk),
        news(desk),
    ])
}

pub(crate) fn document_title(desk: Desk) -> String {
    desk.state
        .with(|state| desk.boot.with_value(|boot| title(desk.words, boot, state)))
}

/// What the tab is called: the screen first, as that is what tells two tabs apart.
pub fn title(words: &Words, boot: &Boot, state: &State) -> String {
    let screen = match &state.route {
        Route::Catalogue(_) => words.shell.nav_catalogue.to_owned(),
        Route::Times(pick) => pages::show::title(words, state.service_title(pick.service)),
        Route::Booked { .. } => booked_title(words, state).to_owned(),
        Route::Bookings | Route::Booking(_) => words.shell.nav_bookings.to_owned(),
        Route::SignIn(_) => words.shell.sign_in.to_owned(),
        Route::NotFound(_) => words.not_found.heading.to_owned(),
    };
    match &boot.studio.name {
        Some(studio) => (words.shell.title)(&screen, studio),
        None => screen,
    }
}

fn booked_title(words: &Words, state: &State) -> &'static str {
    let booking = state
        .booking
        .as_ref()
        .and_then(|(_, remote)| remote.value.as_ref());
    booking.map_or(words.booked.heading, |booking| {
        pages::booked::title(words, state, Standing::of(booking, state.now))
    })
}

/// Nobody may take the demo for a studio.
pub(crate) fn demo_banner(desk: Desk) -> Html {
    let is_demo = desk.boot.with_value(|boot| !boot.demo.is_empty());
    is_demo
        .then(|| banner(desk.words.shell.demo, Tone::Brand, Icon::Info))
        .into()
}

/// Where My bookings has been read, it says as of when. Somebody who signed out has to know that it is not done yet.
pub(crate) fn offline_banner(desk: Desk, state: &State) -> Html {
    let w = &desk.words.shell;
    let text = match state.bookings.read_at {
        _ if state.owes_sign_out() && state.online => w.sign_out_owed.to_owned(),
        _ if state.owes_sign_out() => w.signed_out_offline.to_owned(),
        _ if state.online => String::new(),
        Some(at) => (w.offline_as_of)(&words::time(state.zone.local(at))),
        None => w.offline.to_owned(),
    };
    live_banner(text, Tone::Care, Icon::Offline).into()
}

fn header(desk: Desk, state: &State) -> Html {
    let w = &desk.words.shell;
    let booked = matches!(
        state.route,
        Route::Bookings | Route::Booking(_) | Route::Booked { .. }
    );
    let browsing = matches!(state.route, Route::Catalogue(_) | Route::Times(_));
    SiteHeader {
        home: Route::home().format(),
        name: desk.studio().name.map_or(w.studio.into(), Into::into),
        nav_label: w.nav_label,
        links: vec![
            NavLink::new(Route::home().format(), w.nav_catalogue, browsing),
            NavLink::new(Route::Bookings.format(), w.nav_bookings, booked),
        ],
        language_label: w.language,
        languages: languages(desk, state),
        account: account(desk, state),
    }
    .into()
}

/// Changing the language loads the page anew, drawn in the other one, at the same address.
pub(crate) fn languages(desk: Desk, state: &State) -> Vec<NavLink> {
    let current = desk.words.lang;
    let here = state.route.format();
    let link = |lang: Lang| {
        let href = booking::lang::switch_address(lang, &here);
        let mut link = NavLink::new(href, lang.tag().to_ascii_uppercase(), lang == current);
        link.lang = Some(lang.tag());
        link
    };
    Lang::ALL.map(link).to_vec()
}

fn account(desk: Desk, state: &State) -> Html {
    let w = &desk.words.shell;
    match &state.session {
        Session::In { first_name } => list([
            account_name(first_name.clone().unwrap_or_default()).into(),
            Button::new(w.sign_out, desk.sends(Event::SignOut))
                .kind(ButtonKind::Plain)
                .into(),
        ]),
        Session::Out | Session::Unknown => {
            let here = matches!(state.route, Route::SignIn(_));
            account_link(state.route.clone().through_sign_in().format(), w.sign_in, here).into()
        }
    }
}

/// How to reach the studio, in the same place on every screen.
pub(crate) fn footer(desk: Desk) -> Html {
    let w = &desk.words.shell;
    let studio = desk.studio();
    let nothing = studio.phone.is_none() && studio.email.is_none();
    let text = if nothing { w.help_at_the_desk } else { w.help_text };
    let website = studio.website.filter(|site| site.starts_with("https://"));
    // Nothing leads away from a kiosk: whoever comes next would find it elsewhere.
    let may_lead = desk.kiosk().is_none();
    let way = |icon, href: String, text: String| footer_way(icon, Some(href).filter(|_| may_lead), text);
    let ways = [
        studio.phone.map(|phone| way(Icon::Phone, tel(&phone), phone)),
        studio
            .email
            .map(|email| way(Icon::Mail, ["mailto:", &email].concat(), email)),
        website.map(|site| way(Icon::Web, site.clone(), site.replacen("https://", "", 1))),
        studio
            .address
            .map(|address| footer_way(Icon::Place, None, address)),
    ];
    site_footer("help", w.help, text, ways.into_iter().flatten().collect()).into()
}

fn tel(phone: &str) -> String {
    let digits: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    ["tel:", &digits].concat()
}
