//! What people do from the tap until they know: ask after it, tap again, load the page anew, use two tabs, give up.

use rand::Rng as _;

use super::member::Member;
use super::told::{Said, Story};

/// How often somebody tries what "did nothing" again, and how often they start anew.
const TRIES: usize = 6;
const ROUNDS: usize = 3;

/// Where somebody stands with a wish.
enum Next {
    /// They know.
    Known,
    /// Try the same key again.
    Again,
    /// Ask after it.
    Ask,
    /// Under another key: the page was loaded anew, or "try again" was tapped.
    Anew,
}

impl Member {
    /// From the tap to the last word.
    pub(super) async fn tap(&mut self, story: &mut Story) {
        if self.percent(12) {
            self.in_two_tabs(story).await;
        } else {
            self.follow(story).await;
        }
    }

    /// Both tabs send at the same moment, each under a key of its own; then each goes its own way to the end.
    async fn in_two_tabs(&mut self, story: &mut Story) {
        story.two_tabs = true;
        let mut other = self.twin();
        let mut others = Story {
            tells: Vec::new(),
            keys: Vec::new(),
            ..story.clone()
        };
        tokio::join!(self.follow(story), other.follow(&mut others));
        story.keys.append(&mut others.keys);
        story.tells.append(&mut others.tells);
        story.tells.sort_by_key(|tell| tell.heard);
    }

    pub(super) fn new_key(&mut self, story: &mut Story) -> String {
        let key = format!("trial-{}-{:016x}", self.fleet.run, self.chance.random::<u64>());
        story.keys.push(key.clone());
        key
    }

    /// Until it is known, or the run is over.
    async fn follow(&mut self, story: &mut Story) {
        for _ in 0..ROUNDS {
            let key = self.new_key(story);
            if self.under(story, &key).await {
                return;
            }
        }
        // After so many rounds nobody starts anew: they ask.
        if let Some(key) = story.keys.last().cloned() {
            self.settle(story, &key).await;
        }
    }

    /// True where it is known; false where they go on under another key.
    async fn under(&mut self, story: &mut Story, key: &str) -> bool {
        for _ in 0..TRIES {
            let said = self.book(story, key).await;
            match self.next(&said) {
                Next::Known => return true,
                Next::Again => self.pause(300, 2500).await,
                Next::Anew => return false,
                Next::Ask => return self.settle(story, key).await,
            }
        }
        true
    }

    fn next(&mut self, said: &Said) -> Next {
        let drawn = self.chance.random_range(0..100);
        match said {
            // One in ten has had enough.
            Said::NothingDone(_) if drawn < 90 => Next::Again,
            Said::Unknown => match drawn {
                0..60 => Next::Ask,
                60..80 => Next::Again,
                _ => Next::Anew,
            },
            _ => Next::Known,
        }
    }

    /// Asks until it is known. False where nothing was booked, and they try once more.
    async fn settle(&mut self, story: &mut Story, key: &str) -> bool {
        while !self.fleet.is_over() {
            match self.ask_after(story, key).await {
                Said::Unknown => self.pause(1500, 4500).await,
                Said::NotBooked => return !self.percent(50),
                _ => return true,
            }
        }
        true
    }

    /// When all is over: asks after every key once more, and goes on until each is known.
    pub async fn ask_after_everything(&mut self) {
        let mut stories = std::mem::take(&mut self.stories);
        for story in &mut stories {
            for key in story.keys.clone() {
                // What was cancelled is told as it was booked; the last word on it was said, as on what was moved.
                if story.to_cancel.is_none() && story.moves.is_none() {
                    self.settle(story, &key).await;
                }
            }
        }
        self.stories = stories;
    }

    fn twin(&mut self) -> Self {
        let seed = self.chance.random();
        self.alike(seed)
    }
}
