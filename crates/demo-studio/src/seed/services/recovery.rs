//! Recovery: mostly without a trainer.

use chrono::Weekday;
use perfectgym::ValidationStatus;

use super::{CHAMBER, MEMBER, RECOVERY, SAUNA, TANK, base};
use crate::calendar::{Hours, Service, Staff, Terms};

pub(super) fn recovery() -> Vec<Service> {
    vec![
        Service {
            step: 60,
            after: 30,
            overlooks: vec![ValidationStatus::StudioClosed],
            ..base(
                1_220_000_401,
                "Private sauna suite",
                120,
                RECOVERY,
                "sauna-suite",
                "Two hours of Finnish sauna, ice bucket and quiet, for you and up to three guests.",
                Staff::Nobody,
                &[SAUNA],
            )
        },
        Service {
            withdrawn: Some(Weekday::Mon),
            requires: Some(MEMBER),
            overlooks: vec![ValidationStatus::NotAvailable],
            ..base(
                1_220_000_402,
                "Cryo chamber",
                10,
                RECOVERY,
                "cryo",
                "Three minutes at minus 110 degrees, ten with changing. Not with high blood pressure.",
                Staff::Nobody,
                &[CHAMBER],
            )
        },
        Service {
            hours: Some(Hours::round_the_clock()),
            step: 30,
            terms: Terms {
                notice: 0,
                horizon: 28,
            },
            overlooks: vec![ValidationStatus::PastStartDateTime],
            ..base(
                1_220_000_403,
                "Floating",
                60,
                RECOVERY,
                "flotation",
                "An hour of weightlessness in warm salt water. The side door opens with your card, day and night.",
                Staff::Nobody,
                &[TANK],
            )
        },
    ]
}
