//! Around every plain page: header and foot, as around the app's screens.

use std::sync::Arc;

use crate::leptos::*;
use booking::{Boot, Lang, Route};

use super::Setting;
use crate::app;
use crate::desk::Desk;
use crate::ui::html::{Element, Html, el, list};
use crate::ui::{
    Button, ButtonKind, Icon, NavLink, SiteHeader, Tone, account_link, account_name, banner, form, skip_link,
};

/// The whole body.
pub(super) fn around(setting: &Setting, signed_in: Option<String>, inside: Html) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        let desk = Desk::new(boot(setting), setting.next.clone(), |_| Callback::new(|_| ()));
        let inside = el("div").class("narrow").child(inside);
        let page = list([
            skip_link("#main", desk.words.shell.skip).into(),
            demo(setting, desk),
            header(setting, signed_in, desk),
            el("main").attr("id", "main").child(inside).into(),
            app::footer(desk),
        ]);
        page.to_html()
    });
    owner.unset();
    html
}

/// Nobody may take the demo for a studio.
fn demo(setting: &Setting, desk: Desk) -> Html {
    let text = desk.words.shell.demo;
    setting
        .is_demo
        .then(|| banner(text, Tone::Brand, Icon::Info))
        .into()
}

/// As much of a start as header and foot need. They show no time.
fn boot(setting: &Setting) -> Boot {
    Boot {
        lang: setting.lang,
        now: chrono::DateTime::UNIX_EPOCH,
        zone: booking::StudioZone::utc(),
        studio: setting.studio.clone(),
        demo: Vec::new(),
        place: booking::Place::Browser,
        times_need_sign_in: false,
        sign_in: booking::SignInMethods::default(),
        catalogue: None,
        as_of: None,
        service: None,
        kiosk: None,
    }
}

fn header(setting: &Setting, signed_in: Option<String>, desk: Desk) -> Html {
    let w = &desk.words.shell;
    let account = match signed_in {
        Some(name) => (!name.is_empty()).then(|| account_name(name)).into(),
        None => account_link(sign_in(setting), w.sign_in, true).into(),
    };
    SiteHeader {
        home: Route::home().format(),
        name: setting.studio.name.clone().map_or(w.studio.into(), Into::into),
        nav_label: w.nav_label,
        links: vec![
            NavLink::new(Route::home().format(), w.nav_catalogue, false),
            NavLink::new(Route::Bookings.format(), w.nav_bookings, false),
        ],
        language_label: w.language,
        languages: Lang::ALL.map(|lang| language(setting, lang)).to_vec(),
        account,
    }
    .into()
}

fn language(setting: &Setting, lang: Lang) -> NavLink {
    let href = booking::lang::switch_address(lang, &setting.here);
    let mut link = NavLink::new(href, lang.tag().to_ascii_uppercase(), lang == setting.lang);
    link.lang = Some(lang.tag());
    link
}

/// The app's own sign-in screen, which leads on to the same place.
pub(super) fn sign_in(setting: &Setting) -> String {
    setting.next.clone().through_sign_in().format()
}

/// A line with other ways, below a form.
pub(super) fn ways(links: Vec<(String, &'static str)>) -> Element {
    let link = |(href, text): (String, &'static str)| el("a").attr("href", href).child(text);
    el("p")
        .class("row")
        .child(crate::ui::html::each(links.into_iter().map(link)))
}

/// A form in its panel.
pub(super) fn post(action: &str) -> Element {
    form(action.to_owned(), Arc::new(|| ())).class("panel stack")
}

/// What sends it.
pub(super) fn primary(text: &'static str) -> Button {
    Button::submit(text).kind(ButtonKind::Primary)
}

/// Where one came from; a screen for members would only lead here again.
pub(super) fn back(setting: &Setting) -> String {
    if setting.next.is_for_members() {
        Route::home().format()
    } else {
        setting.next.format()
    }
}
