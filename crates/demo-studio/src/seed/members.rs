//! The members, each with a story: one story, one thing that can be met.

use std::borrow::Cow;

use chrono::NaiveDate;
use perfectgym::{CustomerId, CustomerStatus};

use super::services::{LAB, MASSAGES, MEMBER, TRAININGS};
use crate::calendar::{Contingent, Membership, local};

/// A member of the demo studio, as a sign-in screen can offer them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The upstream's id; no browser needs it.
    pub id: CustomerId,
    /// What they sign in with.
    pub customer_number: Cow<'static, str>,
    /// What they prove it with.
    pub date_of_birth: NaiveDate,
    /// First name.
    pub first_name: &'static str,
    /// Last name.
    pub last_name: &'static str,
    /// E-mail address; two of them share one.
    pub email: Cow<'static, str>,
    /// `en` or `de`.
    pub language: &'static str,
    /// What can be met by being them, in English.
    pub story_en: &'static str,
    /// The same in German.
    pub story_de: &'static str,
    pub(super) plan: Plan,
}

/// What kind of membership, which is the story's cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    Everything,
    Basic,
    Paused,
    NothingLeft,
    TwoAtATime,
    OneAWeek,
    Prospect,
    Former,
}

impl Member {
    /// How the upstream classes them.
    #[must_use]
    pub fn status(&self) -> CustomerStatus {
        match self.plan {
            Plan::Prospect => CustomerStatus::Prospect,
            Plan::Former => CustomerStatus::FormerMember,
            _ => CustomerStatus::Member,
        }
    }

    /// What the membership allows, `today` being the studio's day.
    #[must_use]
    pub fn membership(&self, today: NaiveDate) -> Membership {
        let limited = |a_week| {
            [TRAININGS, MASSAGES]
                .map(|kind| Contingent { kind, a_week })
                .to_vec()
        };
        let everything = Membership {
            includes: vec![MEMBER, LAB],
            ..Membership::default()
        };
        match self.plan {
            Plan::Everything => everything,
            Plan::Basic => Membership {
                includes: vec![MEMBER],
                ..everything
            },
            Plan::Paused => Membership {
                idle: Some(pause(today)),
                ..everything
            },
            Plan::NothingLeft => Membership {
                contingents: limited(0),
                ..everything
            },
            Plan::TwoAtATime => Membership {
                booking_limit: Some(2),
                ..everything
            },
            Plan::OneAWeek => Membership {
                contingents: limited(1),
                ..everything
            },
            Plan::Prospect | Plan::Former => Membership::default(),
        }
    }
}

/// From the day after tomorrow, for a week.
fn pause(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    (local::shifted(today, 2), local::shifted(today, 8))
}

/// Everybody, the one with the fewest obstacles first.
#[must_use]
pub fn all() -> Vec<Member> {
    let family = "familie.brandt@example.org";
    vec![
        member(
            (1, "M-1001"),
            ("Nora", "Lindner"),
            born(1990, 4, 12),
            "nora@example.org",
            "en",
            Plan::Everything,
            "Has everything and may book anything.",
            "Hat alles und darf alles buchen.",
        ),
        member(
            (2, "M-1002"),
            ("Paul", "Adler"),
            born(1985, 11, 3),
            "paul@example.org",
            "de",
            Plan::Paused,
            "Membership paused for a week from the day after tomorrow.",
            "Mitgliedschaft ruht ab übermorgen für eine Woche.",
        ),
        member(
            (3, "M-1003"),
            ("Clara", "Brandt"),
            born(1978, 2, 28),
            family,
            "de",
            Plan::NothingLeft,
            "No training and no massage left.",
            "Kein Training und keine Massage mehr übrig.",
        ),
        member(
            (4, "M-1004"),
            ("Ben", "Brandt"),
            born(2001, 7, 19),
            family,
            "en",
            Plan::TwoAtATime,
            "May have two bookings at a time, and has two.",
            "Darf zwei Buchungen zugleich haben und hat zwei.",
        ),
        member(
            (5, "M-1005"),
            ("Olga", "Sidorova"),
            born(1969, 9, 30),
            "olga@example.org",
            "en",
            Plan::Everything,
            "Has the sauna suite at noon on the next open day: other times then clash with it.",
            "Hat am nächsten offenen Tag mittags die Sauna-Suite: Andere Zeiten überschneiden sich damit.",
        ),
        member(
            (6, "M-1006"),
            ("Rana", "Haddad"),
            born(1996, 12, 24),
            "rana@example.org",
            "de",
            Plan::Basic,
            "Basic membership: the lactate test is not in it.",
            "Basis-Mitgliedschaft: ohne Laktattest.",
        ),
        member(
            (7, "M-1007"),
            ("Frieda", "Engel"),
            born(1958, 1, 15),
            "frieda@example.org",
            "de",
            Plan::Former,
            "Former member: most things need a membership.",
            "Ehemaliges Mitglied: Das meiste verlangt eine Mitgliedschaft.",
        ),
        member(
            (8, "M-1008"),
            ("Priya", "Nair"),
            born(1999, 5, 5),
            "priya@example.org",
            "en",
            Plan::Prospect,
            "Not a member yet: may try a first session.",
            "Noch kein Mitglied: Darf ein Kennenlernen buchen.",
        ),
        member(
            (9, "M-1009"),
            ("Henry", "Okafor"),
            born(1982, 8, 8),
            "henry@example.org",
            "en",
            Plan::Everything,
            "Has a history: past, cancelled, to be confirmed, and one in three weeks.",
            "Hat eine Geschichte: vergangen, storniert, unbestätigt und eine in drei Wochen.",
        ),
        member(
            (10, "M-1010"),
            ("Emil", "Nowak"),
            born(1993, 3, 21),
            "emil@example.org",
            "de",
            Plan::OneAWeek,
            "One training and one massage a week: a second is refused.",
            "Ein Training und eine Massage pro Woche: Eine zweite wird abgelehnt.",
        ),
    ]
}

#[expect(clippy::too_many_arguments, reason = "the columns of a table")]
fn member(
    (number, customer_number): (i64, &'static str),
    (first_name, last_name): (&'static str, &'static str),
    date_of_birth: NaiveDate,
    email: &'static str,
    language: &'static str,
    plan: Plan,
    story_en: &'static str,
    story_de: &'static str,
) -> Member {
    Member {
        id: CustomerId(1_200_000_000 + number),
        customer_number: customer_number.into(),
        date_of_birth,
        first_name,
        last_name,
        email: email.into(),
        language,
        story_en,
        story_de,
        plan,
    }
}

fn born(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}
