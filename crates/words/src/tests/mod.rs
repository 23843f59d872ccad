//! What holds for every sentence, and what a member reads in particular.

mod examples;
mod rules;

use booking::bookings::Standing;
use booking::refusal::{Refusal, Way};
use booking::{FailureKind, Lang};

use crate::server::ServerWords;
use crate::{Count, CountOf, RefusalContext, Two, With, Words, kiosk_words, server_words, words};

/// The longest thing a sentence names.
const NAMED: &str = "Tue 2 Dec, 17:30";

/// One text that a member may meet.
pub(crate) struct Said {
    /// Group and field.
    pub(crate) place: String,
    /// The text.
    pub(crate) text: String,
    /// What it was given, which it has to name.
    pub(crate) names: Vec<String>,
}

/// A group of sentences that can be walked.
pub(crate) trait Say {
    /// Adds everything it says.
    fn say(&self, said: &mut Vec<Said>);
}

/// A made sentence, that can be tried: texts, and what each has to name.
pub(crate) trait Sample {
    /// One text for each kind of thing it may be given.
    fn samples(&self) -> Vec<(String, Vec<String>)>;
}

impl Sample for With {
    fn samples(&self) -> Vec<(String, Vec<String>)> {
        vec![(self(NAMED), vec![NAMED.into()])]
    }
}

impl Sample for Two {
    fn samples(&self) -> Vec<(String, Vec<String>)> {
        vec![(self("Massage", NAMED), vec!["Massage".into(), NAMED.into()])]
    }
}

impl Sample for Count {
    fn samples(&self) -> Vec<(String, Vec<String>)> {
        let named = |n: usize| if n == 0 { vec![] } else { vec![n.to_string()] };
        [0, 1, 2, 21].map(|n| (self(n), named(n))).to_vec()
    }
}

impl Sample for CountOf {
    fn samples(&self) -> Vec<(String, Vec<String>)> {
        [0, 1, 2].map(|n| (self(NAMED, n), vec![NAMED.into()])).to_vec()
    }
}

impl Sample for fn(u32) -> String {
    fn samples(&self) -> Vec<(String, Vec<String>)> {
        [0, 30, 60, 300, 7200].map(|n| (self(n), vec![])).to_vec()
    }
}

impl Sample for fn(Standing) -> &'static str {
    fn samples(&self) -> Vec<(String, Vec<String>)> {
        use Standing::{Cancelled, Past, ToBeConfirmed, Unclear, Upcoming};
        [Upcoming, ToBeConfirmed, Past, Cancelled, Unclear]
            .map(|s| (self(s).into(), vec![]))
            .to_vec()
    }
}

impl Sample for fn(Way) -> &'static str {
    fn samples(&self) -> Vec<(String, Vec<String>)> {
        let ways = Refusal::ALL.iter().flat_map(Refusal::ways);
        ways.map(|way| (self(*way).into(), vec![])).collect()
    }
}

impl Sample for fn(&FailureKind) -> &'static str {
    fn samples(&self) -> Vec<(String, Vec<String>)> {
        let odd = FailureKind::from("FULL_MOON");
        FailureKind::KNOWN
            .iter()
            .chain([&odd])
            .map(|kind| (self(kind).into(), vec![]))
            .collect()
    }
}

impl Sample for fn(&Refusal, &RefusalContext) -> String {
    fn samples(&self) -> Vec<(String, Vec<String>)> {
        let known = RefusalContext {
            time: "17:30".into(),
            clash: Some("Massage at 17:00–18:00".into()),
        };
        let odd = Refusal::Unknown("FULL_MOON".into());
        let all: Vec<_> = Refusal::ALL.iter().chain([&odd]).collect();
        let with =
            |about: &RefusalContext| -> Vec<_> { all.iter().map(|r| (self(r, about), vec![])).collect() };
        [with(&known), with(&RefusalContext::default())].concat()
    }
}

/// Everything that is said in a language. Names every group: one that is missing here is a field unread, and a warning.
fn all(lang: Lang) -> Vec<Said> {
    let Words {
        lang: _,
        dates: _,
        shell,
        catalogue,
        times,
        confirm,
        booked,
        calendar,
        bookings,
        cancel,
        moves,
        sign_in,
        refusals,
        failures,
        not_found,
    } = words(lang);
    let ServerWords {
        by_email,
        mail,
        hand_off,
        kiosk,
        embed,
    } = server_words(lang);
    let groups: [&dyn Say; 19] = [
        shell,
        catalogue,
        times,
        confirm,
        booked,
        calendar,
        bookings,
        cancel,
        moves,
        sign_in,
        refusals,
        failures,
        not_found,
        by_email,
        mail,
        hand_off,
        kiosk,
        embed,
        kiosk_words(lang),
    ];
    let mut said = Vec::new();
    for group in groups {
        group.say(&mut said);
    }
    said
}
