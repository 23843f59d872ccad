//! How long a call to the upstream may take, how many there may be, and how long an answer is kept.

use std::ops::RangeInclusive;
use std::time::Duration;

use chrono::TimeDelta;

use super::Upstream;
use super::source::{ConfigError, Source};
use crate::upstream::{Rate, Rest};

/// Calls a minute that an endpoint of the upstream takes.
const UPSTREAMS: u32 = 1000;
/// What may be said instead. Below, bookings would wait for each other; above is no limit that a tenant has.
const A_MINUTE: RangeInclusive<u32> = 100..=10_000;
/// What stands on this machine is no tenant: a gateway that counts for itself, or a benchmark.
const A_MINUTE_ON_LOOPBACK: RangeInclusive<u32> = 100..=100_000_000;

/// Time-outs, budget, caches, and the pauses of looking up a booking whose answer was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// To reach the upstream at all.
    pub connect: Duration,
    /// For a read, with everything that is tried again.
    pub read: Duration,
    /// For what a page is drawn from. One that waits longer is slower than one that the app fills in later.
    pub page: Duration,
    /// For validate, book and delete. Longer: giving up early on a booking leaves everybody uncertain.
    pub write: Duration,
    /// The pauses before each look at the member's bookings after an answer was lost.
    pub looks: Vec<Duration>,
    /// How long after the last sign of life a booking that is not in the list counts as not made.
    pub settled_after: TimeDelta,
    /// How often an upstream that is known to be down, or to refuse the key, is asked whether it still does.
    pub look_again: Duration,
    /// How long a request waits for another process that works on the same, and how often it looks meanwhile.
    pub patience: Duration,
    /// See [`Limits::patience`].
    pub poll: Duration,
    /// How often attempts that were left open are looked up.
    pub settle: Duration,
    /// How often what nobody needs any more is forgotten.
    pub sweep: Duration,
    /// How often counts that are over are forgotten.
    pub forget_counts: Duration,
    /// Calls to each endpoint of the upstream. It refuses everybody for a minute beyond its limit in one; see
    /// [`within`].
    pub budget: Rate,
    /// How long a reader waits for a call.
    pub patience_of_readers: Duration,
    /// How long a booking does.
    pub patience_of_bookings: Duration,
    /// When an endpoint that fails is left alone, and for how long.
    pub rest: Rest,
    /// How long what can be booked counts as fresh. Zero: nothing is kept.
    pub cache_catalogue: Duration,
    /// How long free times do. Zero: nothing is kept.
    pub cache_slots: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let ms = Duration::from_millis;
        Self {
            connect: ms(3000),
            read: ms(10_000),
            page: ms(1500),
            write: ms(25_000),
            looks: vec![ms(300), ms(1000), ms(2500)],
            settled_after: TimeDelta::seconds(20),
            look_again: Duration::from_secs(10),
            patience: ms(8000),
            poll: ms(150),
            settle: Duration::from_secs(60),
            sweep: Duration::from_secs(24 * 60 * 60),
            forget_counts: Duration::from_secs(5 * 60),
            budget: within(UPSTREAMS),
            patience_of_readers: ms(1500),
            patience_of_bookings: ms(2000),
            rest: Rest {
                after: 10,
                first: ms(2000),
                longest: ms(30_000),
                try_lasts: ms(10_000),
            },
            cache_catalogue: ms(30_000),
            cache_slots: ms(5000),
        }
    }
}

impl Limits {
    /// How long a booking may take: waiting for another process that works on the same, its service's title, a look for an earlier attempt, validation, the call itself, and
    /// the looks for it where its answer was lost. All other requests take less.
    pub fn longest_request(&self) -> Duration {
        let earlier = self.read + self.write;
        let looks: Duration = self.looks.iter().map(|pause| *pause + self.read).sum();
        self.patience + self.read + earlier + self.write * 2 + looks
    }

    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let default = Self::default();
        Ok(Self {
            connect: seconds(from, "timeout_connect", 1..=120, default.connect)?,
            read: seconds(from, "timeout_read", 1..=120, default.read)?,
            write: seconds(from, "timeout_write", 1..=120, default.write)?,
            budget: within(a_minute(from)?),
            cache_catalogue: seconds(from, "cache_catalogue", 0..=3600, default.cache_catalogue)?,
            cache_slots: seconds(from, "cache_slots", 0..=60, default.cache_slots)?,
            ..default
        })
    }
}

/// What keeps every minute below an upstream's limit: with what [`crate::upstream::LASTS`] adds, none of ours has more
/// than 99 of 100.
fn within(limit: u32) -> Rate {
    let of_hundred = |part: u32| u32::try_from(u64::from(limit) * u64::from(part) / 100).unwrap_or(u32::MAX);
    Rate {
        a_minute: of_hundred(84),
        at_once: of_hundred(8),
    }
}

fn a_minute(from: &Source) -> Result<u32, ConfigError> {
    let here = Upstream::read(from)?.is_some_and(|upstream| upstream.is_on_loopback());
    let bounds = if here { A_MINUTE_ON_LOOPBACK } else { A_MINUTE };
    let wants = format!(
        "write how many calls a minute it takes, from {} to {}",
        bounds.start(),
        bounds.end()
    );
    from.within("upstream_a_minute", &wants, bounds, UPSTREAMS)
}

fn seconds(
    from: &Source,
    name: &str,
    bounds: RangeInclusive<u64>,
    default: Duration,
) -> Result<Duration, ConfigError> {
    let wants = format!("write whole seconds from {} to {}", bounds.start(), bounds.end());
    from.within(name, &wants, bounds, default.as_secs())
        .map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_request_is_as_long_as_the_operator_was_told() {
        // docs/operate.md says 140 seconds, for whoever sets a service manager's patience by it.
        assert_eq!(
            Limits::default().longest_request(),
            Duration::from_millis(136_800)
        );
    }

    #[test]
    fn no_minute_has_the_upstreams_thousand() {
        // What was taken before the minute began may be made within it.
        let lasts = u32::try_from(crate::upstream::LASTS.as_secs()).unwrap();
        for limit in [100, 137, 600, 1000, 10_000] {
            let Rate { a_minute, at_once } = within(limit);
            assert!(at_once + a_minute * (60 + lasts) / 60 <= limit, "{limit}");
            assert!(at_once >= 8, "some for a booking whatever the limit");
        }
        assert_eq!(
            Limits::default().budget,
            Rate {
                a_minute: 840,
                at_once: 80
            }
        );
    }

    fn limits(url: &str, a_minute: &str) -> Result<Limits, ConfigError> {
        let set = [
            ("FRONTDESK_UPSTREAM_URL", url),
            ("FRONTDESK_API_KEY", "a-key-of-16-chars"),
            ("FRONTDESK_UPSTREAM_A_MINUTE", a_minute),
        ];
        let set = set.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Limits::read(&Source::read(set, None)?)
    }

    #[test]
    fn a_tenants_limit_is_a_tenants_and_what_stands_on_this_machine_counts_for_itself() {
        let (tenant, here) = ("https://a.example", "http://127.0.0.1:8081");
        assert_eq!(limits(tenant, "500").unwrap().budget, within(500));
        assert_eq!(limits(tenant, "").unwrap().budget, within(1000));
        for odd in ["0", "99", "10001", "1000000", "-1", "many"] {
            let said = limits(tenant, odd).unwrap_err().to_string();
            assert!(said.contains("FRONTDESK_UPSTREAM_A_MINUTE"), "{said}");
        }
        assert!(limits(here, "60000000").is_ok() && limits(here, "0").is_err());
    }
}
