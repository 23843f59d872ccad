//! Training with a trainer.

use super::{FLOOR_A, FLOOR_B, MEMBER, RING, TRAINING, TRAININGS, base, one_of};
use crate::calendar::Service;
use crate::seed::trainers::{ANNA, JONAS, LENA, MALIK, SOFIA};

pub(super) fn training() -> Vec<Service> {
    vec![
        Service {
            contingent: Some(TRAININGS),
            requires: Some(MEMBER),
            ..base(
                1_220_000_101,
                "Personal training",
                60,
                TRAINING,
                "personal-training",
                "One hour, one trainer, one plan: strength, technique and the next step towards your goal. Bring a towel and water.",
                one_of(&[ANNA, MALIK, JONAS]),
                &[FLOOR_A, FLOOR_B],
            )
        },
        Service {
            step: 60,
            ..base(
                1_220_000_102,
                "First session with a trainer",
                30,
                TRAINING,
                "personal-training-intro",
                "Half an hour to meet, talk about your goals and try two or three exercises. Free, once, and open to guests.",
                one_of(&[ANNA, JONAS]),
                &[FLOOR_A, FLOOR_B],
            )
        },
        Service {
            contingent: Some(TRAININGS),
            requires: Some(MEMBER),
            ..base(
                1_220_000_103,
                "Boxing coaching",
                45,
                TRAINING,
                "boxing-coaching",
                "Footwork, guard and combinations on the pads, at your pace. Gloves can be borrowed, wraps are yours to bring.",
                one_of(&[MALIK, SOFIA]),
                &[RING],
            )
        },
        Service {
            requires: Some(MEMBER),
            ..base(
                1_220_000_104,
                "Mobility coaching",
                30,
                TRAINING,
                "mobility-coaching",
                "Hips, shoulders, spine: find what is stiff and take home five minutes a day that change it.",
                one_of(&[ANNA, LENA]),
                &[FLOOR_B],
            )
        },
        Service {
            picture: None,
            description: None,
            step: 60,
            ..base(
                1_220_000_105,
                "Free weights introduction",
                20,
                TRAINING,
                "",
                "",
                one_of(&[JONAS, SOFIA]),
                &[FLOOR_A, FLOOR_B],
            )
        },
    ]
}
