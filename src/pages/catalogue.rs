//! What the studio offers: search, categories, cards.

use booking::Route;
use booking::flow::{Event, Remote, State};
use booking::route::{Pick, Shelf};
use leptos::prelude::*;
use perfectgym::BookableAppointment;

use super::failure::{FailureNotice, SlowLine};
use super::show;
use crate::desk::Desk;
use crate::ui::{
    Button, CardGroup, CardSkeletons, ChipLink, ChipLinks, EmptyState, Hero, Icon, LinkButton, PictureCard,
    SearchForm,
};

/// Cards in a first drawing, while nothing is known yet.
const SKELETONS: usize = 6;

/// The catalogue.
#[component]
pub fn Catalogue() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.catalogue;
    let search = desk.text(|state| shelf(state).search);
    let kept = desk.watch(|state| {
        shelf(state)
            .category
            .map(|c| ("category".to_owned(), c))
            .into_iter()
            .collect()
    });
    let searched = Callback::new(move |text| desk.send(Event::Searched(text)));
    view! {
        <Hero title=w.heading>
            <SearchForm
                action="/"
                name="q"
                label=w.search
                submit=w.search_submit
                value=search
                kept=kept
                on_input=searched
                on_submit=searched
            />
        </Hero>
        <Categories />
        <Cards />
        <More />
    }
}

fn shelf(state: &State) -> Shelf {
    match &state.route {
        Route::Catalogue(shelf) => shelf.clone(),
        _ => Shelf::default(),
    }
}

/// Links, so that they work before the app has started, and can be shared.
#[component]
fn Categories() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.catalogue;
    let categories = desk.watch(|state| {
        state
            .catalogue
            .categories()
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let chip = move |category: Option<String>| {
        let text = category.clone().unwrap_or_else(|| w.all_categories.to_owned());
        let wanted = category.clone();
        let current = desk.watch(move |state| shelf(state).category == wanted);
        let href = desk.text(move |state| {
            let search = shelf(state).search;
            Route::Catalogue(Shelf {
                search,
                category: category.clone(),
            })
            .format()
        });
        view! { <ChipLink href=href text=text current=current /> }
    };
    move || {
        let categories = categories.get();
        (categories.len() > 1).then(|| {
            let all = std::iter::once(None).chain(categories.into_iter().map(Some));
            view! { <ChipLinks label=w.categories_label>{all.map(chip).collect_view()}</ChipLinks> }
        })
    }
}

type Group = (Option<String>, Vec<BookableAppointment>);

fn groups(state: &State) -> Vec<Group> {
    let shelf = shelf(state);
    let owned = |(name, services): (Option<&str>, Vec<&BookableAppointment>)| {
        (name.map(str::to_owned), services.into_iter().cloned().collect())
    };
    state.catalogue.on(&shelf).into_iter().map(owned).collect()
}

#[component]
fn Cards() -> impl IntoView {
    let desk = Desk::here();
    let shown = desk.watch(|state| (groups(state), waits(state)));
    move || match shown.get() {
        (groups, _) if !groups.is_empty() => groups
            .into_iter()
            .enumerate()
            .map(|(at, group)| view_group(desk, at, group))
            .collect_view()
            .into_any(),
        (_, true) => view! { <CardSkeletons count=SKELETONS /> }.into_any(),
        (_, false) => view! { <Nothing /> }.into_any(),
    }
}

/// Whether there may be something to show that has not been read yet.
fn waits(state: &State) -> bool {
    let load = &state.catalogue.load;
    load.failure().is_none()
        && (!state.catalogue.is_known() || (load.is_loading() && state.catalogue.has_more()))
}

fn view_group(desk: Desk, at: usize, (name, services): Group) -> impl IntoView {
    let w = &desk.words.catalogue;
    let title = name.unwrap_or_else(|| w.other_category.to_owned());
    let count = (w.count)(services.len());
    let cards = services
        .into_iter()
        .map(|service| card(desk, service))
        .collect_view();
    view! { <CardGroup id=format!("group-{at}") title=title count=count>{cards}</CardGroup> }
}

fn card(desk: Desk, service: BookableAppointment) -> impl IntoView {
    let href = Route::Times(Pick::of(service.id)).format();
    let title = show::title(desk.words, service.title.as_deref());
    let badge = service
        .duration
        .map(|minutes| desk.words.dates.duration(minutes.into()))
        .unwrap_or_default();
    let picture = show::picture(service.img_url);
    view! {
        <PictureCard href=href title=title badge=badge text=service.description.unwrap_or_default() picture=picture />
    }
}

/// Nothing to show: nothing found, nothing offered, or nothing read.
#[component]
fn Nothing() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.catalogue;
    let why = desk.watch(|state| (state.catalogue.load.failure().cloned(), shelf(state)));
    move || match why.get() {
        (Some(failure), _) => view! { <FailureNotice failure /> }.into_any(),
        (None, shelf) if shelf == Shelf::default() => {
            view! { <EmptyState icon=Icon::Nothing title=w.empty text=w.empty_hint /> }.into_any()
        }
        (None, shelf) => view! {
            <EmptyState icon=Icon::Search title=(w.nothing_found)(&shelf.search) text=w.nothing_found_hint>
                <LinkButton href=Route::home().format() text=w.clear_search />
            </EmptyState>
        }
        .into_any(),
    }
}

/// The next slice, or why the last one is missing.
#[component]
fn More() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.catalogue;
    let slow = desk.watch(|state| state.catalogue.load.is_slow());
    let busy = desk.watch(|state| state.catalogue.load.is_loading());
    let more = desk.watch(|state| state.catalogue.has_more() && !state.catalogue.services.is_empty());
    let failure = desk.watch(|state| {
        let load: &Remote<()> = &state.catalogue.load;
        load.failure().filter(|_| !groups(state).is_empty()).cloned()
    });
    view! {
        <SlowLine slow=slow />
        {move || failure.get().map(|failure| view! { <FailureNotice failure /> })}
        {move || {
            (more.get() && failure.read().is_none()).then(|| view! {
                <div class="row middle">
                    <Button text=w.more busy=busy on_press=desk.sends(Event::MoreServices) />
                </div>
            })
        }}
    }
}
