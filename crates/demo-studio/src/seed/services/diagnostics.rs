//! Tests and measurements.

use chrono::Weekday;
use perfectgym::ValidationStatus;

use super::{DIAGNOSTICS, LAB, MEMBER, SCANNER, STUDY, base, one_of};
use crate::calendar::{OldLength, Service, Staff, Terms};
use crate::seed::trainers::{JONAS, PETRA};

pub(super) fn diagnostics() -> Vec<Service> {
    vec![
        Service {
            ..base(
                1_220_000_201,
                "Body scan",
                15,
                DIAGNOSTICS,
                "body-scan",
                "Muscle, fat and water by segment, in fifteen minutes and without a trainer: step in, stand still, take the printout.",
                Staff::Nobody,
                &[SCANNER],
            )
        },
        Service {
            requires: Some(MEMBER),
            ..base(
                1_220_000_202,
                "Running analysis",
                45,
                DIAGNOSTICS,
                "running-analysis",
                "Two cameras, a treadmill and a trained eye: how you land, what it costs you, and which shoe suits it.",
                one_of(&[JONAS]),
                &[STUDY],
            )
        },
        Service {
            requires: Some(MEMBER),
            old_length: Some(OldLength {
                on: Weekday::Fri,
                minutes: 60,
            }),
            overlooks: vec![ValidationStatus::PeriodDoesNotMatch],
            ..base(
                1_220_000_203,
                "Resting metabolic test",
                45,
                DIAGNOSTICS,
                "metabolic-test",
                "How much energy your body needs at rest, measured by what you breathe. Come fasted, two hours at least.",
                one_of(&[PETRA]),
                &[STUDY],
            )
        },
        Service {
            requires: Some(LAB),
            terms: Terms {
                notice: 8 * 24 * 60,
                horizon: 42,
            },
            step: 30,
            ..base(
                1_220_000_204,
                "Lactate test",
                75,
                DIAGNOSTICS,
                "lactate-test",
                "A step test on the treadmill with a doctor and a coach, and training zones that are yours. Book eight days ahead; needs the Lab module.",
                Staff::Team(vec![PETRA, JONAS]),
                &[STUDY],
            )
        },
        Service {
            requires: Some(MEMBER),
            terms: Terms {
                // Longer than the longest row of days without Dr. Vogel, a weekend beside two holidays: the first times
                // listed are always too soon.
                notice: 7 * 24 * 60,
                horizon: 28,
            },
            overlooks: vec![ValidationStatus::DateTimeBeforeEarliestBookingDateTime],
            ..base(
                1_220_000_205,
                "Nutrition consultation",
                45,
                DIAGNOSTICS,
                "nutrition-consult",
                "What you eat, what you need, and a week's plan that survives a canteen. Please book a week ahead at least.",
                one_of(&[PETRA]),
                &[],
            )
        },
    ]
}
