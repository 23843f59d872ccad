//! The figures of a run, and the stories behind what went wrong.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::judge::{Finding, Wrong};
use super::told::{Said, Story};

/// What a run came to.
#[derive(Debug, Default)]
pub struct Report {
    /// What it was run with.
    pub seed: u64,
    /// How long it took.
    pub took: Duration,
    /// Members that took part.
    pub members: usize,
    /// Wishes that were sent.
    pub wishes: usize,
    /// Keys they were sent under.
    pub keys: usize,
    /// Bookings that stand in the studio in the end.
    pub standing: usize,
    /// How often a proxy was killed.
    pub kills: u32,
    /// Calls to the studio, and how many of them went wrong.
    pub calls: (u64, u64),
    /// What members were told last, by kind.
    pub last_words: BTreeMap<&'static str, usize>,
    /// What was last said of moves to another time.
    pub moves: BTreeMap<&'static str, usize>,
    /// How often they were told that nobody knows, or no answer came.
    pub unknown: usize,
    /// How often a second cancelling was not told as cancelled.
    pub cancelled_twice_refused: usize,
    /// Everything that must not be.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many of a kind.
    #[must_use]
    pub fn count(&self, wrong: Wrong) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.wrong == wrong)
            .count()
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.cancelled_twice_refused == 0
    }

    /// Counts what one story adds.
    pub(super) fn add(&mut self, story: &Story) {
        self.wishes += 1;
        self.keys += story.keys.len();
        self.unknown += story
            .tells
            .iter()
            .filter(|tell| tell.said == Said::Unknown)
            .count();
        *self.last_words.entry(word(story)).or_default() += 1;
        if let Some(said) = story.moves {
            *self.moves.entry(said).or_default() += 1;
        }
        self.cancelled_twice_refused += usize::from(refused_a_second_time(story));
    }
}

fn word(story: &Story) -> &'static str {
    match story.last_word() {
        Some(Said::Cancelled(_)) => "cancelled",
        Some(Said::Stands(_)) => "not cancelled after all",
        _ if story.booked_as().is_some() => "booked",
        Some(_) if story.was_told(&Said::AskTheStudio) => "ask the studio",
        Some(Said::Refused(_)) => "refused",
        Some(Said::NotBooked | Said::NothingDone(_)) => "not booked",
        Some(Said::AskTheStudio | Said::Booked(_) | Said::Unknown | Said::Odd(_)) | None => "nothing",
    }
}

/// Cancelled twice is cancelled: whoever was told so once may not be refused afterwards.
fn refused_a_second_time(story: &Story) -> bool {
    let mut after = story
        .tells
        .iter()
        .skip_while(|tell| !matches!(tell.said, Said::Cancelled(_)));
    after.any(|tell| matches!(tell.said, Said::Refused(_)))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (calls, faults) = self.calls;
        writeln!(f, "seed {}, {:.0} s", self.seed, self.took.as_secs_f64())?;
        writeln!(
            f,
            "{} members, {} wishes under {} keys; {} bookings stand in the studio",
            self.members, self.wishes, self.keys, self.standing
        )?;
        writeln!(
            f,
            "{calls} calls to the studio, something wrong with {faults}; kill -9: {}; told that nobody knows: {}",
            self.kills, self.unknown
        )?;
        write!(f, "last words:")?;
        for (word, count) in &self.last_words {
            write!(f, " {word} {count};")?;
        }
        write!(f, "\nmoves:")?;
        for (word, count) in &self.moves {
            write!(f, " {word} {count};")?;
        }
        writeln!(f)?;
        for wrong in Wrong::ALL {
            write!(f, "{} {}, ", self.count(wrong), wrong.word())?;
        }
        writeln!(f, "{} refused a second cancelling", self.cancelled_twice_refused)?;
        for finding in self.findings.iter().take(20) {
            write!(f, "\n{}: {}", finding.wrong.word(), finding.trace)?;
        }
        Ok(())
    }
}
