//! Hearing what others say, for as long as the process lives, whatever becomes of the line.

use std::sync::Arc;
use std::time::Duration;

use rand::Rng as _;
use tokio::sync::broadcast;

use super::message::{Message, Speaker};
use super::{Heard, Pace};
use crate::store::{Ear, Line, StoreError};

/// Between two tries at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Why nothing is heard any more.
#[derive(Debug, thiserror::Error)]
enum Deaf {
    /// The line broke.
    #[error(transparent)]
    Broke(#[from] StoreError),
    /// Not even what this process said itself came back.
    #[error(
        "nothing comes back of what is said; LISTEN needs a connection of its own, not one of a pool before the server"
    )]
    Silent,
}

/// Listens, and takes up another line where one is dead. Never says in the log more than once that it hears nothing.
pub(super) async fn listen(line: Arc<dyn Line>, own: Speaker, heard: broadcast::Sender<Heard>, pace: Pace) {
    let mut listener = Listener {
        own,
        heard,
        pace,
        failed: 0,
    };
    loop {
        let why = listener.hear_out(&*line).await;
        if listener.failed == 0 {
            tracing::warn!(%why, "other proxies are not heard: times that one of them changed may be shown for as long as they are kept");
        }
        listener.failed = listener.failed.saturating_add(1);
        let luck = rand::rng().random();
        tokio::time::sleep(pause(pace.pause, listener.failed, luck)).await;
    }
}

struct Listener {
    own: Speaker,
    heard: broadcast::Sender<Heard>,
    pace: Pace,
    /// How many lines in a row on which nothing was heard.
    failed: u32,
}

impl Listener {
    /// Takes up a line, and hears what is said until it is dead.
    async fn hear_out(&mut self, line: &dyn Line) -> Deaf {
        let taken = tokio::time::timeout(self.pace.silence, line.listen()).await;
        let mut ear = match taken {
            Ok(Ok(ear)) => ear,
            Ok(Err(error)) => return error.into(),
            Err(_) => return Deaf::Silent,
        };
        // Of what was said before, nobody here heard anything.
        self.pass_on(Heard::MayHaveMissed);
        loop {
            match self.next(&mut *ear).await {
                Ok(text) => self.hears(&text),
                Err(why) => return why,
            }
        }
    }

    async fn next(&self, ear: &mut dyn Ear) -> Result<String, Deaf> {
        let heard = tokio::time::timeout(self.pace.silence, ear.hear()).await;
        Ok(heard.map_err(|_| Deaf::Silent)??)
    }

    fn hears(&mut self, text: &str) {
        if self.failed > 0 {
            tracing::info!("other proxies are heard again");
            self.failed = 0;
        }
        match text.parse::<Message>() {
            Ok(message) if message.speaker() == self.own => {}
            Ok(Message::Here(_)) => {}
            Ok(Message::Changed(_, change)) => self.pass_on(Heard::Changed(change)),
            // Of a later version: it says something, whatever it is.
            Err(_) => self.pass_on(Heard::MayHaveMissed),
        }
    }

    /// Nobody has to be there to hear it.
    fn pass_on(&self, heard: Heard) {
        let _ = self.heard.send(heard);
    }
}

/// Twice as long after each line in a row on which nothing was heard, and never the same for two proxies. `luck` is from
/// 0 to 1.
fn pause(first: Duration, failed: u32, luck: f64) -> Duration {
    let doubled = first.saturating_mul(1_u32 << failed.saturating_sub(1).min(16));
    doubled.min(LONGEST_PAUSE).mul_f64(0.5 + luck / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pause_is_longer_up_to_the_longest() {
        let first = Duration::from_millis(500);
        let pauses: Vec<_> = (1..10).map(|failed| pause(first, failed, 1.0)).collect();
        assert!(
            pauses
                .windows(2)
                .all(|two| two[0] < two[1] || two[1] == LONGEST_PAUSE)
        );
        assert_eq!(pauses.first(), Some(&first));
        assert_eq!(pause(first, u32::MAX, 1.0), LONGEST_PAUSE);
        assert_eq!(pause(first, u32::MAX, 0.0), LONGEST_PAUSE / 2);
    }
}
