//! One endpoint's way to the upstream: who waits for a call, who is next, and who is told to come back. Pure: the time
//! is an argument, and [`super::gate`] does the waiting.
//!
//! Bookings go first: no reader takes a call that a booking waits for, and a few calls are kept in hand for the next one.
//! Readers go in the order in which they came, and there are never more of them than can be served while they are
//! patient.

use std::collections::VecDeque;
use std::time::Duration;

use super::allowance::Want;
use super::breaker::{Breaker, Rest};
use super::endpoint::Priority;
use super::purse::Purse;
use super::rate::Rate;
use crate::bucket::Bucket;

/// Calls that are kept for bookings. More come in while the first of them are made.
const KEPT: usize = 5;
/// Nobody is told to come back later than when the upstream's own minute is over.
const LATEST: Duration = Duration::from_secs(60);

/// What an endpoint goes by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    pub(super) rate: Rate,
    pub(super) rest: Rest,
    /// What is taken beyond what is wanted, where asking costs a round trip: [`super::Allowance::batch`].
    pub(super) batch: u32,
    /// How long a reader waits.
    pub(super) patience: Duration,
    /// How long a booking waits.
    pub(super) patience_of_bookings: Duration,
}

impl Rules {
    pub(super) fn patience(&self, priority: Priority) -> Duration {
        match priority {
            Priority::Booking | Priority::Choice => self.patience_of_bookings,
            Priority::Read | Priority::Spare => self.patience,
        }
    }

    /// What is neither bookings' nor needed by all: half of what there is.
    fn spare(&self) -> Rate {
        Rate {
            a_minute: (self.rate.a_minute / 2).max(1),
            at_once: self.rate.at_once / 2,
        }
    }
}

/// Why a call is not made, and when to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Too many want the same.
    Busy(Duration),
    /// The upstream fails, and is left alone.
    Down(Duration),
}

/// A place in the line.
pub(super) type Ticket = u64;

/// See the module.
#[derive(Debug)]
pub(super) struct Lane {
    rules: Rules,
    purse: Purse,
    bookings: VecDeque<Ticket>,
    readers: VecDeque<Ticket>,
    tickets: Ticket,
    spare: Bucket,
    /// When more can be had, where there was less than was wanted.
    dry_until: Duration,
    /// Likewise, of what bookings wanted: they ask while others do not.
    dry_for_bookings_until: Duration,
    /// When the last of those who were told to come back will be served.
    told_until: Duration,
    /// Opens at a 429, for readers.
    limit: Breaker,
    /// Opens at failures, for everybody.
    down: Breaker,
}

impl Lane {
    pub(super) fn new(rules: Rules) -> Self {
        Self {
            rules,
            purse: Purse::default(),
            bookings: VecDeque::new(),
            readers: VecDeque::new(),
            tickets: 0,
            spare: Bucket::default(),
            dry_until: Duration::ZERO,
            dry_for_bookings_until: Duration::ZERO,
            told_until: Duration::ZERO,
            limit: Breaker::default(),
            down: Breaker::default(),
        }
    }

    /// Whether a call may be made now, without a place in any line: nobody waits, and there is one in hand.
    pub(super) fn at_once(&mut self, priority: Priority, now: Duration) -> Result<bool, Refusal> {
        self.closed(priority, now)?;
        let nobody_waits = self.bookings.is_empty() && self.readers.is_empty();
        if !nobody_waits || self.purse.count(now) <= kept_from(priority) {
            return Ok(false);
        }
        if priority == Priority::Spare && !self.has_spare(now) {
            return Err(self.come_back(now));
        }
        self.admit(priority, now)?;
        Ok(self.purse.spend(now))
    }

    /// A place at the end of the line, unless waiting there would be in vain.
    pub(super) fn join(&mut self, priority: Priority, now: Duration) -> Result<Ticket, Refusal> {
        self.closed(priority, now)?;
        let line = self.line(priority).len();
        let spare = priority == Priority::Spare;
        if spare && !self.has_spare(now)
            || line >= self.rules.rate.within(self.rules.patience(priority)).max(1)
        {
            return Err(self.come_back(now));
        }
        self.tickets += 1;
        let ticket = self.tickets;
        self.line(priority).push_back(ticket);
        Ok(ticket)
    }

    /// Whether a call may be made now by whoever holds that ticket, which is used up then.
    pub(super) fn step(
        &mut self,
        ticket: Ticket,
        priority: Priority,
        now: Duration,
    ) -> Result<bool, Refusal> {
        if !self.is_next(ticket, priority) || self.purse.count(now) <= kept_from(priority) {
            return Ok(false);
        }
        self.admit(priority, now)?;
        self.leave(ticket);
        Ok(self.purse.spend(now))
    }

    /// Gives a place up; one that was used up is none.
    pub(super) fn leave(&mut self, ticket: Ticket) {
        self.bookings.retain(|other| *other != ticket);
        self.readers.retain(|other| *other != ticket);
    }

    /// How many calls to take from the allowance: for all who wait, and those that are kept.
    pub(super) fn wanted(&mut self, now: Duration) -> Want {
        let (bookings, has) = (self.bookings.len(), self.purse.count(now));
        let left = has.saturating_sub(bookings);
        let missing = (self.readers.len() + KEPT).saturating_sub(left);
        let many = |calls| u32::try_from(calls).unwrap_or(u32::MAX);
        Want {
            bookings: match now < self.dry_for_bookings_until {
                true => 0,
                false => many(bookings.saturating_sub(has)),
            },
            others: match missing == 0 || now < self.dry_until {
                true => 0,
                false => many(missing).saturating_add(self.rules.batch),
            },
        }
    }

    /// Puts in hand what was granted of what was wanted.
    pub(super) fn put(&mut self, granted: u32, wanted: Want, now: Duration) {
        self.purse.put(granted, now);
        let each = self.rules.rate.each();
        if granted < wanted.bookings {
            self.dry_for_bookings_until = now + each;
        }
        if granted < wanted.all() {
            self.dry_until = now + each * self.rules.batch.max(1);
        }
    }

    /// Another proxy met a 429: its minute is over then.
    pub(super) fn closed_for(&mut self, pause: Duration, now: Duration) {
        self.limit.open_for(pause, now);
    }

    /// For whoever is not served: when they would be, if everybody who was told before them came back. So they do not
    /// come back all at once.
    pub(super) fn come_back(&mut self, now: Duration) -> Refusal {
        let each = self.rules.rate.each();
        let waiting = u32::try_from(self.bookings.len() + self.readers.len()).unwrap_or(u32::MAX);
        let latest = now + LATEST;
        self.told_until = (self.told_until.max(now + each.saturating_mul(waiting)) + each).min(latest);
        Refusal::Busy(self.told_until - now)
    }

    /// An answer, whatever it said, to a call that began at `begun`; `refused_for` where it was a 429.
    pub(super) fn answered(&mut self, begun: Duration, refused_for: Option<Duration>, now: Duration) {
        self.down.answered(begun);
        match refused_for {
            Some(pause) => self.limit.open_for(pause, now),
            None => self.limit.answered(begun),
        }
    }

    /// No answer, or one that says that the upstream is broken.
    pub(super) fn failed(&mut self, begun: Duration, now: Duration) {
        self.down.failed(self.rules.rest, begun, now);
    }

    /// A 429 holds readers back and no booking: one that is refused did nothing, and one that is not was not delayed, and
    /// shows that the minute is over.
    fn closed(&self, priority: Priority, now: Duration) -> Result<(), Refusal> {
        if let Some(left) = self.down.opens_in(now) {
            return Err(Refusal::Down(left));
        }
        match self.limit.opens_in(now) {
            Some(left) if priority.is_read() => Err(Refusal::Busy(left)),
            _ => Ok(()),
        }
    }

    fn admit(&mut self, priority: Priority, now: Duration) -> Result<(), Refusal> {
        self.closed(priority, now)?;
        let rest = self.rules.rest;
        if priority.is_read() {
            self.limit.admit(rest, now).map_err(Refusal::Busy)?;
        }
        self.down.admit(rest, now).map_err(Refusal::Down)
    }

    fn has_spare(&mut self, now: Duration) -> bool {
        let nobody_waits = self.bookings.is_empty() && self.readers.is_empty();
        nobody_waits && self.spare.take(self.rules.spare(), 1, now) == 1
    }

    fn is_next(&self, ticket: Ticket, priority: Priority) -> bool {
        match priority {
            Priority::Booking => self.bookings.front() == Some(&ticket),
            Priority::Choice | Priority::Read | Priority::Spare => {
                self.bookings.is_empty() && self.readers.front() == Some(&ticket)
            }
        }
    }

    fn line(&mut self, priority: Priority) -> &mut VecDeque<Ticket> {
        match priority {
            Priority::Booking => &mut self.bookings,
            Priority::Choice | Priority::Read | Priority::Spare => &mut self.readers,
        }
    }
}

/// How many calls are left in hand, for others than those.
fn kept_from(priority: Priority) -> usize {
    if priority == Priority::Booking { 0 } else { KEPT }
}

#[cfg(test)]
mod tests;
