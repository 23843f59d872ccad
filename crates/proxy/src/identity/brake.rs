//! Slows guessing. Nobody has to open a lock: it opens by itself.
//!
//! A guess is counted before it is checked, so that many at once do not slip through, and is taken back where it was
//! right or where the upstream could not be asked. Identities that do not exist count like those that do.
//!
//! A stranger cannot keep a member out. What they use up first is their own: the count of this identity from their
//! address. The one of this identity from everywhere is larger; and a device that was signed in as this member before
//! ([`super::KnownDevice`]) has a count of its own, whatever else is full. In total nobody is refused, only slowed.

use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};

use super::bucket::Buckets;
use crate::config::Brakes;

/// Nobody waits longer than this for everybody else's guesses.
const LONGEST_WAIT: TimeDelta = TimeDelta::seconds(5);

/// All counters.
pub struct Brake(Mutex<Counters>);

struct Counters {
    pairs: Buckets<Folded>,
    identities: Buckets<Folded>,
    addresses: Buckets<IpAddr>,
    total: Buckets<()>,
}

/// Who guesses, and at whom.
#[derive(Clone, Copy)]
pub struct Guess<'a> {
    /// What they say they are: a number, an e-mail address.
    pub identity: &'a str,
    /// Where they are.
    pub address: IpAddr,
    /// The device, where it was signed in as this identity before.
    pub device: Option<&'a str>,
}

/// Too many wrong answers; opens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Until the next guess is let through.
    pub opens_in: TimeDelta,
}

/// What a guess is counted in, less the total.
struct Counted {
    pair: Folded,
    /// None for a device that is known.
    public: Option<(Folded, IpAddr)>,
}

impl Guess<'_> {
    fn counted(&self) -> Counted {
        let network = network(self.address);
        match self.device {
            Some(device) => Counted {
                pair: fold(self.identity, &format!("device {device}")),
                public: None,
            },
            None => Counted {
                pair: fold(self.identity, &format!("address {network}")),
                public: Some((fold(self.identity, ""), network)),
            },
        }
    }
}

impl Brake {
    /// Empty counters.
    pub fn new(brakes: Brakes) -> Self {
        let by_identity = brakes.number_forgets_one_in;
        Self(Mutex::new(Counters {
            pairs: Buckets::new(brakes.per_number, by_identity),
            identities: Buckets::new(brakes.per_number_from_everywhere, by_identity),
            addresses: Buckets::new(brakes.per_address, brakes.address_forgets_one_in),
            total: Buckets::new(brakes.in_total, brakes.total_forgets_one_in),
        }))
    }

    /// Counts a guess, unless there were too many; says how long to wait before it is checked, so that all together are
    /// not faster than they may be.
    ///
    /// # Errors
    /// [`Locked`], and then nothing is counted: knocking at a closed door does not keep it closed.
    pub fn admit(&self, guess: Guess<'_>, now: DateTime<Utc>) -> Result<Duration, Locked> {
        let counted = guess.counted();
        let mut counters = self.counters();
        if let Some(opens_in) = counters.wait(&counted, now) {
            return Err(Locked { opens_in });
        }
        let slowed = counters.total.wait(&(), now).unwrap_or_default();
        counters.count(counted, now);
        Ok(slowed.min(LONGEST_WAIT).to_std().unwrap_or_default())
    }

    /// The answer was right: the count of this identity from here starts afresh, the others lose this one.
    pub fn was_right(&self, guess: Guess<'_>, now: DateTime<Utc>) {
        let counted = guess.counted();
        let mut counters = self.counters();
        counters.take_back(&counted, now);
        counters.pairs.empty(&counted.pair);
    }

    /// Nobody could say whether it was right: all lose this one.
    pub fn was_not_checked(&self, guess: Guess<'_>, now: DateTime<Utc>) {
        self.counters().take_back(&guess.counted(), now);
    }

    fn counters(&self) -> MutexGuard<'_, Counters> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counters {
    fn wait(&mut self, counted: &Counted, now: DateTime<Utc>) -> Option<TimeDelta> {
        let pair = self.pairs.wait(&counted.pair, now);
        let Some((identity, address)) = &counted.public else {
            return pair;
        };
        let public = [
            self.identities.wait(identity, now),
            self.addresses.wait(address, now),
        ];
        public.into_iter().flatten().chain(pair).max()
    }

    fn count(&mut self, counted: Counted, now: DateTime<Utc>) {
        self.pairs.fill(counted.pair, now);
        self.total.fill((), now);
        if let Some((identity, address)) = counted.public {
            self.identities.fill(identity, now);
            self.addresses.fill(address, now);
        }
    }

    fn take_back(&mut self, counted: &Counted, now: DateTime<Utc>) {
        self.pairs.take_back(&counted.pair, now);
        self.total.take_back(&(), now);
        if let Some((identity, address)) = &counted.public {
            self.identities.take_back(identity, now);
            self.addresses.take_back(address, now);
        }
    }
}

/// What stands for an identity among the counters: as short for a number of ten kilobytes as for one of six digits, and no
/// member's number is kept in memory.
type Folded = [u8; 32];

/// Upper and lower case would otherwise be two counters for one identity.
pub(super) fn fold(identity: &str, with: &str) -> Folded {
    let hash = Sha256::new().chain_update(identity.trim().to_lowercase());
    hash.chain_update([0]).chain_update(with).finalize().into()
}

/// A home has one IPv4 address, and 2^64 of IPv6.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & (u128::MAX << 64)).into()),
    }
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

    fn guess(identity: &str, from: u8) -> Guess<'_> {
        Guess {
            identity,
            address: address(from),
            device: None,
        }
    }

    #[test]
    fn the_sixth_guess_at_one_number_waits_and_the_lock_opens_by_itself() {
        let brake = brake();
        for _ in 0..5 {
            assert!(brake.admit(guess("M-1", 9), at(0)).is_ok());
        }
        let locked = brake.admit(guess(" m-1", 9), at(0)).unwrap_err();
        assert_eq!(locked.opens_in, TimeDelta::minutes(15));
        assert!(brake.admit(guess("M-2", 9), at(0)).is_ok());
        assert!(brake.admit(guess("M-1", 9), at(14)).is_err());
        assert!(brake.admit(guess("M-1", 9), at(15)).is_ok());
        assert!(brake.admit(guess("M-1", 9), at(15)).is_err());
    }

    #[test]
    fn a_stranger_uses_up_their_own_guesses_and_the_member_gets_in_all_the_same() {
        let brake = brake();
        // For a day, every time that it opens.
        for minute in 0..24 * 60 {
            while brake.admit(guess("M-1", 66), at(minute)).is_ok() {}
            assert!(brake.admit(guess("M-1", 66), at(minute)).is_err());
            assert!(brake.admit(guess("M-1", 1), at(minute)).is_ok(), "{minute}");
            brake.was_right(guess("M-1", 1), at(minute));
        }
    }

    #[test]
    fn many_addresses_together_have_twenty_guesses_and_a_known_device_still_its_own() {
        let brake = brake();
        let admitted = (0..100).filter(|from| brake.admit(guess("M-1", *from), at(0)).is_ok());
        assert_eq!(admitted.count(), 20);
        let opens_in = brake.admit(guess("M-1", 200), at(0)).unwrap_err().opens_in;
        assert_eq!(opens_in, TimeDelta::minutes(15), "it opens by itself");
        let own = Guess {
            device: Some("hers"),
            ..guess("M-1", 200)
        };
        let tries = (0..9).filter(|_| brake.admit(own, at(0)).is_ok()).count();
        assert_eq!(tries, 5, "a device that was taken away guesses no faster");
    }

    #[test]
    fn a_number_however_long_takes_as_little_room_as_any_other() {
        let (brake, long) = (brake(), "9".repeat(15_000));
        for _ in 0..5 {
            assert!(brake.admit(guess(&long, 9), at(0)).is_ok());
        }
        assert!(brake.admit(guess(&long, 9), at(0)).is_err());
        assert!(brake.admit(guess(&format!("{long}9"), 9), at(0)).is_ok());
        assert_eq!(size_of_val(&fold(&long, "")), size_of_val(&fold("9", "")));
    }

    #[test]
    fn one_address_cannot_go_through_the_numbers() {
        let brake = brake();
        let admitted = (0..100)
            .filter(|n| brake.admit(guess(&n.to_string(), 1), at(0)).is_ok())
            .count();
        assert_eq!(admitted, 30);
        assert!(brake.admit(guess("77", 2), at(0)).is_ok());
    }

    #[test]
    fn a_right_answer_and_a_failing_upstream_cost_nothing() {
        let brake = brake();
        for _ in 0..500 {
            assert_eq!(brake.admit(guess("M-1", 1), at(0)), Ok(Duration::ZERO));
            brake.was_right(guess("M-1", 1), at(0));
            assert_eq!(brake.admit(guess("M-2", 1), at(0)), Ok(Duration::ZERO));
            brake.was_not_checked(guess("M-2", 1), at(0));
        }
    }

    #[test]
    fn a_flood_from_everywhere_slows_all_and_refuses_nobody() {
        let brake = brake();
        let mut last = Duration::ZERO;
        for n in 0..2000_u32 {
            let flood = Guess {
                identity: &n.to_string(),
                address: IpAddr::from(n.to_be_bytes()),
                device: None,
            };
            last = brake.admit(flood, at(0)).unwrap();
            assert_eq!(last.is_zero(), n < 300, "{n}");
        }
        assert_eq!(last, Duration::from_secs(5));
        assert_eq!(brake.admit(guess("M-1", 1), at(10)), Ok(Duration::ZERO));
    }

    #[test]
    fn a_whole_ipv6_network_counts_as_one() {
        let of = |last: u128| IpAddr::V6((0x2001_0db8_u128 << 96 | last).into());
        assert_eq!(network(of(1)), network(of(2)));
        assert_eq!(network("::ffff:192.0.2.1".parse().unwrap()), address(1));
    }
}
