//! What the proxies of a fleet tell each other: that free times have changed, so that what each of them keeps is dropped.
//!
//! They talk by the database that they share ([`Line`]). Nothing that is said is kept, and nothing has to arrive: what
//! is not heard is shown until it is as old as it may be. So nobody waits for it, and whoever may have missed something
//! drops everything. Where a process is alone with its database it talks to nobody.
//!
//! A message names no member: see [`message`].

mod listening;
mod message;
mod telling;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::broadcast;
use tokio::task::JoinSet;

use crate::store::Line;
pub(crate) use message::Change;
use message::Speaker;
use telling::Untold;

/// How many messages a studio may be behind before it takes it that it missed some.
const BEHIND: usize = 256;
/// How long the end waits for what is still to be told.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// How fast it goes.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// Whoever has nothing to say says that they are there, so often.
    here: Duration,
    /// After so long without a word, not even one's own, a line is dead.
    silence: Duration,
    /// What the pauses between tries begin with.
    pause: Duration,
}

const PACE: Pace = Pace {
    here: Duration::from_secs(20),
    silence: Duration::from_secs(50),
    pause: Duration::from_millis(500),
};

/// What is heard of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// One of them changed something.
    Changed(Change),
    /// Nobody knows what was said meanwhile.
    MayHaveMissed,
}

/// Tells and hears, for all studios of a process.
pub(crate) struct News {
    untold: Option<Arc<Untold>>,
    heard: broadcast::Sender<Heard>,
    tasks: Mutex<JoinSet<()>>,
}

impl News {
    /// By a line, where there is one. Goes on until it is dropped.
    pub(crate) fn by(line: Option<Arc<dyn Line>>) -> Arc<Self> {
        Self::with(line, PACE)
    }

    fn with(line: Option<Arc<dyn Line>>, pace: Pace) -> Arc<Self> {
        let (heard, _) = broadcast::channel(BEHIND);
        let own = Speaker::new();
        let mut tasks = JoinSet::new();
        let untold = line.map(|line| {
            let untold = Arc::new(Untold::new(own, Arc::clone(&line)));
            tasks.spawn(telling::tell(Arc::clone(&untold), pace));
            tasks.spawn(listening::listen(line, own, heard.clone(), pace));
            untold
        });
        let tasks = Mutex::new(tasks);
        Arc::new(Self { untold, heard, tasks })
    }

    /// Tells the others, in a moment.
    pub(crate) fn tell(&self, change: Change) {
        if let Some(untold) = &self.untold {
            untold.add(change);
        }
    }

    /// What is heard from now on.
    pub(crate) fn hear(&self) -> Hearing {
        Hearing(self.heard.subscribe())
    }

    /// Tells what is still to be told, and ends.
    pub(crate) async fn finish(&self) {
        if let Some(untold) = &self.untold
            && !matches!(
                tokio::time::timeout(LAST_WORDS, untold.tell_all()).await,
                Ok(Ok(()))
            )
        {
            tracing::debug!("the end came before everything was told to the other proxies");
        }
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.abort_all();
    }
}

/// One studio's ear.
pub(crate) struct Hearing(broadcast::Receiver<Heard>);

impl Hearing {
    /// The next that is heard; `None` when it has ended.
    pub(crate) async fn next(&mut self) -> Option<Heard> {
        match self.0.recv().await {
            Ok(heard) => Some(heard),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Heard::MayHaveMissed),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

#[cfg(test)]
mod tests;
