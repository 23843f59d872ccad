//! What the studio offers: search, categories, cards.

use booking::Route;
use booking::flow::{Event, State};
use booking::route::{Pick, Shelf};
use perfectgym::BookableAppointment;

use super::failure::{failure_notice, slow_line};
use super::show;
use crate::desk::Desk;
use crate::kiosk;
use crate::ui::html::{Element, Html, each, el, list};
use crate::ui::{
    Button, Icon, LinkButton, PictureCard, SearchForm, card_group, card_skeletons, chip_link, chip_links,
    empty_state, hero,
};

/// Cards in a first drawing, while nothing is known yet.
const SKELETONS: usize = 6;

/// The catalogue.
pub fn screen() -> Html {
    Desk::here().show(page)
}

fn page(desk: Desk, state: &State) -> Html {
    let Route::Catalogue(shelf) = &state.route else {
        return Html::Nothing;
    };
    let w = &desk.words.catalogue;
    let head = match desk.kiosk() {
        Some(kiosk) => kiosk::start::head(desk, kiosk),
        None => hero(w.heading, search(desk, shelf)).into(),
    };
    let groups = state.catalogue.on(shelf);
    let more = more(desk, state, !groups.is_empty());
    list([
        head,
        show::as_of(desk, state, state.catalogue.load.as_of, w.as_of).into(),
        categories(desk, state, shelf).into(),
        cards(desk, state, shelf, groups),
        slow_line(desk, state.catalogue.load.is_slow()).into(),
        more,
    ])
}

fn search(desk: Desk, shelf: &Shelf) -> SearchForm {
    let w = &desk.words.catalogue;
    SearchForm {
        action: "/",
        name: "q",
        label: w.search,
        submit: w.search_submit,
        value: shelf.search.clone().into(),
        kept: shelf.category.iter().map(|c| ("category", c.clone())).collect(),
        on_input: desk.picks(|text| Some(Event::Searched(text))),
    }
}

/// Links, so that they work before the app has started, and can be shared.
fn categories(desk: Desk, state: &State, shelf: &Shelf) -> Option<Element> {
    let w = &desk.words.catalogue;
    let all = state.catalogue.categories();
    let chip = |category: Option<&str>| {
        let there = Shelf {
            search: shelf.search.clone(),
            category: category.map(str::to_owned),
        };
        let current = shelf.category.as_deref() == category;
        let text = category.unwrap_or(w.all_categories).to_owned();
        chip_link(Route::Catalogue(there).format(), text, current)
    };
    let wanted = all.len() > 1 || shelf.category.is_some();
    wanted.then(|| {
        let chips = std::iter::once(None).chain(all.into_iter().map(Some));
        chip_links(w.categories_label, chips.map(chip).collect())
    })
}

type Group<'a> = (Option<&'a str>, Vec<&'a BookableAppointment>);

fn cards(desk: Desk, state: &State, shelf: &Shelf, groups: Vec<Group<'_>>) -> Html {
    if groups.is_empty() {
        return if waits(state, shelf) {
            card_skeletons(SKELETONS).into()
        } else {
            nothing(desk, state, shelf)
        };
    }
    each(groups.into_iter().map(|group| view_group(desk, group)))
}

/// Whether there may be something to show that has not been read yet.
fn waits(state: &State, shelf: &Shelf) -> bool {
    let catalogue = &state.catalogue;
    let partly = *shelf != Shelf::default() || catalogue.services.is_empty();
    let unread = !catalogue.is_known() || (catalogue.has_more() && partly);
    catalogue.load.failure().is_none() && unread
}

fn view_group(desk: Desk, (name, services): Group<'_>) -> Element {
    let w = &desk.words.catalogue;
    let title = name.unwrap_or(w.other_category).to_owned();
    let count = (w.count)(services.len());
    card_group(
        title,
        count,
        services.into_iter().map(|service| card(desk, service)).collect(),
    )
}

fn card(desk: Desk, service: &BookableAppointment) -> PictureCard {
    let badge = service
        .duration
        .map(|minutes| desk.words.dates.duration(minutes.into()));
    PictureCard {
        href: Route::Times(Pick::of(service.id)).format().into(),
        title: show::title(desk.words, service.title.as_deref()).into(),
        badge: badge.unwrap_or_default().into(),
        text: service.description.clone().unwrap_or_default().into(),
        picture: show::picture(service.img_url.clone()),
    }
}

/// Nothing to show: nothing found, nothing offered, or nothing read.
fn nothing(desk: Desk, state: &State, shelf: &Shelf) -> Html {
    let w = &desk.words.catalogue;
    if let Some(failure) = state.catalogue.load.failure() {
        return failure_notice(desk, failure).into();
    }
    if *shelf == Shelf::default() {
        return empty_state(Icon::Nothing, w.empty, w.empty_hint, None).into();
    }
    let all = LinkButton::new(Route::home().format(), w.clear_search);
    let looked_for = match &shelf.category {
        Some(category) if shelf.search.is_empty() => category,
        _ => &shelf.search,
    };
    let title = (w.nothing_found)(looked_for);
    empty_state(Icon::Search, title, w.nothing_found_hint, Some(all.into())).into()
}

/// The next slice, or why the last one is missing.
fn more(desk: Desk, state: &State, some_shown: bool) -> Html {
    let load = &state.catalogue.load;
    if let Some(failure) = load.failure().filter(|_| some_shown) {
        return failure_notice(desk, failure).into();
    }
    let more = state.catalogue.has_more() && !state.catalogue.services.is_empty() && load.failure().is_none();
    more.then(|| {
        let press = desk.sends(Event::MoreServices);
        let button = Button::new(desk.words.catalogue.more, press).busy(load.is_loading());
        el("div").class("row middle").child(button)
    })
    .into()
}
