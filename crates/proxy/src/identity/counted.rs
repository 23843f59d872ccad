//! In which buckets a guess is counted, and under which names. Pure.

use std::net::IpAddr;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use sha2::{Digest as _, Sha256};

use super::Guess;
use crate::bucket::{Bucket, Size};
use crate::config::Brakes;

/// Says what a hash is for, so that none of another purpose is the same.
const PURPOSE: &[u8] = b"frontdesk names of counts 1\0";

/// How many wrong answers each count takes.
#[derive(Clone, Copy)]
pub(super) struct Counts {
    pair: Size,
    identity: Size,
    address: Size,
    pub(super) total: Size,
}

impl Counts {
    pub(super) fn of(brakes: Brakes) -> Self {
        let size = |holds, forgets_one_in: TimeDelta| Size {
            each: forgets_one_in.to_std().unwrap_or_default(),
            holds,
        };
        Self {
            pair: size(brakes.per_number, brakes.number_forgets_one_in),
            identity: size(brakes.per_number_from_everywhere, brakes.number_forgets_one_in),
            address: size(brakes.per_address, brakes.address_forgets_one_in),
            total: size(brakes.in_total, brakes.total_forgets_one_in),
        }
    }
}

/// Makes names from which nobody without the session key finds out whose they are: numbers are few enough to try them all
/// against a mere hash.
pub(super) struct NameKey([u8; 32]);

impl NameKey {
    pub(super) fn new(way: &str, key: &[u8; 32]) -> Self {
        let hash = Sha256::new().chain_update(PURPOSE).chain_update(key);
        Self(hash.chain_update(way).finalize().into())
    }

    /// As short for a number of ten kilobytes as for one of six digits. Upper and lower case would otherwise be two counters
    /// for one identity.
    fn name(&self, identity: &str, with: &str) -> String {
        let hash = Sha256::new().chain_update(self.0);
        let hash = hash.chain_update(identity.trim().to_lowercase());
        let hash = hash.chain_update([0]).chain_update(with).finalize();
        format!("guesses {}", URL_SAFE_NO_PAD.encode(hash))
    }
}

/// What a guess is counted in, less the total. The first is the pair: of the identity, from here.
pub(super) struct Counted(Vec<(String, Size)>);

impl Counted {
    /// A device that is known is counted by itself alone.
    pub(super) fn of(counts: &Counts, key: &NameKey, guess: Guess<'_>, network: IpAddr) -> Self {
        let pair = |with: &str| (key.name(guess.identity, with), counts.pair);
        Self(match guess.device {
            Some(device) => vec![pair(&format!("device {device}"))],
            None => vec![
                pair(&format!("address {network}")),
                (key.name(guess.identity, ""), counts.identity),
                (
                    key.name("", &format!("address {network} for all")),
                    counts.address,
                ),
            ],
        })
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// Counts it in all, unless one of them is full: then says for how long, and counts it in none.
    pub(super) fn count(&self, buckets: &mut [Bucket], now: Duration) -> Option<Duration> {
        let waits: Vec<_> = self
            .with(buckets)
            .map(|(bucket, size)| bucket.wait(size, 1, now))
            .collect();
        let locked = waits.into_iter().flatten().max();
        if locked.is_none() {
            self.with(buckets).for_each(|(bucket, size)| {
                bucket.take(size, 1, now);
            });
        }
        locked
    }

    /// Takes one back in all; where it was right the pair starts afresh.
    pub(super) fn take_back(&self, buckets: &mut [Bucket], right: bool, now: Duration) {
        self.with(buckets)
            .for_each(|(bucket, size)| bucket.give_back(size, 1, now));
        if let Some(pair) = buckets.first_mut().filter(|_| right) {
            *pair = Bucket::default();
        }
    }

    fn with<'a>(&'a self, buckets: &'a mut [Bucket]) -> impl Iterator<Item = (&'a mut Bucket, Size)> {
        buckets.iter_mut().zip(self.0.iter().map(|(_, size)| *size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All names under which guesses at a number are counted, on a device that is known and on one that is not.
    fn names(way: &str, key: u8, identity: &str) -> Vec<String> {
        let (counts, key) = (Counts::of(Brakes::default()), NameKey::new(way, &[key; 32]));
        let address = IpAddr::from([192, 0, 2, 9]);
        let guess = |device| Guess {
            identity,
            address,
            device,
        };
        let guesses = [guess(None), guess(Some("hers"))];
        let counted = guesses.map(|guess| Counted::of(&counts, &key, guess, address));
        let names = counted.iter().flat_map(Counted::names);
        names.map(str::to_owned).collect()
    }

    #[test]
    fn no_name_says_whose_it_is_to_who_has_no_session_key() {
        let ours = names("number", 7, "M-1");
        assert_eq!(ours.len(), 4);
        assert_eq!(ours, names("number", 7, " m-1 "), "however it is typed");
        for (other, why) in [
            (
                names("number", 8, "M-1"),
                "a mere hash of few numbers is no secret",
            ),
            (names("e-mail", 7, "M-1"), "e-mails are counted by themselves"),
        ] {
            assert!(ours.iter().all(|name| !other.contains(name)), "{why}");
        }
        for name in ours.iter().chain(&names("number", 7, &"9".repeat(15_000))) {
            assert!(
                name.len() < 60 && !name.contains("M-1") && !name.contains("192.0.2"),
                "{name}"
            );
        }
    }

    #[test]
    fn whoever_guesses_at_many_from_one_address_shares_its_count_alone() {
        let (one, other) = (names("number", 7, "M-1"), names("number", 7, "M-2"));
        let shared: Vec<_> = one.iter().filter(|name| other.contains(name)).collect();
        assert_eq!(shared, [&one[2]]);
    }
}
