//! What the studio offers: read slice by slice, as it is needed.

use perfectgym::{BookableAppointment, BookableAppointmentId, Slice, Walk};

use super::state::unexpected;
use super::{Answer, Call, Effect, Effects, News, Remote, State, Target};
use crate::boot::walk_of_catalogue;
use crate::route::Shelf;
use crate::{Boot, Failure, Route};

/// The catalogue as far as it has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// In the upstream's order, each once.
    pub services: Vec<BookableAppointment>,
    /// How reading goes; its value says nothing, the services are beside it.
    pub load: Remote<()>,
    walk: Walk,
    /// The slice that is being read was asked for with a press.
    pub(super) more_asked: bool,
    /// The shelf whose count was said last.
    told: Option<Shelf>,
}

impl Catalogue {
    /// The catalogue with the slice that the page carries.
    pub(super) fn new(boot: &Boot) -> Self {
        let mut catalogue = Self {
            services: Vec::new(),
            load: Remote::default(),
            walk: walk_of_catalogue(),
            more_asked: false,
            told: None,
        };
        if let Some(slice) = &boot.catalogue {
            catalogue.took(slice);
            catalogue.load = Remote::known((), boot.now);
            catalogue.load.as_of = boot.as_of;
        }
        catalogue
    }

    /// Whether there is more to read.
    pub fn has_more(&self) -> bool {
        !self.walk.is_over()
    }

    /// Whether anything has been read yet.
    pub fn is_known(&self) -> bool {
        self.load.value.is_some()
    }

    /// The categories, in the order in which they first come; what has none is in none.
    pub fn categories(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for category in self.services.iter().filter_map(|s| s.category.as_deref()) {
            if !found.contains(&category) {
                found.push(category);
            }
        }
        found
    }

    /// What is on a shelf, by category: the groups in the order in which they first come, the one without a name last.
    pub fn on(&self, shelf: &Shelf) -> Vec<(Option<&str>, Vec<&BookableAppointment>)> {
        let shown: Vec<_> = self.services.iter().filter(|s| fits(s, shelf)).collect();
        let of = |category: Option<&str>| -> Vec<&BookableAppointment> {
            shown
                .iter()
                .copied()
                .filter(|s| s.category.as_deref() == category)
                .collect()
        };
        let names = self.categories().into_iter().map(Some).chain([None]);
        names
            .map(|name| (name, of(name)))
            .filter(|(_, services)| !services.is_empty())
            .collect()
    }

    /// One of them.
    pub fn get(&self, id: BookableAppointmentId) -> Option<&BookableAppointment> {
        self.services.iter().find(|s| s.id == id)
    }

    fn took(&mut self, slice: &Slice<BookableAppointment>) {
        self.walk.took(slice);
        for service in &slice.result.items {
            if self.get(service.id).is_none() {
                self.services.push(service.clone());
            }
        }
    }
}

/// Every word that was typed is in title, category or description.
fn fits(service: &BookableAppointment, shelf: &Shelf) -> bool {
    if shelf.category.is_some() && service.category != shelf.category {
        return false;
    }
    let mut text = String::new();
    for part in [&service.title, &service.category, &service.description]
        .into_iter()
        .flatten()
    {
        text.extend(part.chars().map(small));
        text.push(' ');
    }
    let search: String = shelf.search.chars().map(small).collect();
    search.split_whitespace().all(|word| text.contains(word))
}

/// The small letter of a large one, in the scripts a studio writes in. The standard library's table of every script there
/// is would be 11 kB of the browser's bundle.
fn small(letter: char) -> char {
    let code = u32::from(letter);
    let code = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => code + 32,
        'Ѐ'..='Џ' => code + 80,
        // Pairs, the large one first: on an even number, or on an odd one.
        'Ā'..='į' | 'Ĳ'..='ķ' | 'Ŋ'..='ŷ' => code | 1,
        'Ĺ'..='ň' | 'Ź'..='ž' => code + (code & 1),
        _ => code,
    };
    char::from_u32(code).unwrap_or(letter)
}

impl State {
    /// On the catalogue: reads what is missing. A shelf that is only part of the catalogue needs all of it, and
    /// that there is nothing can be said at the end alone.
    pub(super) fn enter_catalogue(&mut self, shelf: &Shelf, fx: &mut Effects) {
        let has_some = *shelf == Shelf::default() && !self.catalogue.services.is_empty();
        let known = self.catalogue.is_known() && (has_some || !self.catalogue.has_more());
        if known {
            self.say_found(shelf);
        } else if !self.catalogue.load.has_just_failed(self.now) {
            self.more_services(fx);
        }
    }

    /// How many there are of what was looked for, once for each shelf. The whole catalogue is no finding.
    fn say_found(&mut self, shelf: &Shelf) {
        if self.catalogue.told.as_ref() == Some(shelf) {
            return;
        }
        self.catalogue.told = Some(shelf.clone());
        if *shelf != Shelf::default() {
            let found = self.catalogue.services.iter().filter(|s| fits(s, shelf)).count();
            self.say(News::Found(found));
        }
    }

    pub(super) fn more_services_asked(&mut self, fx: &mut Effects) {
        self.catalogue.more_asked = true;
        self.more_services(fx);
    }

    pub(super) fn more_services(&mut self, fx: &mut Effects) {
        if self.catalogue.load.is_loading() {
            return;
        }
        if let Some(slice) = self.catalogue.walk.next() {
            let ticket = self.call(Call::ReadCatalogue(slice), fx);
            self.catalogue.load.loads(ticket);
        }
    }

    pub(super) fn slice_read(&mut self, result: Result<Answer, Failure>, fx: &mut Effects) {
        let read = result.and_then(|answer| match answer {
            Answer::Catalogue(slice) => Ok(slice),
            other => unexpected(other),
        });
        if let Ok(slice) = &read {
            self.catalogue.took(slice);
        }
        let went_well = read.is_ok();
        self.catalogue.load.took(read.map(|_| ()), self.now);
        let asked = std::mem::take(&mut self.catalogue.more_asked);
        // The button that was pressed is gone when there is no more, or no more to be had.
        if asked && !(went_well && self.catalogue.has_more()) {
            fx.push(Effect::Focus(Target::Heading));
        }
        if let (true, Route::Catalogue(shelf)) = (went_well, self.route.clone()) {
            self.enter_catalogue(&shelf, fx);
        }
    }

    /// Whether a link to the whole catalogue takes itself off the screen: that of a search, or of nothing found. The
    /// categories stay where they are.
    pub(super) fn is_cleared_by_going_home(&self) -> bool {
        let Route::Catalogue(shelf) = &self.route else {
            return false;
        };
        !shelf.search.is_empty() || !self.catalogue.services.iter().any(|s| fits(s, shelf))
    }

    /// Words are typed letter by letter: the address follows, the history does not grow.
    pub(super) fn searched(&mut self, words: String, fx: &mut Effects) {
        self.reshelve(|shelf| shelf.search = words, Effect::Replace, fx);
    }

    pub(super) fn category_picked(&mut self, category: Option<String>, fx: &mut Effects) {
        self.reshelve(|shelf| shelf.category = category, Effect::Push, fx);
    }

    fn reshelve(&mut self, change: impl FnOnce(&mut Shelf), go: fn(Route) -> Effect, fx: &mut Effects) {
        let Route::Catalogue(shelf) = &mut self.route else {
            return;
        };
        change(shelf);
        self.catalogue.more_asked = false;
        let shelf = shelf.clone();
        fx.push(go(self.route.clone()));
        self.enter_catalogue(&shelf, fx);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_the_languages_around_are_found_large_and_small() {
        let all = ('A'..='ſ').chain('Α'..='ω').chain('Ѐ'..='џ');
        // Two that become another number of letters, or one of another script.
        for letter in all.filter(|letter| !['İ', 'Ÿ'].contains(letter)) {
            let known: Vec<char> = letter.to_lowercase().collect();
            assert_eq!(vec![small(letter)], known, "{letter}");
        }
    }
}
