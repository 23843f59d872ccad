//! What goes wrong with a call, by chance. Pure: the chance is an argument.

use std::time::Duration;

use rand::Rng;

/// One thing that goes wrong between proxy and studio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection ends, and nothing was done.
    LostBefore,
    /// It is done, and the connection ends without an answer.
    LostAfter,
    /// This status, and nothing was done.
    StatusBefore(u16),
    /// It is done, and this is the answer.
    StatusAfter(u16),
    /// Done and answered late: so long until it is done, and so long from then to the answer.
    Late(Duration, Duration),
    /// It is done, and half of the answer comes.
    Half,
}

/// So many of a thousand calls; the others go well.
const SHARES: [(u32, Kind); 13] = [
    (35, Kind::LostBefore),
    (50, Kind::LostAfter),
    (25, Kind::Before(500)),
    (35, Kind::After(500)),
    (15, Kind::Before(503)),
    (15, Kind::After(503)),
    (10, Kind::After(408)),
    (15, Kind::Before(429)),
    (15, Kind::Before(409)),
    (25, Kind::Slow),
    (25, Kind::DoneTooLate),
    (15, Kind::AnsweredTooLate),
    (20, Kind::Half),
];

#[derive(Clone, Copy)]
enum Kind {
    LostBefore,
    LostAfter,
    Before(u16),
    After(u16),
    Slow,
    DoneTooLate,
    AnsweredTooLate,
    Half,
}

/// The fault of one call. `patience` is how long the proxy waits for an answer: half the slow ones come just within it, and
/// some calls are done only after nobody waits for them any more.
pub fn choose(by_chance: &mut impl Rng, patience: Duration) -> Option<Fault> {
    let mut drawn = by_chance.random_range(0..1000);
    let kind = SHARES.iter().find_map(|(share, kind)| {
        let found = drawn < *share;
        drawn = drawn.saturating_sub(*share);
        found.then_some(*kind)
    })?;
    Some(fault(kind, by_chance, patience))
}

fn fault(kind: Kind, by_chance: &mut impl Rng, patience: Duration) -> Fault {
    let mut of_patience = |from: f64, to: f64| patience.mul_f64(by_chance.random_range(from..to));
    match kind {
        Kind::LostBefore => Fault::LostBefore,
        Kind::LostAfter => Fault::LostAfter,
        Kind::Before(status) => Fault::StatusBefore(status),
        Kind::After(status) => Fault::StatusAfter(status),
        Kind::Slow => Fault::Late(of_patience(0.05, 0.45), of_patience(0.05, 0.45)),
        Kind::DoneTooLate => Fault::Late(of_patience(1.1, 2.5), Duration::ZERO),
        Kind::AnsweredTooLate => Fault::Late(Duration::ZERO, of_patience(1.1, 2.0)),
        Kind::Half => Fault::Half,
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn the_same_seed_does_the_same_wrong_and_most_calls_go_well() {
        let draw = || {
            let mut chance = StdRng::seed_from_u64(7);
            (0..1000)
                .map(move |_| choose(&mut chance, Duration::from_secs(2)))
                .collect::<Vec<_>>()
        };
        assert_eq!(draw(), draw());
        let well = draw().iter().filter(|fault| fault.is_none()).count();
        assert!((600..800).contains(&well), "{well}");
    }

    #[test]
    fn every_kind_of_fault_comes_up() {
        let mut chance = StdRng::seed_from_u64(7);
        let drawn: Vec<_> = (0..5000)
            .filter_map(|_| choose(&mut chance, Duration::from_secs(2)))
            .collect();
        let too_late =
            |fault: &Fault| matches!(fault, Fault::Late(done, _) if *done > Duration::from_secs(2));
        assert!(drawn.iter().any(too_late));
        for one in [
            Fault::LostBefore,
            Fault::LostAfter,
            Fault::Half,
            Fault::StatusAfter(408),
            Fault::StatusBefore(429),
        ] {
            assert!(drawn.contains(&one), "{one:?}");
        }
    }
}
