//! Looking for a time: which windows are read when, and what a tap on the strip or the filter does.

use chrono::NaiveDate;
use perfectgym::{BookableAppointment, BookableAppointmentId, InstructorId, Slot};

use super::state::unexpected;
use super::{Answer, Call, Effect, Effects, News, Remote, State, Target, Times};
use crate::route::Pick;
use crate::slots::{LAST_PAGE, SlotKey, Window, day_of, days_of};
use crate::{Failure, Route};

impl State {
    pub(super) fn known_service(
        &self,
        id: BookableAppointmentId,
        carried: Option<&BookableAppointment>,
    ) -> Remote<BookableAppointment> {
        let carried = carried.filter(|service| service.id == id);
        let known = carried.or_else(|| self.catalogue.get(id)).cloned();
        known.map_or_else(Remote::default, |service| Remote::known(service, self.now))
    }

    pub(super) fn enter_times(&mut self, pick: &Pick, fx: &mut Effects) {
        if self
            .times
            .as_ref()
            .is_none_or(|times| times.service != pick.service)
        {
            let mut times = Times::new(pick.service, self.today());
            times.about = self.known_service(pick.service, None);
            self.times = Some(times);
        }
        let chosen_day = pick
            .slot
            .as_ref()
            .and_then(SlotKey::starts)
            .map(|start| self.zone.local_of(&start).date());
        if let Some(times) = &mut self.times {
            times.show_day(pick.day.or(chosen_day));
        }
        self.enter_old(pick.instead, fx);
        self.read_about(pick.service, fx);
        self.read_pages(pick, fx);
        self.reconcile(fx);
    }

    pub(super) fn read_about(&mut self, service: BookableAppointmentId, fx: &mut Effects) {
        let wants = |times: &Times| times.about.read_at.is_none() && times.about.wants_reading(self.now);
        if self.times.as_ref().is_some_and(wants) {
            let ticket = self.call(Call::ReadService(service), fx);
            if let Some(times) = &mut self.times {
                times.about.loads(ticket);
            }
        }
    }

    pub(super) fn service_read(&mut self, id: BookableAppointmentId, result: Result<Answer, Failure>) {
        let read = result.and_then(|answer| match answer {
            Answer::Service(service) => Ok(service),
            other => unexpected(other),
        });
        let now = self.now;
        if let Some(times) = self.times.as_mut().filter(|times| times.service == id) {
            times.about.took(read, now);
        }
    }

    /// Whether times can be shown to whoever looks.
    pub fn may_see_times(&self) -> bool {
        self.session.is_in() || !self.times_need_sign_in
    }

    pub(super) fn read_pages(&mut self, pick: &Pick, fx: &mut Effects) {
        let Some(times) = self.times.as_ref().filter(|_| self.may_see_times()) else {
            return;
        };
        let unread = |page: &u32| {
            let known = times.page(*page);
            known.is_none_or(|p| p.wants_reading(self.now))
        };
        let pages: Vec<u32> = times
            .wanted(pick, &self.zone)
            .into_iter()
            .filter(unread)
            .collect();
        for page in pages {
            self.read_page(page, fx);
        }
    }

    pub(super) fn read_page(&mut self, page: u32, fx: &mut Effects) {
        let Some((service, today)) = self.times.as_ref().map(|times| (times.service, times.today)) else {
            return;
        };
        let Window { start, days_ahead } = Window::of_page(today, page);
        let ticket = self.call(
            Call::ReadSlots {
                service,
                page,
                start,
                days_ahead,
            },
            fx,
        );
        if let Some(times) = &mut self.times {
            times.is_read_by(page, ticket);
        }
    }

    pub(super) fn slots_read(
        &mut self,
        service: BookableAppointmentId,
        page: u32,
        result: Result<Answer, Failure>,
        fx: &mut Effects,
    ) {
        let read = result.and_then(|answer| match answer {
            Answer::Slots(slots) => Ok(slots),
            other => unexpected(other),
        });
        let knew_of_one = self.next_free().is_some();
        let Some(times) = self.times.as_mut().filter(|times| times.service == service) else {
            return;
        };
        let days: Vec<NaiveDate> = days_of(times.today, page).collect();
        // What a window shows of its neighbours' days may be older than what they show themselves.
        let own = |slots: Vec<Slot>| {
            slots
                .into_iter()
                .filter(|s| days.contains(&day_of(s, &self.zone)))
                .collect()
        };
        let shown = times.page == page;
        let Some(page) = times.pages.iter_mut().find(|known| known.number == page) else {
            return;
        };
        let first_time = page.slots.value.is_none();
        if let Ok(slots) = &read {
            page.unreadable = slots.unreadable;
        }
        page.slots.took(read.map(|slots| own(slots.items)), self.now);
        if shown && first_time {
            self.say_times();
        } else if !knew_of_one {
            self.say_next_free();
        }
        if let Some(pick) = self.pick().filter(|pick| pick.service == service).cloned() {
            self.read_pages(&pick, fx);
            self.reconcile(fx);
        }
    }

    fn say_times(&mut self) {
        let (Some(times), Some(pick)) = (&self.times, self.pick()) else {
            return;
        };
        let day = times.shown_day(pick, &self.zone);
        let count = times
            .days(pick.trainer, &self.zone)
            .into_iter()
            .find(|view| view.date == day);
        if let Some(count) = count.and_then(|view| view.count) {
            self.say(News::Times { day, count });
        }
    }

    /// The next free time, where the shown day has none.
    pub fn next_free(&self) -> Option<&Slot> {
        let (times, pick) = self.times.as_ref().zip(self.pick())?;
        let day = times.shown_day(pick, &self.zone);
        let is_known = times.service == pick.service && times.is_read(times.page);
        if !is_known || !times.on_day(day, pick.trainer, &self.zone).is_empty() {
            return None;
        }
        times.next_free(day, pick.trainer, &self.zone)
    }

    /// Found while further days were looked through, when the list has been said to be empty already.
    fn say_next_free(&mut self) {
        if let Some(at) = self
            .next_free()
            .map(|slot| self.zone.local_of(&slot.start_date_time))
        {
            self.say(News::NextFree(at));
        }
    }

    /// Its day is shown; what was pressed is gone with the empty one.
    pub(super) fn next_free_picked(&mut self, fx: &mut Effects) {
        if let Some(day) = self.next_free().map(|slot| day_of(slot, &self.zone)) {
            self.day_picked(day, fx);
            fx.push(Effect::Focus(Target::Times));
        }
    }

    pub(super) fn turn_page(&mut self, by: i32, fx: &mut Effects) {
        let Some(trainer) = self.pick().map(|pick| pick.trainer) else {
            return;
        };
        let Some(times) = &mut self.times else { return };
        let page = times.page.saturating_add_signed(by).min(LAST_PAGE);
        if page == times.page {
            return;
        }
        times.page = page;
        let (times, zone) = (&*times, &self.zone);
        let first = times
            .days(trainer, zone)
            .into_iter()
            .find(|day| day.count.is_some_and(|c| c > 0));
        let day = first
            .map(|day| day.date)
            .or_else(|| days_of(times.today, page).next());
        self.repick(|pick| pick.day = day, fx);
        self.say_times();
    }

    pub(super) fn day_picked(&mut self, day: NaiveDate, fx: &mut Effects) {
        self.repick(|pick| pick.day = Some(day), fx);
        self.say_times();
    }

    /// A time that the picked trainer does not give is no longer chosen.
    pub(super) fn trainer_picked(&mut self, trainer: Option<InstructorId>, fx: &mut Effects) {
        let keeps = |key: &SlotKey| trainer.is_none_or(|id| key.instructors.contains(&id));
        self.repick(
            |pick| {
                pick.trainer = trainer;
                pick.slot = pick.slot.take().filter(keeps);
            },
            fx,
        );
        self.say_times();
    }

    /// Looking around replaces the address; going back leads out of the screen, not through every tap.
    pub(super) fn repick(&mut self, change: impl FnOnce(&mut Pick), fx: &mut Effects) {
        let Route::Times(pick) = &mut self.route else {
            return;
        };
        change(pick);
        let pick = pick.clone();
        fx.push(Effect::Replace(self.route.clone()));
        self.enter_times(&pick, fx);
    }

    pub(super) fn start_days_afresh_after_midnight(&mut self) {
        let today = self.today();
        if let Some(times) = self.times.as_mut().filter(|times| times.today != today) {
            times.today = today;
            times.page = 0;
            times.pages.clear();
        }
        self.forget_slots_after_midnight();
    }

    fn forget_slots_after_midnight(&mut self) {
        let empty = self.times.as_ref().is_some_and(|times| times.pages.is_empty());
        if empty {
            self.forget(|call| matches!(call, Call::ReadSlots { .. }));
        }
    }
}
