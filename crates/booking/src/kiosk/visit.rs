//! Whether somebody is there: a kiosk asks before it goes on to the next, and waits as often as it is told to (WCAG 2.2.1).

use chrono::{DateTime, TimeDelta, Utc};

/// How long it counts down before it ends a visit, in seconds.
const ASKS: i64 = 20;
/// Likewise for whoever has asked for more time.
const ASKS_LONGER: i64 = 60;
/// Whoever has asked for more time has so many times as much.
const MORE_TIME: i64 = 3;
/// So long what was booked is shown, in seconds.
const SHOWS: i64 = 15;

/// What the kiosk does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// Nothing.
    Quiet,
    /// Asks whether somebody is still there; seconds that are left.
    Asks(i64),
    /// It is done and will go on by itself; seconds that are left.
    Leaves(i64),
    /// Nobody is there any more.
    Over,
}

/// What somebody is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Nothing: it is as the next one should find it.
    Nothing,
    /// Anything.
    Something,
    /// Nothing but reading why a card was not taken.
    Refused,
    /// Looking at what was just booked.
    Booked,
}

/// One member's time at the kiosk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Larger text and more time.
    pub assisted: bool,
    /// What was booked stays, as somebody wanted it to.
    stays: bool,
    touched_at: DateTime<Utc>,
    /// The last touch, while it is not put back to where it begins.
    scrolled_at: Option<DateTime<Utc>>,
    /// Since when what was booked is shown.
    booked_at: Option<DateTime<Utc>>,
}

impl Visit {
    /// Begins with whoever comes.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self {
            assisted: false,
            stays: false,
            touched_at: now,
            scrolled_at: None,
            booked_at: None,
        }
    }

    /// A touch or a key.
    pub fn touched(&mut self, now: DateTime<Utc>) {
        self.touched_at = now;
        self.scrolled_at = Some(now);
    }

    /// Whether the start screen is to be shown from its top again: whoever looked at it has gone. True once.
    pub fn is_to_begin_anew(&mut self, doing: Doing, idle_seconds: u32, now: DateTime<Utc>) -> bool {
        let gone = |at: DateTime<Utc>| seconds(now - at) >= i64::from(idle_seconds) || now < at;
        doing == Doing::Nothing && self.scrolled_at.take_if(|at| gone(*at)).is_some()
    }

    /// What was booked is to stay on the screen: it is asked as anywhere else.
    pub fn stay(&mut self, now: DateTime<Utc>) {
        self.stays = true;
        self.touched(now);
    }

    /// A moment has passed.
    pub fn goes_on(&mut self, doing: Doing, now: DateTime<Utc>) {
        // A clock that was set back would keep somebody there for hours.
        self.touched_at = self.touched_at.min(now);
        match doing {
            Doing::Booked => {
                let since = self.booked_at.map_or(now, |at| at.min(now));
                self.booked_at = Some(since);
            }
            Doing::Nothing | Doing::Something | Doing::Refused => {
                (self.booked_at, self.stays) = (None, false)
            }
        }
        if doing == Doing::Nothing {
            self.touched_at = now;
        }
    }

    /// What to do about it; `idle_seconds` as the operator has it.
    pub fn watch(&self, doing: Doing, idle_seconds: u32, now: DateTime<Utc>) -> Watch {
        match (doing, self.booked_at) {
            (Doing::Nothing, _) => Watch::Quiet,
            // Nobody loses anything by it, so nobody is asked.
            (Doing::Refused, _) if seconds(now - self.touched_at) < SHOWS => Watch::Quiet,
            (Doing::Refused, _) => Watch::Over,
            (Doing::Booked, Some(since)) if !self.stays => self.leaves(since, now),
            _ => self.asks(idle_seconds, now),
        }
    }

    fn leaves(&self, since: DateTime<Utc>, now: DateTime<Utc>) -> Watch {
        let shows = if self.assisted { SHOWS * MORE_TIME } else { SHOWS };
        match shows - seconds(now - since) {
            left @ 1.. => Watch::Leaves(left),
            _ => Watch::Over,
        }
    }

    fn asks(&self, idle_seconds: u32, now: DateTime<Utc>) -> Watch {
        let (idle, asks) = match self.assisted {
            true => (i64::from(idle_seconds) * MORE_TIME, ASKS_LONGER),
            false => (i64::from(idle_seconds), ASKS),
        };
        let since = seconds(now - self.touched_at);
        match idle + asks - since {
            _ if since < idle => Watch::Quiet,
            left @ 1.. => Watch::Asks(left),
            _ => Watch::Over,
        }
    }
}

/// Whole ones that have passed.
fn seconds(passed: TimeDelta) -> i64 {
    passed.num_seconds()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: fn(i64) -> DateTime<Utc> = |s| DateTime::from_timestamp(1_764_000_000 + s, 0).unwrap();

    fn after(visit: &mut Visit, doing: Doing, seconds: i64) -> Watch {
        visit.goes_on(doing, AT(seconds));
        visit.watch(doing, 60, AT(seconds))
    }

    #[test]
    fn it_asks_for_twenty_seconds_before_it_ends_anything() {
        let mut visit = Visit::new(AT(0));
        let watches = [59, 60, 61, 79, 80].map(|s| after(&mut visit, Doing::Something, s));
        use Watch::{Asks, Over, Quiet};
        assert_eq!(watches, [Quiet, Asks(20), Asks(19), Asks(1), Over]);
    }

    #[test]
    fn any_touch_goes_on_as_often_as_wanted() {
        let mut visit = Visit::new(AT(0));
        for round in 1..50 {
            let now = round * 79;
            assert_eq!(
                after(&mut visit, Doing::Something, now),
                Watch::Asks(1),
                "{round}"
            );
            visit.touched(AT(now));
            assert_eq!(after(&mut visit, Doing::Something, now), Watch::Quiet);
        }
    }

    #[test]
    fn whoever_needs_more_time_has_three_times_as_much() {
        let mut visit = Visit::new(AT(0));
        visit.assisted = true;
        let watches = [179, 180, 239, 240].map(|s| after(&mut visit, Doing::Something, s));
        assert_eq!(
            watches,
            [Watch::Quiet, Watch::Asks(60), Watch::Asks(1), Watch::Over]
        );
        assert_eq!(after(&mut visit, Doing::Booked, 300), Watch::Leaves(45));
    }

    #[test]
    fn nobody_there_is_asked_for_nothing() {
        let mut visit = Visit::new(AT(0));
        assert_eq!(after(&mut visit, Doing::Nothing, 86_400 * 9), Watch::Quiet);
        // Whoever comes after days has their minute.
        assert_eq!(after(&mut visit, Doing::Something, 86_400 * 9 + 59), Watch::Quiet);
    }

    #[test]
    fn what_was_booked_goes_by_itself_unless_it_is_to_stay() {
        let mut visit = Visit::new(AT(0));
        assert_eq!(after(&mut visit, Doing::Booked, 10), Watch::Leaves(15));
        visit.touched(AT(20));
        assert_eq!(after(&mut visit, Doing::Booked, 24), Watch::Leaves(1));
        let mut left = visit.clone();
        assert_eq!(after(&mut left, Doing::Booked, 25), Watch::Over);
        visit.stay(AT(24));
        assert_eq!(after(&mut visit, Doing::Booked, 83), Watch::Quiet);
        assert_eq!(after(&mut visit, Doing::Booked, 84), Watch::Asks(20));
        // Another one is shown anew.
        assert_eq!(after(&mut visit, Doing::Something, 85), Watch::Asks(19));
        visit.touched(AT(86));
        assert_eq!(after(&mut visit, Doing::Booked, 86), Watch::Leaves(15));
    }

    #[test]
    fn a_start_screen_that_somebody_left_half_way_down_begins_anew() {
        let mut visit = Visit::new(AT(0));
        let anew = |visit: &mut Visit, doing, s| visit.is_to_begin_anew(doing, 60, AT(s));
        assert!(!anew(&mut visit, Doing::Nothing, 500));
        visit.touched(AT(500));
        assert!(!anew(&mut visit, Doing::Nothing, 559) && !anew(&mut visit, Doing::Something, 560));
        assert!(anew(&mut visit, Doing::Nothing, 560) && !anew(&mut visit, Doing::Nothing, 561));
    }

    #[test]
    fn a_card_that_was_not_taken_is_no_news_to_the_next() {
        let mut visit = Visit::new(AT(0));
        let watches = [0, 14, 15].map(|s| after(&mut visit, Doing::Refused, s));
        assert_eq!(watches, [Watch::Quiet, Watch::Quiet, Watch::Over]);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_there() {
        let mut visit = Visit::new(AT(7_200));
        assert_eq!(after(&mut visit, Doing::Something, 0), Watch::Quiet);
        assert_eq!(after(&mut visit, Doing::Something, 80), Watch::Over);
    }
}
