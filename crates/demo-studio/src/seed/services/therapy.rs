//! Therapy and massage.

use chrono::Weekday;
use perfectgym::ValidationStatus;

use super::{MASSAGES, MEMBER, THERAPY, TREATMENT_1, TREATMENT_2, base, one_of};
use crate::calendar::{Between, DoubleBooked, Service, Terms};
use crate::seed::trainers::{LENA, MEI, TOMASZ};

pub(super) fn therapy() -> Vec<Service> {
    vec![
        Service {
            confirmed_by_studio: true,
            requires: Some(MEMBER),
            ..base(
                1_220_000_301,
                "Posture check",
                30,
                THERAPY,
                "posture-check",
                "A physiotherapist looks at how you stand, sit and lift. The studio confirms each appointment by phone.",
                one_of(&[LENA]),
                &[TREATMENT_1, TREATMENT_2],
            )
        },
        Service {
            requires: Some(MEMBER),
            terms: Terms {
                notice: 60,
                horizon: 10,
            },
            overlooks: vec![ValidationStatus::DateTimeAfterLatestBookingDateTime],
            ..base(
                1_220_000_302,
                "Physiotherapy",
                40,
                THERAPY,
                "physio",
                "Treatment by a licensed physiotherapist. Bookable up to ten days ahead, so that acute cases find a place.",
                one_of(&[LENA, TOMASZ]),
                &[TREATMENT_1, TREATMENT_2],
            )
        },
        Service {
            contingent: Some(MASSAGES),
            requires: Some(MEMBER),
            double_booked: Some(DoubleBooked {
                on: Weekday::Thu,
                part: Between::hours(13, 17),
            }),
            overlooks: vec![ValidationStatus::ResourceNotAvailable],
            ..base(
                1_220_000_303,
                "Sports massage",
                50,
                THERAPY,
                "sports-massage",
                "Firm, to the point, and best on the day after hard training.",
                one_of(&[TOMASZ, MEI]),
                &[TREATMENT_1, TREATMENT_2],
            )
        },
        Service {
            contingent: Some(MASSAGES),
            requires: Some(MEMBER),
            overlooks: vec![ValidationStatus::StudioClosed],
            // Beyond what a double can hold: an app that reads ids as floats cannot book this one.
            ..base(
                9_007_199_254_740_993,
                "Relaxing massage",
                80,
                THERAPY,
                "relax-massage",
                "Warm oil, slow hands, eighty minutes. Please be there ten minutes early.",
                one_of(&[MEI]),
                &[TREATMENT_1, TREATMENT_2],
            )
        },
    ]
}
