//! The times of one bookable appointment: pages of days, each behind a window of the upstream's. Only what
//! is known; reading it is `looking`.

use chrono::NaiveDate;
use perfectgym::{BookableAppointment, BookableAppointmentId, InstructorId, Slot};

use super::{Remote, Ticket};
use crate::StudioZone;
use crate::refusal::Refusal;
use crate::route::Pick;
use crate::slots::{LAST_PAGE, Offer, SlotKey, add, day_of, days_of, is_with, merge, page_of};

/// How many further windows an empty one makes us look through.
const LOOK_AHEAD: u32 = 4;

/// What is known of the times of one bookable appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// Of what.
    pub service: BookableAppointmentId,
    /// What that is.
    pub about: Remote<BookableAppointment>,
    /// The studio's day that pages are counted from.
    pub today: NaiveDate,
    /// The page of days that is shown.
    pub page: u32,
    /// The pages that were asked for. They are few: a map would be more code than all that is done with them.
    pub(super) pages: Vec<Page>,
    /// A time that is no longer what the list said, to be struck out.
    pub lost: Option<Lost>,
    /// What was refused since the member came to this screen, and is not offered again.
    pub(super) refused: Vec<SlotKey>,
}

/// The slots of one page of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) number: u32,
    pub(super) slots: Remote<Vec<Slot>>,
    /// How many of its window could not be read.
    pub(super) unreadable: usize,
}

/// A time that was refused, or has vanished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Which; without names where only an address told of it.
    pub slot: Slot,
    /// Why; `None` where it has vanished.
    pub why: Option<Refusal>,
}

/// How a time stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It can be chosen.
    Free,
    /// Somebody else has it by now.
    Taken,
    /// It cannot be booked, for another reason.
    Lost,
}

/// A time as the list of a day shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The time; what was lost of it comes last.
    pub offer: Offer,
    /// Whether it can be chosen.
    pub mark: Mark,
}

/// One day of the strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayView {
    /// The studio's day.
    pub date: NaiveDate,
    /// How many times it has; not known yet where none.
    pub count: Option<usize>,
    /// Whether it is today.
    pub is_today: bool,
}

impl Listed {
    /// Names it in its day's list, whoever gives it: the same before and after one of them is lost.
    pub fn id(&self) -> String {
        [self.offer.start.text(), "|", self.offer.end.text()].concat()
    }

    /// What choosing it picks.
    pub fn first_free(&self) -> Option<SlotKey> {
        let first = self.offer.slots.first()?;
        (self.mark == Mark::Free).then(|| SlotKey::of(first))
    }
}

impl Lost {
    /// How a time stands of which this may be a part. With somebody else it may still be had, and that one comes first.
    fn mark(&self, offer: &mut Offer) -> Mark {
        let key = SlotKey::of(&self.slot);
        let Some(at) = offer.slots.iter().position(|slot| SlotKey::of(slot) == key) else {
            return Mark::Free;
        };
        if offer.slots.len() > 1 {
            let lost = offer.slots.remove(at);
            offer.slots.push(lost);
            return Mark::Free;
        }
        match self.why {
            None | Some(Refusal::Taken) => Mark::Taken,
            Some(_) => Mark::Lost,
        }
    }
}

impl Times {
    pub(super) fn new(service: BookableAppointmentId, today: NaiveDate) -> Self {
        Self {
            service,
            about: Remote::default(),
            today,
            page: 0,
            pages: Vec::new(),
            lost: None,
            refused: Vec::new(),
        }
    }

    /// Shows the page of a day; the first one where none is picked, whatever was shown when one was here last.
    pub(super) fn show_day(&mut self, day: Option<NaiveDate>) {
        self.page = day.and_then(|day| page_of(self.today, day)).unwrap_or(0);
    }

    /// The page that has a time if any has; the shown one for a text that is no time.
    pub(super) fn page_with(&self, key: &SlotKey, zone: &StudioZone) -> u32 {
        let day = key.starts().map(|start| zone.local_of(&start).date());
        day.and_then(|day| page_of(self.today, day)).unwrap_or(self.page)
    }

    pub(super) fn outdate(&mut self) {
        self.about.unfail();
        self.pages.iter_mut().for_each(|page| page.slots.outdate());
    }

    pub(super) fn unfail(&mut self) {
        self.about.unfail();
        self.pages.iter_mut().for_each(|page| page.slots.unfail());
    }

    /// A new look at the screen begins anew.
    pub(super) fn forget_refusals(&mut self) {
        self.lost = None;
        self.refused.clear();
    }

    pub(super) fn loses(&mut self, slot: Slot, why: Option<Refusal>) {
        self.lost = Some(Lost { slot, why });
    }

    pub(super) fn page(&self, number: u32) -> Option<&Remote<Vec<Slot>>> {
        let page = self.pages.iter().find(|page| page.number == number)?;
        Some(&page.slots)
    }

    pub(super) fn page_mut(&mut self, number: u32) -> Option<&mut Remote<Vec<Slot>>> {
        let page = self.pages.iter_mut().find(|page| page.number == number)?;
        Some(&mut page.slots)
    }

    pub(super) fn is_read(&self, number: u32) -> bool {
        self.page(number).is_some_and(|slots| slots.value.is_some())
    }

    pub(super) fn is_read_by(&mut self, number: u32, ticket: Ticket) {
        if let Some(slots) = self.page_mut(number) {
            slots.loads(ticket);
            return;
        }
        let mut slots = Remote::default();
        slots.loads(ticket);
        self.pages.push(Page {
            number,
            slots,
            unreadable: 0,
        });
    }

    /// How many times of the shown days could not be read.
    pub fn unreadable(&self) -> usize {
        let shown = self.pages.iter().find(|page| page.number == self.page);
        shown.map_or(0, |page| page.unreadable)
    }

    pub(super) fn is_slow_by(&mut self, ticket: Ticket) {
        self.about.is_slow_by(ticket);
        self.pages
            .iter_mut()
            .for_each(|page| page.slots.is_slow_by(ticket));
    }

    /// The shown page, if it was asked for.
    pub fn current(&self) -> Option<&Remote<Vec<Slot>>> {
        self.page(self.page)
    }

    /// Whether reading what it is, or the shown page, takes long.
    pub fn is_slow(&self) -> bool {
        (self.about.value.is_none() && self.about.is_slow()) || self.current().is_some_and(Remote::is_slow)
    }

    /// Whether there is a page after the shown one.
    pub fn has_later(&self) -> bool {
        self.page < LAST_PAGE
    }

    /// All slots that are known, each once, in order.
    pub fn slots(&self) -> Vec<&Slot> {
        merge(self.pages.iter().filter_map(|page| page.slots.value.as_deref()))
    }

    /// The known slots of one day with one trainer.
    pub fn on_day(&self, day: NaiveDate, trainer: Option<InstructorId>, zone: &StudioZone) -> Vec<&Slot> {
        let wanted = |slot: &&Slot| day_of(slot, zone) == day && is_with(slot, trainer);
        self.slots().into_iter().filter(wanted).collect()
    }

    /// The times of one day with one trainer as the list shows them, with the lost one in its place.
    pub fn listed(&self, day: NaiveDate, trainer: Option<InstructorId>, zone: &StudioZone) -> Vec<Listed> {
        let mut slots = self.on_day(day, trainer, zone);
        let lost = self.lost.as_ref();
        let lost = lost.filter(|lost| day_of(&lost.slot, zone) == day && is_with(&lost.slot, trainer));
        if let Some(lost) = lost {
            add(&mut slots, &lost.slot);
        }
        let listed = |mut offer: Offer| {
            let mark = lost.map_or(Mark::Free, |lost| lost.mark(&mut offer));
            Listed { offer, mark }
        };
        Offer::group(slots).into_iter().map(listed).collect()
    }

    /// Whether a time is drawn as the chosen one. Where the chosen part of it is lost and somebody else still has it,
    /// it is not: it can be chosen once more.
    pub fn chosen_in(&self, listed: &Listed, pick: &Pick) -> bool {
        let Some(key) = pick.slot.as_ref().filter(|key| listed.offer.has(key)) else {
            return false;
        };
        let is_lost = self
            .lost
            .as_ref()
            .is_some_and(|lost| SlotKey::of(&lost.slot) == *key);
        !is_lost || listed.mark != Mark::Free
    }

    fn free_on_day(&self, day: NaiveDate, trainer: Option<InstructorId>, zone: &StudioZone) -> usize {
        let listed = self.listed(day, trainer, zone);
        listed.iter().filter(|listed| listed.mark == Mark::Free).count()
    }

    /// The days of the shown page.
    pub fn days(&self, trainer: Option<InstructorId>, zone: &StudioZone) -> Vec<DayView> {
        let known = self.current().is_some_and(|page| page.value.is_some());
        let view = |date| DayView {
            date,
            count: known.then(|| self.free_on_day(date, trainer, zone)),
            is_today: date == self.today,
        };
        days_of(self.today, self.page).map(view).collect()
    }

    /// The day whose times are shown: the picked one, else the first one with times, else the first.
    pub fn shown_day(&self, pick: &Pick, zone: &StudioZone) -> NaiveDate {
        let days = self.days(pick.trainer, zone);
        let picked = days.iter().find(|day| Some(day.date) == pick.day);
        let busy = days.iter().find(|day| day.count.is_some_and(|count| count > 0));
        picked
            .or(busy)
            .or(days.first())
            .map_or(self.today, |day| day.date)
    }

    /// The first known time after a day.
    pub fn next_free(
        &self,
        after: NaiveDate,
        trainer: Option<InstructorId>,
        zone: &StudioZone,
    ) -> Option<&Slot> {
        self.slots()
            .into_iter()
            .find(|slot| day_of(slot, zone) > after && is_with(slot, trainer))
    }

    /// The last day that was looked at without a gap from the shown page on.
    pub fn searched_until(&self) -> Option<NaiveDate> {
        let read = |page: &u32| self.is_read(*page);
        let last = (self.page..=LAST_PAGE).take_while(read).last()?;
        days_of(self.today, last).last()
    }

    /// Whether later windows are being read because the shown ones have nothing.
    pub fn is_looking_ahead(&self) -> bool {
        let ahead = |page: &Page| page.number > self.page && page.slots.is_loading();
        self.pages.iter().any(ahead)
    }

    /// One slot by its identity.
    pub fn find(&self, key: &SlotKey) -> Option<&Slot> {
        self.slots().into_iter().find(|slot| &SlotKey::of(slot) == key)
    }

    /// The pages to have: the shown one, the one after it, and while those from the shown day on are empty, more.
    pub(super) fn wanted(&self, pick: &Pick, zone: &StudioZone) -> Vec<u32> {
        let last = (self.page + LOOK_AHEAD).min(LAST_PAGE);
        let mut wanted = vec![self.page];
        for page in self.page..last {
            let shown = self.shown_day(pick, zone);
            let found = !self.on_day(shown, pick.trainer, zone).is_empty()
                || self.next_free(shown, pick.trainer, zone).is_some();
            let ahead_enough = page > self.page && found;
            if !self.is_read(page) || ahead_enough {
                break;
            }
            wanted.push(page + 1);
        }
        // Another day may have been looked at since the time was chosen; whether it is still there is wanted all the same.
        let chosen = pick.slot.as_ref().map(|key| self.page_with(key, zone));
        wanted.extend(chosen.filter(|page| !wanted.contains(page)));
        wanted
    }
}
