//! How long a call to the upstream may take.

use std::time::Duration;

use chrono::TimeDelta;

use super::source::{ConfigError, Source, value_error};

/// Time-outs, and the pauses of looking up a booking whose answer was lost.
#[derive(Clone, Debug)]
pub struct Limits {
    /// To reach the upstream at all.
    pub connect: Duration,
    /// For a read, with everything that is tried again.
    pub read: Duration,
    /// For what a page is drawn from. One that waits longer is slower than one that the app fills in later.
    pub page: Duration,
    /// For validate, book and delete. Longer: giving up early on a booking leaves everybody uncertain.
    pub write: Duration,
    /// The pauses before each look at the member's bookings after an answer was lost.
    pub looks: Vec<Duration>,
    /// How long after the last sign of life a booking that is not in the list counts as not made.
    pub settled_after: TimeDelta,
    /// How long a request waits for another process that works on the same, and how often it looks meanwhile.
    pub patience: Duration,
    /// See [`Limits::patience`].
    pub poll: Duration,
    /// How often attempts that were left open are looked up.
    pub settle: Duration,
    /// How often what nobody needs any more is forgotten.
    pub sweep: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let ms = Duration::from_millis;
        Self {
            connect: ms(3000),
            read: ms(10_000),
            page: ms(1500),
            write: ms(25_000),
            looks: vec![ms(300), ms(1000), ms(2500)],
            settled_after: TimeDelta::seconds(20),
            patience: ms(8000),
            poll: ms(150),
            settle: Duration::from_secs(60),
            sweep: Duration::from_secs(24 * 60 * 60),
        }
    }
}

impl Limits {
    /// How long a booking may take: waiting for another process that works on the same, its service's title, a look for an earlier attempt, validation, the call itself, and
    /// the looks for it where its answer was lost. All other requests take less.
    pub fn longest_request(&self) -> Duration {
        let earlier = self.read + self.write;
        let looks: Duration = self.looks.iter().map(|pause| *pause + self.read).sum();
        self.patience + self.read + earlier + self.write * 2 + looks
    }

    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let default = Self::default();
        Ok(Self {
            connect: seconds(from, "timeout_connect", default.connect)?,
            read: seconds(from, "timeout_read", default.read)?,
            write: seconds(from, "timeout_write", default.write)?,
            ..default
        })
    }
}

fn seconds(from: &Source, name: &str, default: Duration) -> Result<Duration, ConfigError> {
    let wants = "write whole seconds from 1 to 120";
    let seconds = from.parsed(name, wants, default.as_secs())?;
    let fits = (1..=120).contains(&seconds);
    if fits {
        Ok(Duration::from_secs(seconds))
    } else {
        Err(value_error(name, &seconds.to_string(), wants))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_request_is_as_long_as_the_operator_was_told() {
        // docs/operate.md says 140 seconds, for whoever sets a service manager's patience by it.
        assert_eq!(
            Limits::default().longest_request(),
            Duration::from_millis(136_800)
        );
    }
}
