//! The shell around every screen: header, news for screen readers, the screen of the address, how to reach the studio.

use booking::flow::{Event, News, Said, Session, State};
use booking::{Boot, Lang, Route};
use leptos::prelude::*;
use words::Words;

use crate::desk::Desk;
use crate::pages;
use crate::ui::{
    AccountLink, AccountName, Announcer, Banner, Button, ButtonKind, FooterWay, Icon, NavLink, SiteFooter,
    SiteHeader, SkipLink, Tone,
};

/// The whole app. The same on the server and in the browser.
#[component]
pub fn App(
    /// What every page is handed.
    desk: Desk,
) -> impl IntoView {
    provide_context(desk);
    Effect::new(move |_| document().set_title(&document_title(desk)));
    view! {
        <SkipLink target="main" text=desk.words.shell.skip />
        <DemoBanner />
        <Header />
        <OfflineBanner />
        <main id="main">
            <pages::Elsewhere />
            <pages::Screen />
        </main>
        <Footer />
        <News />
    }
}

fn document_title(desk: Desk) -> String {
    desk.state
        .with(|state| desk.boot.with_value(|boot| title(desk.words, boot, state)))
}

/// What the tab is called: the screen first, as that is what tells two tabs apart.
pub fn title(words: &Words, boot: &Boot, state: &State) -> String {
    let screen = match &state.route {
        Route::Catalogue(_) => words.shell.nav_catalogue.to_owned(),
        Route::Times(pick) => service_title(words, state, pick.service),
        Route::Booked(_) => words.booked.heading.to_owned(),
        Route::Bookings | Route::Booking(_) => words.shell.nav_bookings.to_owned(),
        Route::SignIn(_) => words.shell.sign_in.to_owned(),
        Route::NotFound(_) => words.not_found.heading.to_owned(),
    };
    match &boot.studio.name {
        Some(studio) => (words.shell.title)(&screen, studio),
        None => screen,
    }
}

fn service_title(words: &Words, state: &State, id: perfectgym::BookableAppointmentId) -> String {
    let times = state.times.as_ref().filter(|times| times.service == id);
    let title = times
        .and_then(|times| times.about.value.as_ref())
        .and_then(|about| about.title.clone());
    title.unwrap_or_else(|| words.catalogue.untitled.to_owned())
}

/// Nobody may take the demo for a studio.
#[component]
fn DemoBanner() -> impl IntoView {
    let desk = Desk::here();
    let is_demo = desk.boot.with_value(|boot| !boot.demo.is_empty());
    is_demo.then(|| view! { <Banner text=desk.words.shell.demo tone=Tone::Brand icon=Icon::Info /> })
}

#[component]
fn OfflineBanner() -> impl IntoView {
    let desk = Desk::here();
    let text = desk.text(move |state| {
        if state.online {
            String::new()
        } else {
            offline(desk.words, state)
        }
    });
    view! { <Banner text=text tone=Tone::Care icon=Icon::Offline live=true /> }
}

/// Where My bookings has been read, it says as of when.
fn offline(words: &Words, state: &State) -> String {
    match state.bookings.read_at {
        Some(at) => (words.shell.offline_as_of)(&words::time(state.zone.local(at))),
        None => words.shell.offline.to_owned(),
    }
}

#[component]
fn Header() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.shell;
    let studio = desk.studio().name.unwrap_or_else(|| w.studio.to_owned());
    let links = desk.watch(move |state| {
        let booked = matches!(
            state.route,
            Route::Bookings | Route::Booking(_) | Route::Booked(_)
        );
        let browsing = matches!(state.route, Route::Catalogue(_) | Route::Times(_));
        vec![
            NavLink::new(Route::home().format(), w.nav_catalogue, browsing),
            NavLink::new(Route::Bookings.format(), w.nav_bookings, booked),
        ]
    });
    view! {
        <SiteHeader
            home=Route::home().format()
            name=studio
            nav_label=w.nav_label
            links=links
            language_label=w.language
            languages=languages(desk)
        >
            <Account />
        </SiteHeader>
    }
}

/// Changing the language loads the page anew, drawn in the other one, at the same address.
fn languages(desk: Desk) -> Memo<Vec<NavLink>> {
    let current = desk.boot.with_value(|boot| boot.lang);
    desk.watch(move |state| {
        let here = state.route.format();
        let link = |lang: Lang| {
            let href = booking::lang::switch_address(lang, &here);
            let mut link = NavLink::new(href, lang.tag().to_uppercase(), lang == current);
            link.lang = Some(lang.tag().to_owned());
            link
        };
        Lang::ALL.map(link).to_vec()
    })
}

#[component]
fn Account() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.shell;
    let session = desk.watch(|state| state.session.clone());
    let sign_in = desk.text(|state| state.route.clone().through_sign_in().format());
    let here = desk.watch(|state| matches!(state.route, Route::SignIn(_)));
    move || match session.get() {
        Session::In { first_name } => view! {
            <AccountName name=first_name.unwrap_or_default() />
            <Button text=w.sign_out kind=ButtonKind::Plain on_press=desk.sends(Event::SignOut) />
        }
        .into_any(),
        Session::Out | Session::Unknown => {
            view! { <AccountLink href=sign_in text=w.sign_in current=here /> }.into_any()
        }
    }
}

/// How to reach the studio, in the same place on every screen.
#[component]
fn Footer() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.shell;
    let studio = desk.studio();
    let nothing = studio.phone.is_none() && studio.email.is_none();
    let text = if nothing { w.help_at_the_desk } else { w.help_text };
    let way =
        |icon, href: Option<String>, text: String| view! { <FooterWay icon=icon href=href text=text /> };
    let website = studio.website.filter(|site| site.starts_with("https://"));
    view! {
        <SiteFooter id="help" title=w.help text=text>
            {studio.phone.map(|phone| way(Icon::Phone, Some(tel(&phone)), phone))}
            {studio.email.map(|email| way(Icon::Mail, Some(format!("mailto:{email}")), email))}
            {website.map(|site| way(Icon::Web, Some(site.clone()), site.replacen("https://", "", 1)))}
            {studio.address.map(|address| way(Icon::Place, None, address))}
        </SiteFooter>
    }
}

fn tel(phone: &str) -> String {
    let digits: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    format!("tel:{digits}")
}

/// Whose clock the times are by; said where the device's differs.
pub fn zone_note(desk: Desk) -> Signal<String> {
    let zone = desk.text(|state| state.zone.name.clone());
    let differs = move || desk.device_zone.get().is_some_and(|device| device != zone.get());
    Signal::derive(move || {
        if differs() {
            (desk.words.times.zone)(&zone.get())
        } else {
            String::new()
        }
    })
}

#[component]
fn News() -> impl IntoView {
    let desk = Desk::here();
    let said = desk.watch(|state| state.said.clone());
    let tell = move |urgent: bool| {
        Signal::derive(move || match said.get() {
            Some(Said { news, number }) if news.is_urgent() == urgent => once(number, text_of(desk, &news)),
            _ => String::new(),
        })
    };
    view! { <Announcer polite=tell(false) assertive=tell(true) /> }
}

fn text_of(desk: Desk, news: &News) -> String {
    desk.state.with_untracked(|state| {
        words::news(
            desk.words,
            news,
            state.today(),
            &pages::refusal_context(desk, state),
        )
    })
}

/// The same words twice would be read once; an unread space makes them new.
fn once(number: u32, text: String) -> String {
    if number.is_multiple_of(2) {
        text
    } else {
        text + "\u{a0}"
    }
}
