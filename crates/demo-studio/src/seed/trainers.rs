//! The people whom members can book.

use chrono::Weekday::{self, Fri, Mon, Sat, Sun, Thu, Tue, Wed};
use perfectgym::InstructorId;

use crate::calendar::{Between, Hours, Trainer};

const WEEKDAYS: [Weekday; 5] = [Mon, Tue, Wed, Thu, Fri];

/// Anna, strength and mobility.
pub const ANNA: InstructorId = InstructorId(1_210_000_101);
/// Malik, strength and boxing.
pub const MALIK: InstructorId = InstructorId(1_210_000_102);
/// Jonas, running and strength; the only one without a public name.
pub const JONAS: InstructorId = InstructorId(1_210_000_103);
/// Lena, physiotherapist.
pub const LENA: InstructorId = InstructorId(1_210_000_104);
/// Tomasz, physiotherapist and masseur.
pub const TOMASZ: InstructorId = InstructorId(1_210_000_105);
/// Mei, massage.
pub const MEI: InstructorId = InstructorId(1_210_000_106);
/// Dr. Vogel, diagnostics and nutrition.
pub const PETRA: InstructorId = InstructorId(1_210_000_107);
/// Sofia, boxing.
pub const SOFIA: InstructorId = InstructorId(1_210_000_108);

/// All of them.
#[must_use]
pub fn all() -> Vec<Trainer> {
    let early = |days: &[Weekday]| Hours::on_days(days, Between::hours(7, 15));
    let late = |days: &[Weekday]| Hours::on_days(days, Between::hours(13, 21));
    vec![
        trainer(
            ANNA,
            "Anna",
            "Berger",
            Some("Anna"),
            early(&WEEKDAYS).and(&[Sat], Between::hours(10, 16)),
        ),
        trainer(
            MALIK,
            "Malik",
            "Yıldız",
            Some("Malik"),
            late(&WEEKDAYS).and(&[Sun], Between::hours(10, 17)),
        ),
        trainer(
            JONAS,
            "Jonas",
            "Weber",
            None,
            split_days().and(&[Sat, Sun], Between::hours(10, 16)),
        ),
        trainer(
            LENA,
            "Lena",
            "Hoffmann",
            Some("Lena H."),
            early(&[Mon, Wed, Fri]).and(&[Tue, Thu], Between::hours(12, 20)),
        ),
        trainer(
            TOMASZ,
            "Tomasz",
            "Kowalski",
            Some("Tomasz"),
            late(&WEEKDAYS).and(&[Sat], Between::hours(10, 18)),
        ),
        trainer(
            MEI,
            "Mei",
            "Lindqvist",
            Some("Mei"),
            Hours::on_days(&WEEKDAYS, Between::hours(11, 22)).and(&[Sun], Between::hours(10, 18)),
        ),
        trainer(
            PETRA,
            "Petra",
            "Vogel",
            Some("Dr. Vogel"),
            Hours::on_days(&WEEKDAYS, Between::hours(9, 17)),
        ),
        trainer(
            SOFIA,
            "Sofia",
            "Marino",
            Some("Sofia"),
            early(&[Mon, Wed, Fri]).and(&[Tue, Thu, Sat], Between::hours(11, 19)),
        ),
    ]
}

/// Mornings and evenings with a long break between.
fn split_days() -> Hours {
    Hours::on_days(&WEEKDAYS, Between::hours(7, 12)).and(&WEEKDAYS, Between::hours(16, 21))
}

fn trainer(
    id: InstructorId,
    first_name: &'static str,
    last_name: &'static str,
    public_name: Option<&'static str>,
    hours: Hours,
) -> Trainer {
    Trainer {
        id,
        first_name,
        last_name,
        public_name,
        hours,
    }
}
