//! The figures of a rush.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::counter::Endpoint;
use super::guest::Met;

/// The upstream's own limit, a minute and endpoint.
const LIMIT: usize = 1000;
const LONGEST_DELAY: Duration = Duration::from_secs(2);

/// What a rush came to.
#[derive(Debug, Default)]
pub struct Report {
    /// Who opened the app.
    pub members: usize,
    /// Calls of each endpoint: in all, and the most in a minute.
    pub upstream: BTreeMap<Endpoint, (usize, usize)>,
    /// Answers by status.
    pub statuses: BTreeMap<u16, usize>,
    pages: Vec<Duration>,
    times: Vec<Duration>,
    delays: Vec<Duration>,
    told_to_come_back: usize,
    booked: usize,
    not_booked: usize,
    /// Memory of the proxy at its end, in kB.
    pub memory: Option<u64>,
}

impl Report {
    /// Adds what one of them met.
    pub(super) fn add(&mut self, met: Met) {
        self.members += 1;
        self.told_to_come_back += usize::from(met.booked.is_some() && met.statuses.contains(&503));
        for status in met.statuses {
            *self.statuses.entry(status).or_default() += 1;
        }
        self.pages.extend(met.page);
        self.times.extend(met.times);
        self.delays.extend(met.delay);
        match met.booked {
            Some(true) => self.booked += 1,
            Some(false) => self.not_booked += 1,
            None => {}
        }
    }

    /// Whether the upstream's limit was kept, no booking was late, and everybody who wanted to book did.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.upstream.values().all(|(_, most)| *most <= LIMIT)
            && self.delays.iter().all(|delay| *delay <= LONGEST_DELAY)
            && !self.statuses.contains_key(&429)
            && self.booked > 0
            && self.not_booked == 0
    }
}

/// The value below which that share of them lies.
fn share(of: &[Duration], percent: usize) -> Duration {
    let mut sorted = of.to_vec();
    sorted.sort_unstable();
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}

fn line(f: &mut fmt::Formatter<'_>, what: &str, of: &[Duration]) -> fmt::Result {
    let [half, most, all] = [50, 99, 100].map(|percent| share(of, percent).as_millis());
    writeln!(
        f,
        "{what}: {} in all, half within {half} ms, 99 % within {most} ms, all within {all} ms",
        of.len()
    )
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} members opened the app; {} booked, {} did not",
            self.members, self.booked, self.not_booked
        )?;
        for ((method, path), (all, most)) in &self.upstream {
            writeln!(
                f,
                "upstream {method} {path}: {all} calls, at most {most} in a minute"
            )?;
        }
        writeln!(f, "answers by status: {:?}", self.statuses)?;
        line(f, "pages", &self.pages)?;
        line(f, "times", &self.times)?;
        line(f, "bookings, beyond what the studio took", &self.delays)?;
        let late = self.delays.iter().filter(|delay| **delay > LONGEST_DELAY).count();
        writeln!(
            f,
            "bookings later than 2 s: {late}; told to come back on the way: {}",
            self.told_to_come_back
        )?;
        if let Some(kb) = self.memory {
            writeln!(f, "memory of the proxy: {} MB", kb / 1024)?;
        }
        write!(f, "{}", if self.is_kept() { "kept" } else { "NOT KEPT" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn booked(delay: u64, statuses: &[u16]) -> Met {
        Met {
            statuses: statuses.to_vec(),
            delay: Some(Duration::from_millis(delay)),
            booked: Some(true),
            ..Met::default()
        }
    }

    #[test]
    fn a_late_booking_a_raw_429_and_a_call_too_many_each_break_it() {
        let of = |met| {
            let mut report = Report::default();
            report.add(met);
            report
        };
        assert!(of(booked(2000, &[200, 503])).is_kept());
        assert!(!of(booked(2001, &[200])).is_kept());
        assert!(!of(booked(10, &[429])).is_kept());
        let mut many = of(booked(10, &[200]));
        many.upstream.insert(("GET", "/x"), (3000, 1001));
        assert!(!many.is_kept());
        assert!(!Report::default().is_kept(), "nobody came");
    }

    #[test]
    fn shares_are_of_those_in_order() {
        let of: Vec<_> = (1..=100).rev().map(Duration::from_millis).collect();
        assert_eq!(share(&of, 50), Duration::from_millis(51));
        assert_eq!(share(&of, 100), Duration::from_millis(100));
        assert_eq!(share(&[], 99), Duration::ZERO);
    }
}
