//! Slows guessing: leaky buckets, one a number and one an address. Nobody has to open a lock; it opens as it leaks.
//!
//! A guess is counted before it is checked, so that many at once do not slip through, and is taken back where it was
//! right or where the upstream could not be asked. Numbers that do not exist count like those that do.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};

use crate::config::Brakes;

/// More than this many numbers or addresses at once, and the emptiest buckets are forgotten.
const MOST: usize = 50_000;

/// Both counters.
pub struct Brake {
    numbers: Mutex<Buckets<Folded>>,
    addresses: Mutex<Buckets<IpAddr>>,
}

/// Too many wrong answers; opens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Until the next guess is let through.
    pub opens_in: TimeDelta,
}

impl Brake {
    /// Empty counters.
    pub fn new(brakes: Brakes) -> Self {
        Self {
            numbers: Mutex::new(Buckets::new(brakes.per_number, brakes.number_forgets_one_in)),
            addresses: Mutex::new(Buckets::new(brakes.per_address, brakes.address_forgets_one_in)),
        }
    }

    /// Counts a guess, unless there were too many.
    ///
    /// # Errors
    /// [`Locked`], and then nothing is counted: knocking at a closed door does not keep it closed.
    pub fn admit(&self, number: &str, address: IpAddr, now: DateTime<Utc>) -> Result<(), Locked> {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let number = fold(number);
        let address = network(address);
        let waits = [numbers.wait(&number, now), addresses.wait(&address, now)];
        if let Some(opens_in) = waits.into_iter().flatten().max() {
            return Err(Locked { opens_in });
        }
        numbers.fill(number, now);
        addresses.fill(address, now);
        Ok(())
    }

    /// The answer was right: the number's count starts afresh, the address's loses this one.
    pub fn was_right(&self, number: &str, address: IpAddr, now: DateTime<Utc>) {
        self.numbers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .empty(&fold(number));
        self.addresses
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take_back(&network(address), now);
    }

    /// Nobody could say whether it was right: both lose this one.
    pub fn was_not_checked(&self, number: &str, address: IpAddr, now: DateTime<Utc>) {
        self.numbers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take_back(&fold(number), now);
        self.addresses
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take_back(&network(address), now);
    }
}

/// What stands for a number among the counters: as short for a number of ten kilobytes as for one of six digits, and no
/// member's number is kept in memory.
type Folded = [u8; 32];

/// Upper and lower case would otherwise be two counters for one number.
fn fold(number: &str) -> Folded {
    Sha256::digest(number.trim().to_lowercase()).into()
}

/// A home has one IPv4 address, and 2^64 of IPv6.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & (u128::MAX << 64)).into()),
    }
}

struct Buckets<K> {
    holds: f64,
    leaks_one_in: TimeDelta,
    levels: HashMap<K, (f64, DateTime<Utc>)>,
}

impl<K: Hash + Eq + Clone> Buckets<K> {
    fn new(holds: u32, leaks_one_in: TimeDelta) -> Self {
        Self {
            holds: holds.into(),
            leaks_one_in,
            levels: HashMap::new(),
        }
    }

    fn level(&self, of: &K, now: DateTime<Utc>) -> f64 {
        self.levels
            .get(of)
            .map_or(0.0, |entry| leaked(*entry, self.leaks_one_in, now))
    }

    /// How long until there is room for one more.
    fn wait(&self, of: &K, now: DateTime<Utc>) -> Option<TimeDelta> {
        let over = self.level(of, now) - (self.holds - 1.0);
        let seconds = (over * self.leaks_one_in.as_seconds_f64()).ceil();
        #[expect(clippy::cast_possible_truncation, reason = "a few hours of seconds at most")]
        (over > 1e-9).then(|| TimeDelta::seconds((seconds as i64).max(1)))
    }

    fn fill(&mut self, of: K, now: DateTime<Utc>) {
        self.make_room(now);
        let level = self.level(&of, now) + 1.0;
        self.levels.insert(of, (level, now));
    }

    fn take_back(&mut self, of: &K, now: DateTime<Utc>) {
        let level = self.level(of, now) - 1.0;
        if let Some(entry) = self.levels.get_mut(of) {
            *entry = (level.max(0.0), now);
        }
    }

    fn empty(&mut self, of: &K) {
        self.levels.remove(of);
    }

    fn make_room(&mut self, now: DateTime<Utc>) {
        if self.levels.len() < MOST {
            return;
        }
        // First those that have leaked dry, then, under attack, every one that is not locked yet.
        let leak = self.leaks_one_in;
        for limit in [0.0, self.holds - 1.0] {
            self.levels.retain(|_, entry| leaked(*entry, leak, now) > limit);
            if self.levels.len() < MOST {
                return;
            }
        }
        self.levels.clear();
    }
}

fn leaked((level, at): (f64, DateTime<Utc>), leaks_one_in: TimeDelta, now: DateTime<Utc>) -> f64 {
    let passed = (now - at).max(TimeDelta::zero());
    (level - passed.as_seconds_f64() / leaks_one_in.as_seconds_f64()).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brake() -> Brake {
        Brake::new(Brakes::default())
    }

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
    }

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn the_sixth_guess_at_one_number_waits_and_the_lock_opens_by_itself() {
        let brake = brake();
        for guess in 0..5 {
            assert!(brake.admit("M-1", address(guess), at(0)).is_ok());
        }
        let locked = brake.admit(" m-1", address(9), at(0)).unwrap_err();
        assert_eq!(locked.opens_in, TimeDelta::minutes(15));
        assert!(brake.admit("M-2", address(9), at(0)).is_ok());
        assert!(brake.admit("M-1", address(9), at(14)).is_err());
        assert!(brake.admit("M-1", address(9), at(15)).is_ok());
        assert!(brake.admit("M-1", address(9), at(15)).is_err());
    }

    #[test]
    fn a_number_however_long_takes_as_little_room_as_any_other() {
        let (brake, long) = (brake(), "9".repeat(15_000));
        for guess in 0..5 {
            assert!(brake.admit(&long, address(guess), at(0)).is_ok());
        }
        assert!(brake.admit(&long, address(9), at(0)).is_err());
        assert!(brake.admit(&format!("{long}9"), address(9), at(0)).is_ok());
        assert_eq!(size_of_val(&fold(&long)), size_of_val(&fold("9")));
    }

    #[test]
    fn one_address_cannot_go_through_the_numbers() {
        let brake = brake();
        let admitted = (0..100)
            .filter(|n| brake.admit(&n.to_string(), address(1), at(0)).is_ok())
            .count();
        assert_eq!(admitted, 30);
        assert!(brake.admit("77", address(2), at(0)).is_ok());
    }

    #[test]
    fn a_right_answer_and_a_failing_upstream_cost_nothing() {
        let brake = brake();
        for _ in 0..50 {
            assert!(brake.admit("M-1", address(1), at(0)).is_ok());
            brake.was_right("M-1", address(1), at(0));
            assert!(brake.admit("M-2", address(1), at(0)).is_ok());
            brake.was_not_checked("M-2", address(1), at(0));
        }
    }

    #[test]
    fn a_whole_ipv6_network_counts_as_one() {
        let of = |last: u128| IpAddr::V6((0x2001_0db8_u128 << 96 | last).into());
        assert_eq!(network(of(1)), network(of(2)));
        assert_eq!(network("::ffff:192.0.2.1".parse().unwrap()), address(1));
    }
}
